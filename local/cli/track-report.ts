import { UNDATED } from '../../src/adapters/carriers/parcel.ts';
import type { ParsedParcel, Tracking } from '../../src/adapters/carriers/reading.ts';
import { foldShipment } from '../../src/tracking/fold-shipment.ts';
import { inOrder } from '../../src/tracking/order.ts';
import type { TrackingEvent, TrackingFlag, TrackingStatus } from '../../src/tracking/status.ts';

/** What `npm run track` prints. `at` is null where the provider told no time. */
export type TrackReport = {
  readonly status: TrackingStatus;
  readonly reason: string | null;
  readonly terminal: boolean;
  readonly flags: readonly TrackingFlag[];
  readonly events: readonly {
    readonly at: string | null;
    readonly status: TrackingStatus;
    readonly reason: string | null;
    readonly rawCode: string;
    readonly place: string | null;
  }[];
  readonly problems: readonly string[];
};

/**
 * Folds what several payloads tell into one shipment. Parcels of one number are one parcel, whoever
 * told of them. A provider's summary stands among the events only where it tells no scans.
 */
export const trackReport = (readings: readonly Tracking[]): TrackReport => {
  const parcels = readings.flatMap((reading) => reading.parcels);
  const ids = new Set(parcels.map(identityOf));
  const events = parcels.flatMap((parcel) =>
    ids.size === 1
      ? parcel.events
      : parcel.events.map((event) => ({ ...event, parcel: identityOf(parcel) })),
  );
  const state = foldShipment(events, { parcelCount: ids.size });
  const flags = new Set([...state.flags, ...readings.flatMap((reading) => reading.flags)]);
  const scans = inOrder(events);
  const real = scans.filter(({ synthetic }) => synthetic !== true);
  return {
    status: state.status,
    reason: state.reason ?? null,
    terminal: state.terminal,
    flags: [...flags].sort(),
    events: (real.length > 0 ? real : scans).map(presentEvent),
    problems: readings.flatMap((reading) => reading.problems),
  };
};

const identityOf = ({ trackingNumber, parcel }: ParsedParcel): string => trackingNumber ?? parcel;

const presentEvent = (event: TrackingEvent): TrackReport['events'][number] => ({
  at: event.occurredAt === UNDATED ? null : event.occurredAt,
  status: event.status,
  reason: event.reason ?? null,
  rawCode: event.rawCode ?? event.rawStatus,
  place: placeText(event),
});

const placeText = ({ place }: TrackingEvent): string | null =>
  place === undefined
    ? null
    : [place.city, place.region, place.country].filter((part) => part !== undefined).join(', ');
