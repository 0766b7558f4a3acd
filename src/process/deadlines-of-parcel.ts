import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import { isUnconfirmed } from '../shipment/delivery.ts';
import { firstLookAt, type PollingPolicy } from '../tracking/polling.ts';
import { isTerminal } from '../tracking/status.ts';
import { type Owner, ofTrade } from './deadline.ts';
import type { Deadline } from './views.ts';

/** When to ask about a parcel, and when its delivery has stood long enough. */
export function ofParcel(
  event: TradelaneRecord['events'][number],
  {
    owner,
    recordedAt,
    streamId,
    polling,
  }: Pick<TradelaneRecord, 'recordedAt' | 'streamId'> & {
    readonly owner: Owner;
    readonly polling: PollingPolicy;
  },
): readonly Deadline[] {
  const shipmentId = shipmentOf(streamId);
  const silentAt = (dueAt: string): readonly Deadline[] => [
    ofTrade(owner, 'carrier_silent', dueAt, shipmentId),
  ];
  const subscribeAt = (dueAt: string): readonly Deadline[] => [
    ofTrade(owner, 'subscription_due', dueAt, shipmentId),
  ];
  switch (event.type) {
    case 'LabelPurchased':
      return [
        ...silentAt(firstLookAt(polling, recordedAt)),
        ...(polling.subscribe.length === 0 ? [] : subscribeAt(recordedAt)),
      ];
    case 'TrackingSubscribed':
      return event.renewAt === undefined ? [] : subscribeAt(event.renewAt);
    case 'TrackingUpdated':
      if (isUnconfirmed(event.flags)) return silentAt(recordedAt);
      // An end that the provider itself contradicts is looked into; other ends are ends.
      return isTerminal(event.status) && event.flags?.includes('provider_conflict') !== true
        ? []
        : silentAt(firstLookAt(polling, recordedAt));
    case 'TrackingFlagged':
      // A delivery that is contradicted is looked into; any other question sets its own next one.
      return event.flags.includes('provider_conflict')
        ? silentAt(firstLookAt(polling, recordedAt))
        : [];
    case 'CarrierAsked':
      return event.nextAskAt === undefined ? [] : silentAt(event.nextAskAt);
    case 'DeliveryReported':
      return [ofTrade(owner, 'delivery_stable', event.stableAt, shipmentId)];
    default:
      return [];
  }
}

const shipmentOf = (streamId: string): string => streamId.slice(streamId.indexOf('#') + 1);
