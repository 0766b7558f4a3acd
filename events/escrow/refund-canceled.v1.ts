import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** What a refund had been valued at, as `RefundValued` has it. */
export const RefundValuation = z.strictObject({
  sellerId: opaqueId,
  amount: positiveMoneySchema,
  held: moneySchema,
  net: moneySchema,
  fee: moneySchema,
  midValue: moneySchema,
  spread: moneySchema,
  unapplied: z.optional(z.literal(true)),
});
export type RefundValuation = z.infer<typeof RefundValuation>;

/**
 * A refund that the provider never had, or that failed there, is called off, because the buyer's bank took
 * the money back by a chargeback. `valuation` stands where it had been valued, and is booked back.
 */
export const RefundCanceled = z.strictObject({
  type: z.literal('RefundCanceled'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  reason: z.enum(['charged_back']),
  valuation: z.optional(RefundValuation),
  canceledAt: instant,
});
export type RefundCanceled = z.infer<typeof RefundCanceled>;
