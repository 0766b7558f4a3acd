import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The bank asks for an answer again, or by another day: an inquiry has become a chargeback, or the
 * provider has moved the date.
 */
export const ChargebackEvidenceAsked = z.strictObject({
  type: z.literal('ChargebackEvidenceAsked'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  evidenceDueBy: z.optional(instant),
  askedAt: instant,
});
export type ChargebackEvidenceAsked = z.infer<typeof ChargebackEvidenceAsked>;
