import type { ShipmentEvent } from '../../events/index.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import type { CarrierRefusal } from './ports.ts';
import type { LabeledShipment, ShipmentState } from './shipment.ts';

/** A parcel that somebody is to follow and tell us of. */
export type SubscriptionRequest = {
  /** Our own name of it, which comes back with what is pushed, where the provider takes one. */
  readonly reference: string;
  /** The carrier that moves the parcel, as the label's provider spells it. */
  readonly carrier: string;
  readonly trackingNumber: string;
  /** ISO 3166-1 alpha-2. */
  readonly to: string;
};

export type Subscription = {
  readonly kind: 'subscribed';
  readonly subscriptionId: string;
  /** For how long; undefined where it does not lapse. */
  readonly lastsSeconds?: number;
};

/**
 * Whoever pushes what it learns of parcels that it did not sell the label of. Subscribing to what is
 * followed already is no error, so that it may be repeated, and renews what would lapse.
 *
 * Throws `CarrierUnavailableError` where the answer is not known or not given.
 */
export type TrackingSubscriber = {
  /** The provider's name as webhook routes spell it. */
  readonly provider: string;
  subscribe(request: SubscriptionRequest): Promise<Subscription | CarrierRefusal>;
};

export type RecordSubscription = {
  readonly type: 'RecordSubscription';
  readonly provider: string;
  readonly subscriptionId: string;
  readonly renewAt?: string | undefined;
};

/** A subscription is renewed while so much of its time is left: a day's outage must not end it. */
const RENEW_BEFORE_SECONDS = 86_400;

/** When a subscription that was made at that instant must have been renewed. */
export const renewalOf = (madeAt: Date, { lastsSeconds }: Subscription): string | undefined =>
  lastsSeconds === undefined
    ? undefined
    : new Date(madeAt.getTime() + (lastsSeconds - RENEW_BEFORE_SECONDS) * 1_000).toISOString();

/** Whether a provider must be asked to follow the parcel, at a deadline. */
export const needsSubscription = (
  { subscriptions }: Pick<LabeledShipment, 'subscriptions'>,
  provider: string,
  dueAt: string,
): boolean => {
  const made = subscriptions[provider];
  return made === undefined || (made.renewAt !== undefined && made.renewAt <= dueAt);
};

export function recordSubscription(
  { provider, subscriptionId, renewAt }: RecordSubscription,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled') return nothing;
  const { shipmentId, tradeId } = state.order;
  return decided({
    ...({ type: 'TrackingSubscribed', version: 1, shipmentId, tradeId } as const),
    ...{ provider, subscriptionId },
    ...(renewAt === undefined ? {} : { renewAt }),
  });
}
