import type { TrackingEvent } from './status.ts';

/**
 * How well the time of a scan is known. `exact`: with its zone. `carrier_local`: the time where the parcel
 * was, in a zone that the carrier did not name; it is read as UTC. `assumed`: a day alone, read as its
 * beginning.
 */
export type TimeQuality = 'exact' | 'carrier_local' | 'assumed';

/** A carrier that names a day alone is read as its first moment, in which hardly anything is scanned. */
export const timeQualityOf = ({
  occurredAt,
  timeZoneKnown,
}: Pick<TrackingEvent, 'occurredAt' | 'timeZoneKnown'>): TimeQuality => {
  if (timeZoneKnown) return 'exact';
  return occurredAt.endsWith('T00:00:00.000Z') ? 'assumed' : 'carrier_local';
};
