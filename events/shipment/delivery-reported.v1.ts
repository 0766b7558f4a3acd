import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/**
 * The carrier says that all parcels were delivered. It counts (`ShipmentDelivered`) at `stableAt`, if
 * nothing contradicts it until then. `evidenceSha256` hashes the scan that says so.
 */
export const DeliveryReported = z.strictObject({
  type: z.literal('DeliveryReported'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  deliveredAt: instant,
  evidenceSha256: sha256,
  stableAt: instant,
});
export type DeliveryReported = z.infer<typeof DeliveryReported>;
