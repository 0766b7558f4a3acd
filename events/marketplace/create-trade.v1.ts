import * as z from 'zod/mini';
import type { Money } from '../../src/money/money.ts';
import { currencySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { incoterm, opaqueId } from '../common.ts';
import { ReleaseRule } from '../escrow/trade-opened.v1.ts';
import { assignedCountry, PartyProfile } from './party.v1.ts';

const MAX_LINE_ITEMS = 100;
const MAX_MILESTONES = 20;
const MAX_WEIGHT_GRAMS = 100_000_000;
const MAX_INSPECTION_SECONDS = 90 * 24 * 60 * 60;
const MAX_WINDOW_SECONDS = 365 * 24 * 60 * 60;
const ALL_BASIS_POINTS = 10_000;

const window = z.int().check(z.gte(1), z.lte(MAX_WINDOW_SECONDS));

/** The timetable of the trade's disputes; whatever is left out is as the product has it. */
const DisputeTerms = z.strictObject({
  negotiationSeconds: z.optional(window),
  escalationSeconds: z.optional(window),
  decisionSeconds: z.optional(window),
  silenceAwards: z.optional(z.enum(['buyer', 'seller'])),
});

/** A line of the goods. `weightGrams` and `value` are the whole line's, not one piece's. */
export const LineItem = z.strictObject({
  description: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  hsCode: z
    .string({ error: 'Expected an HS code of 6 to 10 digits.' })
    .check(z.regex(/^\d{6,10}$/, { error: 'Expected an HS code of 6 to 10 digits.' })),
  originCountry: assignedCountry,
  quantity: z.int().check(z.gte(1), z.lte(1_000_000)),
  weightGrams: z.int().check(z.gte(1), z.lte(MAX_WEIGHT_GRAMS)),
  value: positiveMoneySchema,
});

/** What the amount has beside the goods; with it, the lines and these are the amount exactly. */
const Charges = z.strictObject({
  freight: z.optional(positiveMoneySchema),
  insurance: z.optional(positiveMoneySchema),
  other: z.optional(positiveMoneySchema),
});

const EXPORT_REFERENCE =
  'Expected the reference of an export declaration, such as "AES X20261123012345".';

const MilestoneProposal = z.strictObject({
  milestoneId: z
    .string()
    .check(z.regex(/^[a-z0-9-]{1,32}$/, { error: 'Expected 1 to 32 of a-z, 0-9 and "-".' })),
  amount: z.optional(positiveMoneySchema),
  /** The part of the trade in hundredths of a percent, instead of an amount. */
  shareBasisPoints: z.optional(z.int().check(z.gte(1), z.lte(ALL_BASIS_POINTS))),
  release: z.optional(ReleaseRule),
  inspectionPeriodSeconds: z.optional(z.int().check(z.gte(0), z.lte(MAX_INSPECTION_SECONDS))),
});

const PAYOUT_ACCOUNT =
  'Expected the seller\'s Stripe account, "acct_…", or a bank account of yours, "bank_…".';

const Seller = z.extend(PartyProfile, {
  payoutAccountId: z
    .string({ error: PAYOUT_ACCOUNT })
    .check(z.regex(/^(?:acct|bank)_[A-Za-z0-9_]{1,64}$/, { error: PAYOUT_ACCOUNT })),
});

const Body = z.strictObject({
  reference: z.optional(
    z.string().check(
      z.regex(/^[\x21-\x7e]{1,64}$/, {
        error: 'Expected 1 to 64 printable characters without spaces.',
      }),
    ),
  ),
  parties: z.strictObject({ buyer: PartyProfile, seller: Seller }),
  lineItems: z.array(LineItem).check(z.minLength(1), z.maxLength(MAX_LINE_ITEMS)),
  incoterm,
  transportMode: z.optional(z.enum(['sea', 'inland_waterway', 'rail', 'road', 'air', 'mail'])),
  dutiesPaidBy: z.optional(z.enum(['buyer', 'seller'])),
  dutyEstimate: z.optional(positiveMoneySchema),
  exportReference: z.optional(
    z
      .string({ error: EXPORT_REFERENCE })
      .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9 .()/-]{2,39}$/, { error: EXPORT_REFERENCE })),
  ),
  charges: z.optional(Charges),
  amount: positiveMoneySchema,
  payInCurrency: currencySchema,
  quoteId: z.optional(opaqueId),
  milestones: z.optional(
    z.array(MilestoneProposal).check(z.minLength(1), z.maxLength(MAX_MILESTONES)),
  ),
  disputes: z.optional(DisputeTerms),
  shipWithinSeconds: z.optional(z.int().check(z.gte(1), z.lte(MAX_WINDOW_SECONDS))),
});
type Body = z.infer<typeof Body>;

type Offense = { readonly path: PropertyKey[]; readonly message: string };

const total = (amounts: readonly Money[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** An amount whose digits did not fit is reported as such and still text here: it sums to nothing. */
const isRead = ({ amountMinor }: Money): boolean => typeof amountMinor === 'bigint';

/** What only shows when fields are seen together: one currency throughout, and sums that fit. */
function crossFieldOffenses(body: Body): readonly Offense[] {
  const { amount, lineItems, milestones = [], charges, dutyEstimate } = body;
  const offenses: Offense[] = [];
  const expectCurrency = (money: Money, path: PropertyKey[]) => {
    if (money.currency !== amount.currency) {
      offenses.push({ path, message: `Expected ${amount.currency}, the currency of the trade.` });
    }
  };
  lineItems.forEach(({ value }, index) =>
    expectCurrency(value, ['lineItems', index, 'value', 'currency']),
  );
  milestones.forEach(({ amount: part }, index) => {
    if (part !== undefined) expectCurrency(part, ['milestones', index, 'amount', 'currency']);
  });
  const charged = Object.entries(charges ?? {}).flatMap(([name, charge]) =>
    charge === undefined ? [] : [[name, charge] as const],
  );
  for (const [name, charge] of charged) expectCurrency(charge, ['charges', name, 'currency']);
  if (dutyEstimate !== undefined) expectCurrency(dutyEstimate, ['dutyEstimate', 'currency']);
  const values = [...lineItems.map(({ value }) => value), ...charged.map(([, charge]) => charge)];
  const parts = milestones.flatMap((milestone) => milestone.amount ?? []);
  if (offenses.length > 0 || ![amount, ...values, ...parts].every(isRead)) return offenses;
  offenses.push(...valueOffenses({ charges, amount, worth: total(values) }));
  offenses.push(...shareOffenses(milestones, amount));
  if (new Set(milestones.map(({ milestoneId }) => milestoneId)).size !== milestones.length) {
    offenses.push({ path: ['milestones'], message: 'Each milestoneId may stand only once.' });
  }
  return offenses;
}

/** What stands on the invoice is what is paid: never more, and no less where the charges are told. */
function valueOffenses({
  charges,
  amount: { amountMinor },
  worth,
}: Pick<Body, 'charges' | 'amount'> & { readonly worth: bigint }): readonly Offense[] {
  if (worth > amountMinor) {
    const message = "The lines are worth more than the trade's amount.";
    return [{ path: ['lineItems'], message }];
  }
  if (charges === undefined || worth === amountMinor) return [];
  return [
    { path: ['charges'], message: "The lines and the charges must sum to the trade's amount." },
  ];
}

/** Milestones have either amounts that sum to the trade's, or shares that sum to all of it. */
function shareOffenses(
  milestones: NonNullable<Body['milestones']>,
  amount: Money,
): readonly Offense[] {
  if (milestones.length === 0) return [];
  const parts = milestones.flatMap((milestone) => milestone.amount ?? []);
  const shares = milestones.flatMap(({ shareBasisPoints }) => shareBasisPoints ?? []);
  const isEither =
    (parts.length === milestones.length && shares.length === 0) ||
    (shares.length === milestones.length && parts.length === 0);
  const isWhole =
    parts.length > 0
      ? total(parts) === amount.amountMinor
      : shares.reduce((sum, share) => sum + share, 0) === ALL_BASIS_POINTS;
  if (isEither && isWhole) return [];
  const message = isEither
    ? "The milestones must sum to the trade's amount."
    : 'Give each milestone an amount, or each of them shareBasisPoints.';
  return [{ path: ['milestones'], message }];
}

/**
 * The body of `POST /v1/trades`. `amount` is what the trade is worth and the seller is owed before
 * fees; the buyer pays its equal in `payInCurrency`, at the price
 * of the quote `quoteId` where one was given before. Without `milestones` the whole amount is one,
 * released by delivery and the default inspection. What customs asks beside the lines is optional:
 * who pays the duties and what they are likely to be, how the goods are carried, how the export was
 * declared, and what of the amount is freight and insurance.
 */
export const CreateTrade = Body.check((context) => {
  for (const { path, message } of crossFieldOffenses(context.value)) {
    context.issues.push({ code: 'custom', path, message, input: context.value });
  }
});
export type CreateTrade = z.infer<typeof CreateTrade>;
