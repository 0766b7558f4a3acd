import * as z from 'zod/mini';
import { incoterm, opaqueId, partyReference } from '../common.ts';
import { TradeItem } from '../escrow/trade-opened.v1.ts';

/** The intent to buy one label for a trade's goods. `shipmentId` is the reference the carrier keeps. */
export const ShipmentRequested = z.strictObject({
  type: z.literal('ShipmentRequested'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  consignor: partyReference,
  consignee: partyReference,
  incoterm,
  items: z.array(TradeItem).check(z.minLength(1)),
  exportReference: z.optional(z.string().check(z.minLength(3), z.maxLength(40))),
});
export type ShipmentRequested = z.infer<typeof ShipmentRequested>;
