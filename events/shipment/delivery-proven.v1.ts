import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/**
 * The carrier has a proof of this delivery. Who signed is a person and stays with the carrier:
 * `reference` says where to ask for it, `sha256` is of what the carrier answered.
 */
export const DeliveryProven = z.strictObject({
  type: z.literal('DeliveryProven'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  provider: opaqueId,
  kind: z.enum(['signature', 'document', 'photo']),
  reference: opaqueId,
  sha256,
  seenAt: instant,
});
export type DeliveryProven = z.infer<typeof DeliveryProven>;
