import type { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import type { LabeledShipment } from '../shipment/shipment.ts';
import { needsSubscription, renewalOf, type TrackingSubscriber } from '../shipment/subscribe.ts';
import { done, type Handled, handledBy, inOrder } from './handled.ts';

export type SubscribePorts = ShipmentPorts & {
  /** Those who follow every parcel; empty where the label's provider is enough. */
  readonly subscribers: () => Promise<readonly TrackingSubscriber[]>;
};

/**
 * Has every parcel of a shipment followed by those who do not follow it yet, and renews what would
 * lapse. Who refuses a parcel is left out: its label's provider and our own questions remain.
 */
export async function subscribeParcels(
  ports: SubscribePorts,
  message: DeadlinePassed,
  state: LabeledShipment,
): Promise<Handled> {
  const subscribers = (await ports.subscribers()).filter(
    ({ provider }) =>
      provider !== state.label.provider && needsSubscription(state, provider, message.dueAt),
  );
  return inOrder(subscribers.map((one) => () => subscribeTo(ports, { message, state, one })));
}

async function subscribeTo(
  ports: SubscribePorts,
  {
    message,
    state,
    one,
  }: {
    readonly message: DeadlinePassed;
    readonly state: LabeledShipment;
    readonly one: TrackingSubscriber;
  },
): Promise<Handled> {
  const { order, label, parcels } = state;
  const numbers = new Set([label, ...parcels].map(({ trackingNumber }) => trackingNumber));
  const { provider } = one;
  let subscriptionId: string | undefined;
  let renewAt: string | undefined;
  for (const trackingNumber of numbers) {
    const answer = await one.subscribe({
      reference: order.shipmentId,
      carrier: label.carrier,
      trackingNumber,
      to: order.consignee.country,
    });
    if (answer.kind === 'refused') {
      return { kind: 'ignored', reason: `subscription refused by ${provider}` };
    }
    subscriptionId ??= answer.subscriptionId;
    renewAt ??= renewalOf(ports.now(), answer);
  }
  if (subscriptionId === undefined) return done;
  const command = { type: 'RecordSubscription', provider, subscriptionId, renewAt } as const;
  const outcome = await runShipment(
    ports,
    { shipmentId: order.shipmentId, cause: `${message.messageId}/${provider}` },
    () => command,
  );
  return handledBy(outcome);
}
