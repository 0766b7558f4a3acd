import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * Nobody answered a chargeback in time. To the bank silence is consent: it decides for the buyer. No
 * money moves by this; it does when the provider says that the chargeback is lost.
 */
export const ChargebackUnanswered = z.strictObject({
  type: z.literal('ChargebackUnanswered'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  evidenceDueBy: instant,
  missedAt: instant,
});
export type ChargebackUnanswered = z.infer<typeof ChargebackUnanswered>;
