import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from '../common.ts';

/** The carrier was asked for news of a silent parcel and had none. `asks` counts since the last news. */
export const CarrierAsked = z.strictObject({
  type: z.literal('CarrierAsked'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  askedAt: instant,
  /** When we last heard of the parcel. */
  silentSince: instant,
  asks: positiveInt,
  /** When it is asked again; absent once nobody asks any more. */
  nextAskAt: z.optional(instant),
});
export type CarrierAsked = z.infer<typeof CarrierAsked>;
