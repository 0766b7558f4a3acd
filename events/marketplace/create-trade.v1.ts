import * as z from 'zod/mini';
import type { Money } from '../../src/money/money.ts';
import { currencySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { incoterm, opaqueId } from '../common.ts';
import { assignedCountry, PartyProfile } from './party.v1.ts';

const MAX_LINE_ITEMS = 100;
const MAX_MILESTONES = 20;
const MAX_WEIGHT_GRAMS = 100_000_000;
const MAX_INSPECTION_SECONDS = 90 * 24 * 60 * 60;

const LineItem = z.strictObject({
  description: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  hsCode: z
    .string({ error: 'Expected an HS code of 6 to 10 digits.' })
    .check(z.regex(/^\d{6,10}$/, { error: 'Expected an HS code of 6 to 10 digits.' })),
  originCountry: assignedCountry,
  quantity: z.int().check(z.gte(1), z.lte(1_000_000)),
  weightGrams: z.int().check(z.gte(1), z.lte(MAX_WEIGHT_GRAMS)),
  value: positiveMoneySchema,
});

const MilestoneProposal = z.strictObject({
  milestoneId: z
    .string()
    .check(z.regex(/^[a-z0-9-]{1,32}$/, { error: 'Expected 1 to 32 of a-z, 0-9 and "-".' })),
  amount: positiveMoneySchema,
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
  amount: positiveMoneySchema,
  payInCurrency: currencySchema,
  quoteId: z.optional(opaqueId),
  milestones: z.optional(
    z.array(MilestoneProposal).check(z.minLength(1), z.maxLength(MAX_MILESTONES)),
  ),
});
type Body = z.infer<typeof Body>;

type Offense = { readonly path: PropertyKey[]; readonly message: string };

const total = (amounts: readonly Money[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** An amount whose digits did not fit is reported as such and still text here: it sums to nothing. */
const isRead = ({ amountMinor }: Money): boolean => typeof amountMinor === 'bigint';

/** What only shows when fields are seen together: one currency throughout, and sums that fit. */
function crossFieldOffenses({ amount, lineItems, milestones = [] }: Body): readonly Offense[] {
  const offenses: Offense[] = [];
  const expectCurrency = (money: Money, path: PropertyKey[]) => {
    if (money.currency !== amount.currency) {
      offenses.push({ path, message: `Expected ${amount.currency}, the currency of the trade.` });
    }
  };
  lineItems.forEach(({ value }, index) =>
    expectCurrency(value, ['lineItems', index, 'value', 'currency']),
  );
  milestones.forEach((milestone, index) =>
    expectCurrency(milestone.amount, ['milestones', index, 'amount', 'currency']),
  );
  const values = lineItems.map(({ value }) => value);
  const parts = milestones.map((milestone) => milestone.amount);
  if (offenses.length > 0 || ![amount, ...values, ...parts].every(isRead)) return offenses;
  if (total(values) > amount.amountMinor) {
    offenses.push({
      path: ['lineItems'],
      message: "The lines are worth more than the trade's amount.",
    });
  }
  if (parts.length > 0 && total(parts) !== amount.amountMinor) {
    offenses.push({
      path: ['milestones'],
      message: "The milestones must sum to the trade's amount.",
    });
  }
  if (new Set(milestones.map(({ milestoneId }) => milestoneId)).size !== milestones.length) {
    offenses.push({ path: ['milestones'], message: 'Each milestoneId may stand only once.' });
  }
  return offenses;
}

/**
 * The body of `POST /v1/trades`. `amount` is what the trade is worth and the seller is owed before
 * fees; the buyer pays its equal in `payInCurrency`, at the price
 * of the quote `quoteId` where one was given before. Without `milestones` the whole amount is one,
 * released by delivery and the default inspection.
 */
export const CreateTrade = Body.check((context) => {
  for (const { path, message } of crossFieldOffenses(context.value)) {
    context.issues.push({ code: 'custom', path, message, input: context.value });
  }
});
export type CreateTrade = z.infer<typeof CreateTrade>;
