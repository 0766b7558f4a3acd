import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, positiveInt } from '../common.ts';
import { RefundSource } from './refund-requested.v1.ts';

/** What a refund did to the balance at the provider, beside what it was valued at. */
export const RefundBooking = z.strictObject({
  amount: positiveMoneySchema,
  /** What the refund takes in the trade's currency, and its value at mid in the currency charged. */
  owed: moneySchema,
  midValue: moneySchema,
  /** What the provider debited for it, in the currency that it settles in, and its fee. */
  debited: moneySchema,
  fee: moneySchema,
  from: z.optional(RefundSource),
});
export type RefundBooking = z.infer<typeof RefundBooking>;

/** The provider says that the refund has gone to the buyer. */
export const RefundSettled = z.strictObject({
  type: z.literal('RefundSettled'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  attempt: positiveInt,
  providerRefundId: opaqueId,
  booking: RefundBooking,
  settledAt: instant,
});
export type RefundSettled = z.infer<typeof RefundSettled>;
