import type { Stripe } from 'stripe';
import { resourceMissing } from './errors.ts';
import type { Ids } from './ids.ts';
import type { Sent } from './options.ts';
import type { Store } from './store.ts';
import type { Delivery, Dispatch, WebhookTarget } from './webhook-delivery.ts';
import type { WebhookSender } from './webhooks.ts';

/** The event types that the sandbox emits. */
export const emittedTypes = [
  'account.application.deauthorized',
  'account.external_account.updated',
  'account.updated',
  'balance.available',
  'capability.updated',
  'cash_balance.funds_available',
  'charge.captured',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.updated',
  'charge.expired',
  'charge.failed',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'charge.updated',
  'checkout.session.expired',
  'customer.created',
  'customer.updated',
  'customer_cash_balance_transaction.created',
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.created',
  'payment_intent.partially_funded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'payout.canceled',
  'payout.created',
  'payout.failed',
  'payout.paid',
  'payout.reconciliation_completed',
  'payout.updated',
  'radar.early_fraud_warning.created',
  'refund.created',
  'refund.failed',
  'refund.updated',
  'reporting.report_run.succeeded',
  'setup_intent.canceled',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.setup_failed',
  'setup_intent.succeeded',
  'topup.created',
  'topup.succeeded',
  'transfer.created',
  'transfer.reversed',
  'transfer.updated',
] as const;

export type EmittedType = (typeof emittedTypes)[number];

/** The request that an event comes from. */
export type EventCause = { requestId: string | null; idempotencyKey: string | null };

export type Emission = {
  type: EmittedType;
  account: string;
  object: object;
  cause: EventCause;
  previousAttributes?: Record<string, unknown>;
};

export type EventLog = {
  /** Records a snapshot of the object as it is now and sends it to every endpoint it is for. */
  emit(emission: Emission): void;
  addTarget(target: WebhookTarget): void;
  targets(): readonly WebhookTarget[];
  markDelivered(delivery: Delivery): void;
  /**
   * Delivers an event again, to every endpoint it was for, with the bytes it had.
   * @throws StripeApiError 404 for an event that does not exist.
   */
  resend(eventId: string): Promise<Delivery[]>;
  /** False while an endpoint still waits for the event, or has given it up. */
  isDelivered(eventId: string): boolean;
};

export function createEventLog(world: {
  ids: Ids;
  apiVersion: string;
  nowSeconds: () => number;
  store: Store;
  webhooks: WebhookSender;
  platformAccount: string;
  observe?: ((sent: Sent) => void) | undefined;
}): EventLog {
  const { ids, store, webhooks } = world;
  const targets: WebhookTarget[] = [];
  const dispatches = new Map<string, Dispatch[]>();
  const undelivered = new Map<string, Set<string>>();

  const isFor = (target: WebhookTarget, type: string, account: string) =>
    target.connect === (account !== world.platformAccount) &&
    (target.events.includes('*') || target.events.includes(type));

  const emit = (emission: Emission) => {
    record(emission);
    if (webhooks.hasTwin(emission.type)) record(emission);
  };

  const record = (emission: Emission) => {
    const { type, account } = emission;
    const receivers = targets.filter((target) => isFor(target, type, account));
    const event = buildEvent(emission, {
      id: ids.next('evt'),
      apiVersion: world.apiVersion,
      created: world.nowSeconds(),
      pendingWebhooks: receivers.length,
      connected: account !== world.platformAccount,
    });
    store.insert('event', account, event);
    world.observe?.({ kind: 'webhook', payload: JSON.stringify(event) });
    undelivered.set(event.id, new Set(receivers.map((target) => target.id)));
    dispatches.set(
      event.id,
      receivers.map((target) => dispatchOf(event, target)),
    );
    for (const dispatch of dispatches.get(event.id) ?? []) webhooks.send(dispatch);
  };

  return {
    emit,
    addTarget: (target) => {
      targets.push(target);
    },
    targets: () => targets,
    markDelivered({ eventId, endpointId }) {
      if (!undelivered.get(eventId)?.delete(endpointId)) return;
      const pending_webhooks = undelivered.get(eventId)?.size ?? 0;
      store.change('event', eventId, { pending_webhooks });
    },
    async resend(eventId) {
      const repeated = dispatches.get(eventId);
      if (!repeated) throw resourceMissing({ what: 'event', id: eventId, param: 'id' });
      return Promise.all(repeated.map((dispatch) => webhooks.resend(dispatch)));
    },
    isDelivered: (eventId) => (undelivered.get(eventId)?.size ?? 0) === 0,
  };
}

function buildEvent(
  emission: Emission,
  facts: {
    id: string;
    apiVersion: string;
    created: number;
    pendingWebhooks: number;
    connected: boolean;
  },
): Stripe.EventBase {
  const { cause, previousAttributes } = emission;
  return {
    id: facts.id,
    object: 'event',
    ...(facts.connected && { account: emission.account }),
    api_version: facts.apiVersion,
    created: facts.created,
    data: {
      object: structuredClone(emission.object),
      ...(previousAttributes && { previous_attributes: previousAttributes }),
    },
    livemode: false,
    pending_webhooks: facts.pendingWebhooks,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type: emission.type,
  };
}

/**
 * The payload states the version of its endpoint, and is indented as Stripe's are, which shows up
 * code that verifies re-serialized JSON.
 */
function dispatchOf(event: Stripe.EventBase, target: WebhookTarget): Dispatch {
  const sent =
    target.payload === 'thin' ? thinEvent(event) : { ...event, api_version: target.apiVersion };
  const payload = JSON.stringify(sent, null, 2);
  return { eventId: event.id, type: event.type, payload, target };
}

/** Where an object is read, by the `object` that names it. */
const placeOf = (object: string, id: string): string =>
  object === 'balance' ? '/v1/balance' : `/v1/${object.replaceAll('.', '/')}s/${id}`;

/** The thin twin of an event: which object changed and how, and nothing of it. */
function thinEvent(event: Stripe.EventBase): object {
  const object = event.data.object as { id?: string; object?: string };
  const type = object.object ?? '';
  const id = object.id ?? '';
  return {
    id: event.id,
    object: 'v2.core.event',
    created: new Date(event.created * 1000).toISOString(),
    ...(event.account !== undefined && { context: event.account }),
    livemode: false,
    reason: null,
    related_object: { id, type, url: placeOf(type, id) },
    snapshot_event: event.id,
    type: `v1.${event.type}`,
  };
}
