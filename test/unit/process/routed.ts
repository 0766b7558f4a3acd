import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../events/index.ts';
import type { RoutedRecord, Target } from '../../../events/messages/routed-record.v1.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { escrowStream, payoutStream, shipmentStream } from '../../../src/platform/ids.ts';
import { payoutId, shipmentId, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

/** A record on its way to one queue, whether or not the table would route it there. */
export const routedTo = (target: Target, record: EventRecord<TradelaneEvent>): RoutedRecord => ({
  kind: 'routed_record',
  version: 1,
  messageId: `${record.streamId}#${record.sequence}#${target}`,
  target,
  record: record as TradelaneRecord,
});

/** The stream in which the story's event stands. */
const streamOf = ({ type }: TradelaneEvent): string => {
  if (type.startsWith('Payout')) return payoutStream(payoutId);
  const isOfShipment =
    type !== 'ShipmentBooked' &&
    (/^(Shipment|Label|Tracking)/.test(type) || type === 'CarrierShipmentCreated');
  return isOfShipment ? shipmentStream(shipmentId) : escrowStream(tradeId);
};

/** Events of the story, in one record of their stream, on their way to one queue. */
export const eventsTo = (
  target: Target,
  ...events: readonly [TradelaneEvent, ...TradelaneEvent[]]
): RoutedRecord => routedTo(target, recordOf(streamOf(events[0]), 9, events));
