import * as z from 'zod/mini';
import { moneySchema, signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { ChargebackBooking } from './chargeback-opened.v1.ts';

/**
 * The provider moved money for a chargeback since we last looked: what more it has withdrawn, given
 * back and charged, each summed over all of its bookings. `isClosed` where the chargeback had ended.
 */
export const ChargebackAdjusted = z.strictObject({
  type: z.literal('ChargebackAdjusted'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  withdrawn: moneySchema,
  reinstated: moneySchema,
  /** May be negative: some providers give a fee back. */
  fee: signedMoneySchema,
  isClosed: z.boolean(),
  /** It was won, and the buyer's bank takes the money again, or asks again: it is open as before. */
  reopened: z.optional(z.literal(true)),
  /** It only asks, as the provider says, and was opened before that was told apart: nothing has moved. */
  inquiry: z.optional(z.literal(true)),
  adjustedAt: instant,
  /** All that the provider has booked for it by now. */
  bookings: z.optional(z.array(ChargebackBooking)),
});
export type ChargebackAdjusted = z.infer<typeof ChargebackAdjusted>;
