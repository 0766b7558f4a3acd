import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/**
 * The carrier delivered; the buyer's inspection runs until `inspectionEndsAt` (the latest of the
 * milestones'). `evidenceSha256` is the hash of the tracking facts that satisfied the rule.
 */
export const DeliveryConfirmed = z.strictObject({
  type: z.literal('DeliveryConfirmed'),
  version: z.literal(1),
  shipmentId: opaqueId,
  deliveredAt: instant,
  confirmedAt: instant,
  inspectionEndsAt: instant,
  evidenceSha256: sha256,
});
export type DeliveryConfirmed = z.infer<typeof DeliveryConfirmed>;
