import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** The one label of this shipment. `provider` sold it, `carrier` moves the parcel. */
export const LabelPurchased = z.strictObject({
  type: z.literal('LabelPurchased'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  provider: opaqueId,
  carrierShipmentId: opaqueId,
  carrier: opaqueId,
  service: opaqueId,
  trackingNumber: opaqueId,
  trackerId: opaqueId,
  price: moneySchema,
  /** By the provider's clock. What was scanned under the number before is another parcel's. */
  purchasedAt: z.optional(instant),
});
export type LabelPurchased = z.infer<typeof LabelPurchased>;
