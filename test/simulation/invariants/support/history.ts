import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';
import type { World } from '../../world.ts';

export type EventType = TradelaneEvent['type'];
export type EventOf<T extends EventType> = Extract<TradelaneEvent, { readonly type: T }>;

const NO_RECORDS: readonly TradelaneRecord[] = [];

export const streamOf = ({ streams }: World, streamId: string): readonly TradelaneRecord[] =>
  streams.get(streamId) ?? NO_RECORDS;

/** The stream of a trade's escrow. */
export const escrowOf = (world: World, tradeId: string): readonly TradelaneRecord[] =>
  streamOf(world, `escrow#${tradeId}`);

export const shipmentOf = (world: World, shipmentId: string): readonly TradelaneRecord[] =>
  streamOf(world, `shipment#${shipmentId}`);

export const payoutOf = (world: World, payoutId: string): readonly TradelaneRecord[] =>
  streamOf(world, `payout#${payoutId}`);

/** The events of one type, in the order of the stream. */
export function eventsOf<T extends EventType>(
  records: readonly TradelaneRecord[],
  type: T,
): readonly EventOf<T>[] {
  const found: EventOf<T>[] = [];
  for (const { events } of records) {
    for (const event of events) if (event.type === type) found.push(event as EventOf<T>);
  }
  return found;
}

/** The first event of a type; undefined where there is none. */
export function firstOf<T extends EventType>(
  records: readonly TradelaneRecord[],
  type: T,
): EventOf<T> | undefined {
  for (const { events } of records) {
    for (const event of events) if (event.type === type) return event as EventOf<T>;
  }
  return undefined;
}

/** The first record that holds an event of a type. */
export const recordOf = (
  records: readonly TradelaneRecord[],
  type: EventType,
): TradelaneRecord | undefined =>
  records.find(({ events }) => events.some((event) => event.type === type));

/** Which aggregate a stream belongs to, and which of them. */
export function nameOf(streamId: string): { readonly aggregate: string; readonly id: string } {
  const separator = streamId.indexOf('#');
  return { aggregate: streamId.slice(0, separator), id: streamId.slice(separator + 1) };
}

/** What a payout was last requested as; undefined where it never was. */
export const latestIntent = (
  records: readonly TradelaneRecord[],
): EventOf<'PayoutRequested'> | EventOf<'PayoutReissued'> | undefined =>
  eventsOf(records, 'PayoutReissued').at(-1) ?? firstOf(records, 'PayoutRequested');

/** Every intent to pay a payout, in the order of its attempts. */
export const intentsOf = (
  records: readonly TradelaneRecord[],
): readonly (EventOf<'PayoutRequested'> | EventOf<'PayoutReissued'>)[] => [
  ...eventsOf(records, 'PayoutRequested'),
  ...eventsOf(records, 'PayoutReissued'),
];

/** What says that a milestone is paid: itself, with another payout, or by set-off. */
export const paidBy = (
  records: readonly TradelaneRecord[],
): { readonly milestoneId: string } | undefined =>
  firstOf(records, 'PayoutSettled') ??
  firstOf(records, 'PayoutPaidThrough') ??
  firstOf(records, 'PayoutSetOff');
