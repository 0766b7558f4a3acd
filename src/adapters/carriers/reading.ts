import type { TrackingEvent, TrackingFlag } from '../../tracking/status.ts';
import { type Told, trackingEvents } from './parcel.ts';

/** What a payload tells of one parcel. */
export type ParsedParcel = {
  /** The identity of the parcel within its provider. */
  readonly parcel: string;
  /** The provider's id of what it tracks for us; several parcels of one shipment share it. */
  readonly trackerId: string;
  readonly trackingNumber?: string;
  readonly events: readonly TrackingEvent[];
};

/**
 * What a carrier's payload says, whether it came by webhook or as an API's answer. `ignored` is a
 * genuine payload about something else; `unreadable` is none of this carrier's, or an error answer.
 */
export type CarrierReading =
  | {
      readonly kind: 'tracking';
      /** By which a repeated delivery is known; absent where the provider gives none. */
      readonly deliveryId?: string;
      readonly parcels: readonly ParsedParcel[];
      /** What the payload itself shows to be wrong, beside what the scans show. */
      readonly flags: readonly TrackingFlag[];
      /** What could not be read or was left out, for people. */
      readonly problems: readonly string[];
    }
  | { readonly kind: 'ignored'; readonly what: string; readonly deliveryId?: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a payload that was decoded from JSON, XML or a form. It never throws. */
export type CarrierParser = (payload: unknown) => CarrierReading;

export type Tracking = Extract<CarrierReading, { kind: 'tracking' }>;

/** One parcel of a payload, and what could not be read of it. */
export type ReadParcel = { readonly parcel: ParsedParcel; readonly problems: readonly string[] };

/** A parcel from what its provider tells of it. */
export const readParcel = (
  told: Told,
  ids: { readonly trackerId: string; readonly trackingNumber?: string | undefined },
): ReadParcel => {
  const { events, undated } = trackingEvents(told);
  const { trackerId, trackingNumber } = ids;
  return {
    parcel: {
      parcel: told.parcel,
      trackerId,
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
      events,
    },
    problems:
      undated === 0
        ? []
        : [`${undated} of the scans of ${told.parcel} left out: no readable time.`],
  };
};

/** The parcels of a payload as its reading; `unreadable` where there is none. */
export const trackingReading = (
  read: readonly ReadParcel[],
  more: {
    readonly deliveryId?: string | undefined;
    readonly problems?: readonly string[];
    readonly flags?: readonly TrackingFlag[];
    /** Why a payload without parcels is none. */
    readonly otherwise: string;
  },
): CarrierReading => {
  const { deliveryId, problems = [], flags = [], otherwise } = more;
  if (read.length === 0) return { kind: 'unreadable', reason: problems[0] ?? otherwise };
  return {
    kind: 'tracking',
    ...(deliveryId === undefined ? {} : { deliveryId }),
    parcels: read.map(({ parcel }) => parcel),
    flags,
    problems: [...problems, ...read.flatMap((one) => one.problems)],
  };
};
