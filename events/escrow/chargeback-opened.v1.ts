import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema, signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** One booking of the provider's: what it moved of the balance, its fee taken off. */
export const ChargebackBooking = z.strictObject({
  transactionId: opaqueId,
  net: signedMoneySchema,
});
export type ChargebackBooking = z.infer<typeof ChargebackBooking>;

/**
 * The buyer's bank disputes the charge: nothing is released or refunded until it has ended. `amount`
 * is in the currency charged; `withdrawn` and `fee` are what the provider has debited so far, in the
 * currency it settles in, in the `bookings` so far.
 */
export const ChargebackOpened = z.strictObject({
  type: z.literal('ChargebackOpened'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  chargeId: opaqueId,
  amount: positiveMoneySchema,
  withdrawn: moneySchema,
  fee: moneySchema,
  reason: opaqueId,
  evidenceDueBy: z.optional(instant),
  openedAt: instant,
  bookings: z.optional(z.array(ChargebackBooking)),
  /** The bank only asks, and has taken nothing: an inquiry. */
  inquiry: z.optional(z.literal(true)),
});
export type ChargebackOpened = z.infer<typeof ChargebackOpened>;
