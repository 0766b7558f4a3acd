import { type Fault, faultKinds } from '../faults.ts';
import type { Route } from '../http.ts';
import { type Json, numberAt, textAt } from '../json.ts';
import type { Answer, Call } from './endpoints.ts';
import { EasyPostApiError } from './errors.ts';
import type { Tracker, WebhookObject } from './objects.ts';
import type { WebhookOptions } from './options.ts';
import { advance, findTracker, readScanCommand, type ScanCommand } from './trackers.ts';
import { type Delivery, type WebhookMode, webhookModes } from './webhooks.ts';
import { addWebhook, type World } from './world.ts';

export type RequestCounts = {
  total: number;
  byRoute: Record<string, number>;
  labels: number;
  couriers: number;
};

/** What the outside world does to the sandbox, and what can be seen of it. */
export type Control = {
  /** Moves one parcel, found by tracker id or tracking code. @throws EasyPostApiError 404 */
  advance(trackerIdOrCode: string, command?: ScanCommand): Tracker;
  /** Moves every parcel on by one scan; the number of those that moved. */
  advanceAll(): number;
  addWebhook(webhook: WebhookOptions): WebhookObject;
  setWebhookMode(mode: WebhookMode): void;
  releaseWebhooks(): Promise<void>;
  /** Resolves when every event sent so far was delivered or given up. */
  webhooksSettled(): Promise<void>;
  deliveries(): readonly Delivery[];
  injectFault(fault: Fault): void;
  clearFaults(): void;
  requests(): RequestCounts;
};

export function createControl(world: World): Control {
  return {
    advance(idOrCode, command) {
      const record = findTracker(world, idOrCode);
      advance(world, record, command);
      return record.tracker;
    },
    advanceAll: () =>
      [...world.trackers.values()].filter((record) => advance(world, record)).length,
    addWebhook: (webhook) => addWebhook(world, webhook),
    setWebhookMode: (mode) => world.sender.setMode(mode),
    releaseWebhooks: () => world.sender.release(),
    webhooksSettled: () => world.sender.settled(),
    deliveries: () => world.sender.deliveries(),
    injectFault: (fault) => world.faults.inject(fault),
    clearFaults: () => world.faults.clear(),
    requests: () => countRequests(world),
  };
}

function countRequests({ requests, shipments, pickups }: World): RequestCounts {
  return {
    total: [...requests.values()].reduce((sum, count) => sum + count, 0),
    byRoute: Object.fromEntries(requests),
    labels: [...shipments.values()].filter(({ postage_label }) => postage_label !== null).length,
    couriers: [...pickups.values()].filter(({ status }) => status === 'scheduled').length,
  };
}

type ControlCall = Pick<Call, 'world' | 'path' | 'body'> & { control: Control };

const ok = (body: object): Answer => ({ status: 200, body });

/** The same commands over HTTP, without a key: the sandbox listens on loopback only. */
export const controlEndpoints: readonly Route<(call: ControlCall) => Answer | Promise<Answer>>[] = [
  {
    ...{ method: 'GET', path: '/_sandbox' },
    handler: ({ world }) =>
      ok({
        sandbox: 'easypost',
        shipments: world.shipments.size,
        trackers: [...world.trackers.values()].map(({ tracker, ahead }) => ({
          ...{ id: tracker.id, trackingCode: tracker.tracking_code, status: tracker.status },
          scansAhead: ahead.length,
        })),
        webhooks: [...world.webhooks.values()].map(({ webhook }) => webhook),
        deliveries: world.sender.deliveries(),
        faults: world.faults.pending(),
        control: controlEndpoints.map(({ method, path }) => `${method} ${path}`),
      }),
  },
  {
    ...{ method: 'GET', path: '/_sandbox/requests' },
    handler: ({ control }) => ok(control.requests()),
  },
  {
    ...{ method: 'POST', path: '/_sandbox/trackers/advance' },
    handler: ({ control }) => ok({ advanced: control.advanceAll() }),
  },
  {
    ...{ method: 'POST', path: '/_sandbox/trackers/:id/advance' },
    handler: ({ control, path, body }) =>
      ok(control.advance(path['id'] ?? '', readScanCommand(body))),
  },
  {
    ...{ method: 'POST', path: '/_sandbox/webhooks/mode' },
    handler: ({ control, body }) => {
      control.setWebhookMode(readMode(body));
      return ok(body);
    },
  },
  {
    ...{ method: 'POST', path: '/_sandbox/webhooks/release' },
    handler: async ({ control }) => {
      await control.releaseWebhooks();
      return ok({ released: true });
    },
  },
  {
    ...{ method: 'POST', path: '/_sandbox/faults' },
    handler: ({ control, body }) => {
      control.injectFault(readFault(body));
      return ok(body);
    },
  },
  {
    ...{ method: 'DELETE', path: '/_sandbox/faults' },
    handler: ({ control }) => {
      control.clearFaults();
      return ok({ faults: [] });
    },
  },
];

const invalid = (name: string, allowed: readonly string[]): EasyPostApiError =>
  new EasyPostApiError(422, 'PARAMETER.INVALID', `${name} is one of: ${allowed.join(', ')}.`);

function readMode(body: Json): WebhookMode {
  const mode = webhookModes.find((known) => known === textAt(body, 'mode'));
  if (mode === undefined) throw invalid('mode', webhookModes);
  if (mode === 'delay') return { mode, delayMs: numberAt(body, 'delayMs') ?? 1_000 };
  const count = numberAt(body, 'count');
  return mode === 'reorder' && count !== null ? { mode, count } : { mode };
}

function readFault(body: Json): Fault {
  const kind = faultKinds.find((known) => known === textAt(body, 'kind'));
  if (kind === undefined) throw invalid('kind', faultKinds);
  const [method, path] = [textAt(body, 'method'), textAt(body, 'path')];
  const [times, delayMs] = [numberAt(body, 'times'), numberAt(body, 'delayMs')];
  return {
    kind,
    ...(method === null ? {} : { method }),
    ...(path === null ? {} : { path }),
    ...(times === null ? {} : { times }),
    ...(delayMs === null ? {} : { delayMs }),
  };
}
