import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { incoterm } from '../common.ts';
import { LineItem } from './create-trade.v1.ts';
import { PartyProfile } from './party.v1.ts';

const MAX_LINES = 100;
const MAX_PARCELS = 50;
const MAX_GRAMS = 1_000_000;
const MAX_MILLIMETERS = 10_000;

const length = z.int().check(z.gte(1), z.lte(MAX_MILLIMETERS));
const names = z.array(z.string().check(z.minLength(1), z.maxLength(128))).check(z.maxLength(20));

/** A parcel as it is packed: whole grams and whole millimeters. */
const Parcel = z.strictObject({
  weightGrams: z.int().check(z.gte(1), z.lte(MAX_GRAMS)),
  lengthMm: length,
  widthMm: length,
  heightMm: length,
});

const Body = z.strictObject({
  from: PartyProfile,
  to: PartyProfile,
  lineItems: z.array(LineItem).check(z.minLength(1), z.maxLength(MAX_LINES)),
  incoterm,
  parcels: z.optional(z.array(Parcel).check(z.minLength(1), z.maxLength(MAX_PARCELS))),
  insuredValue: z.optional(positiveMoneySchema),
  prefer: z.optional(z.enum(['price', 'time'])),
  carriers: z.optional(names),
  services: z.optional(names),
  maxDays: z.optional(z.int().check(z.gte(1), z.lte(365))),
  maxPrice: z.optional(moneySchema),
});
type Body = z.infer<typeof Body>;

type Offense = { readonly path: PropertyKey[]; readonly message: string };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** What no field shows alone. Lines that can't be read are their own offenses. */
function offensesOf({ lineItems, parcels }: Body): readonly Offense[] {
  if (!lineItems.every((line) => typeof line.value?.currency === 'string')) return [];
  const [first] = lineItems;
  const foreign = lineItems.flatMap(({ value }, index) =>
    value.currency === first?.value.currency
      ? []
      : [
          {
            path: ['lineItems', index, 'value', 'currency'],
            message: `Expected ${first?.value.currency}, as of the first line.`,
          },
        ],
  );
  return [...foreign, ...(parcels === undefined ? [] : packingOffenses(lineItems, parcels))];
}

function packingOffenses(
  lineItems: Body['lineItems'],
  parcels: NonNullable<Body['parcels']>,
): readonly Offense[] {
  const path = ['parcels'];
  const pieces = Math.max(...lineItems.map(({ quantity }) => quantity));
  if (parcels.length > pieces) {
    return [{ path, message: 'There are more parcels than pieces of any line.' }];
  }
  const goods = sum(lineItems.map(({ weightGrams }) => weightGrams));
  return sum(parcels.map(({ weightGrams }) => weightGrams)) < goods
    ? [{ path, message: `The parcels are lighter than the goods, which are ${goods} g.` }]
    : [];
}

/**
 * The body of `POST /v1/shipping-rates`: what is to be sent between whom, and which rates are wanted.
 * Without `parcels` the goods are packed as a trade's would be. Only rates that fit `carriers`,
 * `services`, `maxDays` and `maxPrice` are answered, what `prefer` names first.
 */
export const QuoteShipping = Body.check((context) => {
  for (const { path, message } of offensesOf(context.value)) {
    context.issues.push({ code: 'custom', path, message, input: context.value });
  }
});
export type QuoteShipping = z.infer<typeof QuoteShipping>;
