import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** This shipment takes goods back to their seller, for a dispute about them. */
export const ReturnRequested = z.strictObject({
  type: z.literal('ReturnRequested'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  disputeId: opaqueId,
});
export type ReturnRequested = z.infer<typeof ReturnRequested>;
