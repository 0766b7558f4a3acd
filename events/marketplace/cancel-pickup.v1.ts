import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * The body of `POST /v1/trades/{tradeId}/shipment/pickup/cancellation`: which courier is not to come,
 * with `disputeId` where it was ordered for goods that go back.
 */
export const CancelPickup = z.strictObject({
  pickupId: opaqueId,
  disputeId: z.optional(opaqueId),
});
export type CancelPickup = z.infer<typeof CancelPickup>;
