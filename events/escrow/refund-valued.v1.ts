import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * A refund is about to be made: what it takes in the trade's currency (`held` from the hold, `net`
 * from the seller and `fee` from the platform, of what was released) became `amount` owed to the
 * buyer. `midValue` is what those three are worth in the currency charged at the latest mid rate,
 * `spread` what of the spread is given back; the rest is the platform's exchange result.
 */
export const RefundValued = z.strictObject({
  type: z.literal('RefundValued'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  sellerId: opaqueId,
  amount: positiveMoneySchema,
  held: moneySchema,
  net: moneySchema,
  fee: moneySchema,
  midValue: moneySchema,
  spread: moneySchema,
  /** What the buyer paid too much: it was never applied to the trade, and nothing of it is held. */
  unapplied: z.optional(z.literal(true)),
  rateDate: z.optional(z.iso.date()),
  valuedAt: instant,
});
export type RefundValued = z.infer<typeof RefundValued>;
