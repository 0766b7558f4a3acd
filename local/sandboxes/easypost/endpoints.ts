import type { Route } from '../http.ts';
import { isJson, type Json, objectAt, textAt } from '../json.ts';
import { EasyPostApiError, notFound, required } from './errors.ts';
import { pageOf } from './lists.ts';
import type { WebhookObject } from './objects.ts';
import { buyOrder, createOrder, findOrder } from './orders.ts';
import { buyPickup, cancelPickup, createPickup, findPickup } from './pickups.ts';
import {
  buyShipment,
  createShipment,
  findShipment,
  insureShipment,
  refundShipment,
} from './shipments.ts';
import { createTracker, findTracker } from './trackers.ts';
import { addWebhook, type WebhookRecord, type World } from './world.ts';

/** One call of the API, past authentication. */
export type Call = {
  world: World;
  path: Record<string, string>;
  query: URLSearchParams;
  body: Json;
};

export type Answer = { status: number; body: object };

type Endpoint = Route<(call: Call) => Answer>;

const ok = (body: object): Answer => ({ status: 200, body });
const created = (body: object): Answer => ({ status: 201, body });

const shipmentEndpoints: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/v2/shipments' },
    handler: ({ world, body }) => created(createShipment(world, body)),
  },
  {
    ...{ method: 'GET', path: '/v2/shipments' },
    handler: ({ world, query }) => {
      const purchasedOnly = query.get('purchased') !== 'false';
      const { items, hasMore } = pageOf(
        [...world.shipments.values()].filter((one) => !purchasedOnly || one.postage_label !== null),
        query,
      );
      return ok({ shipments: items, has_more: hasMore });
    },
  },
  {
    ...{ method: 'GET', path: '/v2/shipments/:id' },
    handler: ({ world, path }) => ok(findShipment(world, path['id'] ?? '')),
  },
  {
    ...{ method: 'POST', path: '/v2/shipments/:id/buy' },
    handler: ({ world, path, body }) => ok(buyShipment(world, path['id'] ?? '', body)),
  },
  {
    ...{ method: 'POST', path: '/v2/shipments/:id/refund' },
    handler: ({ world, path }) => ok(refundShipment(world, path['id'] ?? '')),
  },
  {
    ...{ method: 'POST', path: '/v2/shipments/:id/insure' },
    handler: ({ world, path, body }) => ok(insureShipment(world, path['id'] ?? '', body)),
  },
];

const orderEndpoints: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/v2/orders' },
    handler: ({ world, body }) => created(createOrder(world, body)),
  },
  {
    ...{ method: 'GET', path: '/v2/orders/:id' },
    handler: ({ world, path }) => ok(findOrder(world, path['id'] ?? '')),
  },
  {
    ...{ method: 'POST', path: '/v2/orders/:id/buy' },
    handler: ({ world, path, body }) => ok(buyOrder(world, path['id'] ?? '', body)),
  },
  {
    ...{ method: 'POST', path: '/v2/pickups' },
    handler: ({ world, body }) => created(createPickup(world, body)),
  },
  {
    ...{ method: 'GET', path: '/v2/pickups' },
    handler: ({ world, query }) => {
      const { items, hasMore } = pageOf([...world.pickups.values()], query);
      return ok({ pickups: items, has_more: hasMore });
    },
  },
  {
    ...{ method: 'POST', path: '/v2/pickups/:id/buy' },
    handler: ({ world, path, body }) => ok(buyPickup(world, path['id'] ?? '', body)),
  },
  {
    ...{ method: 'GET', path: '/v2/pickups/:id' },
    handler: ({ world, path }) => ok(findPickup(world, path['id'] ?? '')),
  },
  {
    ...{ method: 'POST', path: '/v2/pickups/:id/cancel' },
    handler: ({ world, path }) => ok(cancelPickup(world, path['id'] ?? '')),
  },
];

const trackerEndpoints: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/v2/trackers' },
    handler: ({ world, body }) => created(createTracker(world, body)),
  },
  {
    ...{ method: 'GET', path: '/v2/trackers' },
    handler: ({ world, query }) => {
      const code = query.get('tracking_code');
      const trackers = [...world.trackers.values()].map(({ tracker }) => tracker);
      const { items, hasMore } = pageOf(
        trackers.filter(({ tracking_code }) => code === null || tracking_code === code),
        query,
      );
      return ok({ trackers: items, has_more: hasMore });
    },
  },
  {
    ...{ method: 'GET', path: '/v2/trackers/:id' },
    handler: ({ world, path }) => ok(findTracker(world, path['id'] ?? '').tracker),
  },
];

const findWebhook = ({ world, path }: Call): WebhookRecord => {
  const record = world.webhooks.get(path['id'] ?? '');
  if (record === undefined) throw notFound();
  return record;
};

const customHeaders = (body: Json): WebhookObject['custom_headers'] => {
  const given = Array.isArray(body['custom_headers']) ? body['custom_headers'] : [];
  return given.flatMap((header) => {
    const name = isJson(header) ? textAt(header, 'name') : null;
    const value = isJson(header) ? textAt(header, 'value') : null;
    return name === null || value === null ? [] : [{ name, value }];
  });
};

const webhookEndpoints: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/v2/webhooks' },
    handler: ({ world, body }) => {
      const parameters = objectAt(body, 'webhook');
      const url = textAt(parameters, 'url');
      if (url === null) throw required('url');
      const secret = textAt(parameters, 'webhook_secret');
      const headers = customHeaders(parameters);
      return created(addWebhook(world, { url, headers, ...(secret === null ? {} : { secret }) }));
    },
  },
  {
    ...{ method: 'GET', path: '/v2/webhooks' },
    handler: ({ world }) =>
      ok({ webhooks: [...world.webhooks.values()].map(({ webhook }) => webhook) }),
  },
  {
    ...{ method: 'GET', path: '/v2/webhooks/:id' },
    handler: (call) => ok(findWebhook(call).webhook),
  },
  {
    ...{ method: 'PATCH', path: '/v2/webhooks/:id' },
    handler: (call) => {
      const record = findWebhook(call);
      const secret = textAt(call.body, 'webhook_secret');
      if (secret !== null) record.secret = secret;
      record.webhook.disabled_at = null;
      return ok(record.webhook);
    },
  },
  {
    ...{ method: 'DELETE', path: '/v2/webhooks/:id' },
    handler: (call) => {
      call.world.webhooks.delete(findWebhook(call).webhook.id);
      return ok({});
    },
  },
];

const eventEndpoints: readonly Endpoint[] = [
  {
    ...{ method: 'GET', path: '/v2/events' },
    handler: ({ world, query }) => {
      const { items, hasMore } = pageOf(world.events.values(), query);
      return ok({ events: items.map(({ result: _, ...event }) => event), has_more: hasMore });
    },
  },
  {
    ...{ method: 'GET', path: '/v2/events/:id' },
    handler: ({ world, path }) => {
      const event = world.events.get(path['id'] ?? '');
      if (event === undefined) throw notFound();
      return ok(event);
    },
  },
];

export const endpoints: readonly Endpoint[] = [
  ...shipmentEndpoints,
  ...orderEndpoints,
  ...trackerEndpoints,
  ...webhookEndpoints,
  ...eventEndpoints,
];

/** Reads a JSON object from a body; an empty body is an empty object. @throws EasyPostApiError 400 */
export function readBody(text: string): Json {
  if (text.trim() === '') return {};
  const malformed = () => new EasyPostApiError(400, 'BAD_REQUEST', 'The request body is not JSON.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw error instanceof SyntaxError ? malformed() : error;
  }
  if (!isJson(value)) throw malformed();
  return value;
}
