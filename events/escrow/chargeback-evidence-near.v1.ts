import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** An open chargeback has no answer yet, and the day until which one counts is near. */
export const ChargebackEvidenceNear = z.strictObject({
  type: z.literal('ChargebackEvidenceNear'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  evidenceDueBy: instant,
  noticedAt: instant,
});
export type ChargebackEvidenceNear = z.infer<typeof ChargebackEvidenceNear>;
