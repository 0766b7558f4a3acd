import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** What a refund takes from one milestone, in the trade's currency. */
export const RefundPart = z.strictObject({
  milestoneId: opaqueId,
  /** Taken from what is held. */
  held: moneySchema,
  /** Taken back of what was released: the seller's part, and the platform's fee. */
  net: moneySchema,
  fee: moneySchema,
});
export type RefundPart = z.infer<typeof RefundPart>;

/** The buyer's cash balance at the provider, or our segregated account at the bank. */
export const RefundSource = z.enum(['cash_balance', 'bank']);
export type RefundSource = z.infer<typeof RefundSource>;

/**
 * Money is to go back to the buyer: `amount` in the currency charged. From here on its parts can be
 * released to no one. Nothing is booked yet: the refund is valued when it is carried out.
 */
export const RefundRequested = z.strictObject({
  type: z.literal('RefundRequested'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  amount: positiveMoneySchema,
  parts: z.array(RefundPart),
  reason: z.enum([
    'marketplace',
    'dispute',
    'not_shipped',
    'hold_limit',
    'overpayment',
    'underpayment',
  ]),
  /** Where the money lies that goes back, where that is not the charge. */
  from: z.optional(RefundSource),
  requestedAt: instant,
});
export type RefundRequested = z.infer<typeof RefundRequested>;
