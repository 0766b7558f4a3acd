import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

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
});
export type LabelPurchased = z.infer<typeof LabelPurchased>;
