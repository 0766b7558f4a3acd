import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/** How sellers are paid: a transfer at Stripe, or an instruction in a file for the bank. */
export const payoutRail = z.enum(['stripe_transfer', 'bank_file']);
export type PayoutRail = z.infer<typeof payoutRail>;

/** Which milestone's money a payout pays, and how much of it; `sellerId` is the scope of its 2200. */
export const payoutPart = z.strictObject({
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  amount: moneySchema,
});
export type PayoutPart = z.infer<typeof payoutPart>;

/**
 * So much of a debt was kept from what was owed to the seller: out of the balance of `sellerId`,
 * against the receivable of `debtorId`. Both are one seller under the ids of two trades.
 */
export const recovery = z.strictObject({
  debtId: opaqueId,
  debtorId: opaqueId,
  sellerId: opaqueId,
  amount: moneySchema,
});
export type Recovery = z.infer<typeof recovery>;

/** Why an attempt did not pay: a reason of ours or the bank's own code, such as `AC04`. */
export const failureCode = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/));

/** The first attempt is 1; each later one has a key of its own at the provider. */
export const attemptNumber = z.int().check(z.gte(1), z.lte(9_999));
