import * as z from 'zod/mini';
import { countryCode, instant, opaqueId } from '../common.ts';

/** The canonical states of a parcel, in the order of their tiers (docs: carriers, canonical status). */
export const TrackingStatus = z.enum([
  'unknown',
  'label_created',
  'picked_up',
  'in_transit',
  'customs_processing',
  'customs_held',
  'out_for_delivery',
  'available_for_pickup',
  'delivery_attempted',
  'exception',
  'returning',
  'delivered',
  'returned',
  'failed',
  'cancelled',
]);
export type TrackingStatus = z.infer<typeof TrackingStatus>;

/**
 * One scan, as a carrier reported it, in canonical terms. `key` identifies it for ever; `rawStatus`
 * and `rawCode` keep what the provider said. There is no free text and no signer: scans are stored
 * in events, and events hold no personal data.
 */
export const TrackingEvent = z.strictObject({
  key: z.string().check(z.minLength(1), z.maxLength(128)),
  status: TrackingStatus,
  reason: z.optional(z.string().check(z.minLength(1), z.maxLength(40))),
  rawStatus: z.string().check(z.maxLength(80)),
  rawCode: z.optional(z.string().check(z.maxLength(80))),
  occurredAt: instant,
  timeZoneKnown: z.boolean(),
  sequence: z.optional(z.int()),
  place: z.optional(
    z.strictObject({
      city: z.optional(z.string().check(z.maxLength(100))),
      region: z.optional(z.string().check(z.maxLength(100))),
      country: z.optional(countryCode),
    }),
  ),
  unmapped: z.optional(z.boolean()),
  /** It came in a webhook whose body nobody signed; absent where it was signed, or we had asked. */
  unsigned: z.optional(z.literal(true)),
  /** The provider's own codes for this scan say different things. */
  contradictory: z.optional(z.boolean()),
  synthetic: z.optional(z.boolean()),
  /** Which of a shipment's parcels was scanned; absent where there is one, or all were meant. */
  parcel: z.optional(opaqueId),
  /** The provider's id of the scan, where it has one. */
  providerEventId: z.optional(opaqueId),
});
export type TrackingEvent = z.infer<typeof TrackingEvent>;
