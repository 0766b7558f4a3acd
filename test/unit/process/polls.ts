import type { ShipmentEvent } from '../../../events/index.ts';
import type { DeadlinePassed } from '../../../events/messages/deadline-passed.v1.ts';
import type { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { shipmentStream } from '../../../src/platform/ids.ts';
import { type ConsumePollsPorts, consumePolls } from '../../../src/process/consume-polls.ts';
import { carrierUnavailable, type ProofOfDelivery } from '../../../src/shipment/ports.ts';
import type { TrackingSubscriber } from '../../../src/shipment/subscribe.ts';
import { PollingPolicy } from '../../../src/tracking/polling.ts';
import { later, marketplaceId, shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { scanAt } from '../../support/scans.ts';

export const labeled = [
  story.shipmentRequested,
  story.carrierShipmentCreated,
  story.labelPurchased,
];
export const labeledAt = '2026-11-20T08:00:00.000Z';
export const [inTransit, delivered] = [scanAt(2, 'in_transit'), scanAt(9, 'delivered')];
export const wait = 1_000;
const policy = PollingPolicy.parse({
  lanes: [{ askAfterSeconds: [wait, 2_000], overdueSeconds: 2_500, giveUpSeconds: 9_000 }],
});
export const proof: ProofOfDelivery = {
  ...{ kind: 'signature', reference: 'trackers/trk_1', sha256: 'a'.repeat(64) },
};

type Answer = Awaited<
  ReturnType<NonNullable<Awaited<ReturnType<ConsumePollsPorts['carrierOf']>>>['track']>
>;

/** A worker that asks, a carrier that answers what it is told to, and what was recorded after. */
export async function setUp(history: readonly ShipmentEvent[] = labeled, graceSeconds = 0) {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const views = inMemoryViewStore();
  const clock = { at: labeledAt };
  const asked: string[] = [];
  const subscribers: TrackingSubscriber[] = [];
  const mover: { scans?: readonly TrackingEvent[] } = {};
  let answer: () => Answer = () => undefined;
  for (const [index, event] of history.entries()) {
    await records.append({
      ...recordOf(shipmentStream(shipmentId), index + 1),
      ...{ recordedAt: labeledAt, events: [event], journal: [] },
    });
  }
  const consume = consumePolls({
    ...{ store: journaledStore(records), views, policy, graceSeconds },
    now: () => new Date(clock.at),
    subscribers: async () => subscribers,
    moverOf: async (carrier) => {
      const { scans } = mover;
      if (scans === undefined) return undefined;
      return {
        track: async (number) => {
          asked.push(`${carrier} ${number}`);
          return { trackerId: number, trackingNumber: number, scans };
        },
      };
    },
    carrierOf: async (provider) =>
      provider === 'easypost'
        ? {
            track: async (trackerId) => {
              asked.push(trackerId);
              return answer();
            },
          }
        : undefined,
  });
  return {
    views,
    asked,
    subscribers,
    mover,
    answers: (scans: readonly TrackingEvent[], proven?: ProofOfDelivery) => {
      answer = () => ({ trackerId: 'trk', scans, ...(proven && { proof: proven }) });
    },
    fails: () => {
      answer = () => {
        throw carrierUnavailable('carrier.unknown_outcome', { message: 'No answer.' });
      };
    },
    pass: (deadline: DeadlinePassed['deadline'], dueAt: string) => {
      clock.at = dueAt;
      return consume({
        ...{ kind: 'deadline_passed', version: 1, deadline, tradeId, marketplaceId, dueAt },
        ...{ subjectId: shipmentId, messageId: `deadline#${deadline}#${shipmentId}#${dueAt}` },
      });
    },
    events: () =>
      records
        .all()
        .flatMap((record) => record.events)
        .slice(history.length),
    types: () =>
      records
        .all()
        .flatMap((record) => record.events.map(({ type }) => type))
        .slice(history.length),
    looks: async () =>
      (await views.dueDeadlines({ at: later(labeledAt, 999_999), limit: 9 })).map(
        ({ dueAt }) => dueAt,
      ),
  };
}
