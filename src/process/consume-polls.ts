import type { ShipmentEvent } from '../../events/index.ts';
import { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import type { EventRecord } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { shipmentStream } from '../platform/ids.ts';
import { isDelivery, isUnconfirmed } from '../shipment/delivery.ts';
import { runShipment } from '../shipment/order-label.ts';
import type { CarrierPort, ProofOfDelivery } from '../shipment/ports.ts';
import { type LabeledShipment, shipmentEvolution } from '../shipment/shipment.ts';
import { isOverdue, laneBetween, nextAskAt, type PollingPolicy } from '../tracking/polling.ts';
import { isTerminal } from '../tracking/status.ts';
import { done, type Handled, handledBy } from './handled.ts';
import { type SubscribePorts, subscribeParcels } from './subscribe-parcels.ts';
import { answeredResult, stableAt, type Told } from './tracking-result.ts';
import type { Deadline, ViewStore } from './views.ts';

/** What the poll queue carries: shipments of which nothing was heard, and deliveries that stood. */
export const PollMessage = DeadlinePassed;

export type ConsumePollsPorts = SubscribePorts & {
  readonly views: Pick<ViewStore, 'putDeadlines'>;
  /** Whoever sold the label, where it can be asked; undefined for a provider that only pushes. */
  readonly carrierOf: (provider: string) => Promise<Pick<CarrierPort, 'track'> | undefined>;
  /**
   * Who moves the parcel, as the label names it, where that carrier can be asked by its own number
   * beside whoever sold the label.
   */
  readonly moverOf?: (carrier: string) => Promise<Pick<CarrierPort, 'track'> | undefined>;
  readonly policy: PollingPolicy;
  /** How long a reported delivery must stand before it counts; 0 counts it at once. */
  readonly graceSeconds: number;
};

type Shipment = {
  readonly state: LabeledShipment;
  /** When the last news were recorded: the label or scans. */
  readonly heardAt: string;
};

type Answer = { readonly told: readonly Told[]; readonly proof: ProofOfDelivery | undefined };

const NOTHING_TOLD: Answer = { told: [], proof: undefined };

/** Asks carriers about parcels, by the clock. What they answer is folded in like a webhook. */
export const consumePolls =
  (ports: ConsumePollsPorts) =>
  async (message: DeadlinePassed): Promise<Handled> => {
    const records = await ports.store.load(shipmentStream(message.subjectId));
    if (records.some(({ cause }) => cause === message.messageId)) return done;
    const shipment = shipmentOf(records);
    if (shipment === undefined) return done;
    switch (message.deadline) {
      case 'delivery_stable':
        return settleDelivery(ports, message, shipment);
      case 'subscription_due':
        return hasEnded(shipment.state) ? done : subscribeParcels(ports, message, shipment.state);
      default:
        return breakSilence(ports, message, shipment);
    }
  };

function shipmentOf(records: readonly EventRecord<ShipmentEvent>[]): Shipment | undefined {
  const state = fold(shipmentEvolution, records);
  const last = records.findLast(({ events }) => events.some(({ type }) => NEWS.has(type)));
  return state.status !== 'labeled' || last === undefined
    ? undefined
    : { state, heardAt: last.recordedAt };
}

const NEWS: ReadonlySet<ShipmentEvent['type']> = new Set(['LabelPurchased', 'TrackingUpdated']);

/** Nothing more is expected of the parcel, unless its delivery is contradicted or unconfirmed. */
const hasEnded = ({
  trackingStatus: status,
  trackingFlags: flags,
  voiding,
}: LabeledShipment): boolean =>
  voiding === 'voided' ||
  (isTerminal(status) && (status !== 'delivered' || isDelivery({ status, flags })));

/**
 * Asks about a parcel that has been silent for as long as its lane says. Where news came since the
 * deadline was set, or the lane is more patient, there is another look later. A delivery that nobody
 * signed is asked about at once, and then as patiently as silence.
 */
async function breakSilence(
  ports: ConsumePollsPorts,
  message: DeadlinePassed,
  { state, heardAt }: Shipment,
): Promise<Handled> {
  if (hasEnded(state)) return done;
  const { policy, graceSeconds, now } = ports;
  const lane = laneBetween(policy, state.order.consignor.country, state.order.consignee.country);
  const asks = state.asked?.asks ?? 0;
  const askAt =
    asks === 0 && isUnconfirmed(state.trackingFlags)
      ? heardAt
      : nextAskAt(lane, { silentSince: heardAt, asks, askedAt: state.asked?.askedAt });
  if (askAt === undefined) return done;
  if (askAt > message.dueAt) {
    const { deadline, tradeId, marketplaceId, subjectId } = message;
    const look: Deadline = { deadline, tradeId, marketplaceId, subjectId, dueAt: askAt };
    await ports.views.putDeadlines([look]);
    return done;
  }
  const answer = await ask(ports, state);
  if (answer === 'nobody') return { kind: 'ignored', reason: 'provider that only pushes' };
  const askedAt = now().toISOString();
  const asked = { silentSince: heardAt, asks: asks + 1, askedAt };
  return handledBy(
    await runShipment(ports, contextOf(message), (current) => ({
      type: 'RecordAnswer',
      tracking: answeredResult(current, answer.told),
      stableAt: stableAt({ now, graceSeconds }),
      askedAt,
      silentSince: heardAt,
      nextAskAt: nextAskAt(lane, asked),
      isOverdue: isOverdue(lane, heardAt, askedAt),
    })),
  );
}

/** Asks once more before a delivery counts, for what was not pushed or is contradicted, and for a proof. */
async function settleDelivery(
  ports: ConsumePollsPorts,
  message: DeadlinePassed,
  { state }: Shipment,
): Promise<Handled> {
  if (state.reported === null || state.reported.stableAt > message.dueAt) return done;
  const answer = await ask(ports, state);
  const { told, proof } = answer === 'nobody' ? NOTHING_TOLD : answer;
  const seenAt = ports.now().toISOString();
  return handledBy(
    await runShipment(ports, contextOf(message), (current) => ({
      type: 'ConfirmDelivery',
      tracking: answeredResult(current, told),
      dueAt: message.dueAt,
      proof,
      seenAt,
    })),
  );
}

const contextOf = ({ subjectId, messageId }: DeadlinePassed) => ({
  shipmentId: subjectId,
  cause: messageId,
});

/** Asks after every parcel of a shipment; `nobody` where no one can be asked. */
async function ask(
  { carrierOf, moverOf }: ConsumePollsPorts,
  { label, parcels }: LabeledShipment,
): Promise<Answer | 'nobody'> {
  const [seller, mover] = [await carrierOf(label.provider), await moverOf?.(label.carrier)];
  if (seller === undefined && mover === undefined) return 'nobody';
  const all = [label, ...parcels];
  const questions = [
    { asked: seller, ids: all.map(({ trackerId }) => trackerId) },
    { asked: mover, ids: all.map(({ trackingNumber }) => trackingNumber) },
  ];
  const told: Told[] = [];
  let proof: ProofOfDelivery | undefined;
  for (const { asked, ids } of questions) {
    for (const id of asked === undefined ? [] : new Set(ids)) {
      const answer = await asked?.track(id);
      if (answer === undefined) continue;
      const { trackingNumber, scans } = answer;
      told.push({ followed: { trackerId: id, trackingNumber }, scans });
      proof ??= answer.proof;
    }
  }
  return { told, proof };
}
