import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import { type EventOf, eventsOf } from './history.ts';

/** What was asked and told since a parcel was last heard of. */
export function silenceOf(records: readonly TradelaneRecord[]): {
  readonly since: string;
  readonly asked: readonly EventOf<'CarrierAsked'>[];
  readonly told: number;
} {
  const last = records.findLastIndex(({ events }) =>
    events.some(({ type }) => type === 'LabelPurchased' || type === 'TrackingUpdated'),
  );
  const later = records.slice(last + 1);
  return {
    since: records[last]?.recordedAt ?? '',
    asked: eventsOf(later, 'CarrierAsked'),
    told: eventsOf(later, 'ShipmentSilent').length,
  };
}
