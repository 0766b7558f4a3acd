import { createHash, randomBytes } from 'node:crypto';
import { CarrierApiError, type CarrierServer, startCarrierServer } from '../carrier-server.ts';
import type { Fault } from '../faults.ts';
import { shippoRoutes } from './routes.ts';
import type { World } from './world.ts';

/** Any key that starts so is accepted, and no other. */
export const sandboxKeyPrefix = 'shippo_test_sandbox';

export type ShippoSandbox = {
  url: string;
  apiKey: string;
  control: {
    /** How many labels were sold: one for each parcel. */
    labels(): number;
    injectFault(fault: Fault): void;
    /** Scans the parcel of a transaction until it is delivered. */
    deliver(transactionId: string): void;
    requests(): Readonly<Record<string, number>>;
  };
  stop(): Promise<void>;
};

/**
 * Shippo in memory, on loopback: shipments, rates, transactions, refunds, pickups and tracks, with
 * faults on request. It sells a rate as often as it is asked to, since Shippo does not say otherwise.
 */
export async function startShippoSandbox(
  options: { port?: number; clock?: () => Date } = {},
): Promise<ShippoSandbox> {
  const clock = options.clock ?? (() => new Date());
  const world: World = {
    now: () => clock().toISOString(),
    nextId: () => createHash('md5').update(randomBytes(16)).digest('hex'),
    ...{ shipments: new Map(), rates: new Map(), transactions: new Map() },
    ...{ pickups: new Map(), scans: new Map() },
  };
  const server: CarrierServer = await startCarrierServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: shippoRoutes(world),
    authenticate: (headers) => {
      if (headers['authorization']?.startsWith(`ShippoToken ${sandboxKeyPrefix}`)) return;
      throw new CarrierApiError({ status: 401, body: { detail: 'Invalid token.' } });
    },
    errors: {
      notFound: { status: 404, body: { detail: 'Not found.' } },
      failed: { status: 500, body: { detail: 'Something went wrong.' } },
      tooMany: { status: 429, body: { detail: 'Request was throttled.' } },
    },
  });
  return {
    url: server.url,
    apiKey: `${sandboxKeyPrefix}_${world.nextId()}`,
    control: {
      labels: () =>
        [...world.transactions.values()].filter(({ status }) => status !== 'ERROR').length,
      injectFault: (fault) => server.faults.inject(fault),
      deliver: (id) => deliver(world, world.transactions.get(id)?.tracking_number ?? ''),
      requests: () => Object.fromEntries(server.requests),
    },
    stop: () => server.stop(),
  };
}

/** An hour between scans, the last one now. */
function deliver(world: World, trackingNumber: string): void {
  const steps = [
    ['PRE_TRANSIT', 'information_received'],
    ['TRANSIT', 'package_accepted'],
    ['TRANSIT', 'package_departed'],
    ['TRANSIT', 'out_for_delivery'],
    ['DELIVERED', 'delivered'],
  ] as const;
  const nowMs = Date.parse(world.now());
  world.scans.set(
    trackingNumber,
    steps.map(([status, code], index) => ({
      ...{ object_id: world.nextId(), object_created: world.now(), object_updated: world.now() },
      ...{ status, status_details: '' },
      status_date: new Date(nowMs - (steps.length - 1 - index) * 3_600_000).toISOString(),
      substatus: { code, text: code, action_required: false },
      location: { city: 'Berlin', state: 'BE', zip: '10115', country: 'DE' },
    })),
  );
}
