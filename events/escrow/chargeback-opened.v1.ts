import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The buyer's bank disputes the charge: nothing is released or refunded until it has ended. `amount`
 * is in the currency charged; `withdrawn` and `fee` are what the provider has debited so far, in the
 * currency it settles in.
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
});
export type ChargebackOpened = z.infer<typeof ChargebackOpened>;
