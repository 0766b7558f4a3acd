import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The body of `POST /v1/trades/{tradeId}/shipment/pickup`: between which instants the courier may come
 * for the parcels, or with `disputeId` for those that go back for it.
 */
export const OrderPickup = z
  .strictObject({ readyAt: instant, closesAt: instant, disputeId: z.optional(opaqueId) })
  .check(
    z.refine(({ readyAt, closesAt }) => Date.parse(readyAt) < Date.parse(closesAt), {
      path: ['closesAt'],
      error: 'Expected a time after readyAt.',
    }),
  );
export type OrderPickup = z.infer<typeof OrderPickup>;
