import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/** The shipment entered `delivered`. `evidenceSha256` hashes the scans that say so. */
export const ShipmentDelivered = z.strictObject({
  type: z.literal('ShipmentDelivered'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  deliveredAt: instant,
  evidenceSha256: sha256,
});
export type ShipmentDelivered = z.infer<typeof ShipmentDelivered>;
