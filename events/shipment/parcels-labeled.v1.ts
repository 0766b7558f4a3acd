import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The parcels that go under one label purchase, where there are several. All must be delivered. */
export const ParcelsLabeled = z.strictObject({
  type: z.literal('ParcelsLabeled'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  provider: opaqueId,
  parcels: z
    .array(z.strictObject({ trackingNumber: opaqueId, trackerId: opaqueId }))
    .check(z.minLength(2), z.maxLength(100)),
});
export type ParcelsLabeled = z.infer<typeof ParcelsLabeled>;
