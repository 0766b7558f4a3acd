import { createFaults, type Faults } from '../faults.ts';
import { EasyPostApiError } from './errors.ts';
import { createIds, type Ids } from './ids.ts';
import type { Step } from './journey.ts';
import type { EasyPostEvent, Shipment, Tracker, WebhookObject } from './objects.ts';
import { type EasyPostSandboxOptions, sandboxKeyPrefix, type WebhookOptions } from './options.ts';
import type { Order } from './orders.ts';
import type { Pickup } from './pickups.ts';
import { createWebhookSender, toPayload, type WebhookSender } from './webhooks.ts';

/** A tracker and the scans that are still to come. */
export type TrackerRecord = { tracker: Tracker; ahead: Step[] };

export type WebhookRecord = { webhook: WebhookObject; secret: string };

/** The state behind the wire: everything that a request reads or changes. Maps keep creation order. */
export type World = {
  clock: () => Date;
  now: () => string;
  ids: Ids;
  apiKey: string;
  webhookSecret: string;
  shipments: Map<string, Shipment>;
  orders: Map<string, Order>;
  pickups: Map<string, Pickup>;
  trackers: Map<string, TrackerRecord>;
  webhooks: Map<string, WebhookRecord>;
  events: Map<string, EasyPostEvent>;
  sender: WebhookSender;
  faults: Faults;
  /** How often each route was called, with calls that ran into a fault. */
  requests: Map<string, number>;
};

const defaultRetryDelaysMs = [500, 1_000, 2_000, 4_000, 8_000];

/** An account of its own, empty but for its webhooks, with nothing shared between two worlds. */
export function createWorld(options: EasyPostSandboxOptions = {}): World {
  const clock = options.clock ?? (() => new Date());
  const ids = createIds(options.random);
  const events: World['events'] = new Map();
  const world: World = {
    clock,
    now: () => clock().toISOString(),
    ids,
    apiKey: options.apiKey ?? `${sandboxKeyPrefix}${ids.hex(24)}`,
    webhookSecret: options.webhookSecret ?? `whsec_easypost_${ids.hex(24)}`,
    ...{
      shipments: new Map(),
      orders: new Map(),
      pickups: new Map(),
      trackers: new Map(),
      webhooks: new Map(),
      events,
    },
    sender: createWebhookSender({
      retryDelaysMs: options.webhookRetryDelaysMs ?? defaultRetryDelaysMs,
      timeoutMs: options.webhookTimeoutMs ?? 7_000,
      onDelivered: ({ eventId, url }) => markDelivered(events.get(eventId), url),
    }),
    faults: createFaults(),
    requests: new Map(),
  };
  for (const webhook of options.webhooks ?? []) addWebhook(world, webhook);
  return world;
}

/** @throws EasyPostApiError where the address is not one that a webhook can be posted to. */
export function addWebhook(
  world: World,
  { url, secret, headers = [] }: WebhookOptions & { headers?: WebhookObject['custom_headers'] },
): WebhookObject {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new EasyPostApiError(422, 'PARAMETER.INVALID', 'The webhook URL is invalid.');
  }
  const webhook: WebhookObject = {
    ...{ id: world.ids.next('hook'), object: 'Webhook', mode: 'test', url },
    ...{ created_at: world.now(), disabled_at: null, custom_headers: headers },
  };
  world.webhooks.set(webhook.id, { webhook, secret: secret ?? world.webhookSecret });
  return webhook;
}

/** Records what happened to an object as it stands now, and tells every webhook. */
export function emit(
  world: World,
  description: string,
  happened: { result: object; previousAttributes?: Record<string, unknown> },
): EasyPostEvent {
  const at = world.now();
  const targets = [...world.webhooks.values()].filter(({ webhook }) => !webhook.disabled_at);
  const event: EasyPostEvent = {
    ...{ id: world.ids.next('evt'), object: 'Event', mode: 'test', description },
    ...{ created_at: at, updated_at: at, user_id: 'user_sandbox', status: 'pending' },
    previous_attributes: happened.previousAttributes ?? {},
    pending_urls: targets.map(({ webhook }) => webhook.url),
    completed_urls: [],
    result: structuredClone(happened.result),
  };
  world.events.set(event.id, event);
  const payload = toPayload(event);
  for (const { webhook, secret } of targets) {
    const headers = Object.fromEntries(
      webhook.custom_headers.map(({ name, value }) => [name, value]),
    );
    const target = { url: webhook.url, secret, headers };
    world.sender.send({ eventId: event.id, payload, target });
  }
  return event;
}

function markDelivered(event: EasyPostEvent | undefined, url: string): void {
  if (event === undefined) return;
  event.pending_urls = event.pending_urls.filter((pending) => pending !== url);
  if (!event.completed_urls.includes(url)) event.completed_urls.push(url);
  if (event.pending_urls.length === 0) event.status = 'completed';
}
