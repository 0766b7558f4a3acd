import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  type PageRequest,
  type SitePorts,
  serveTrackingPage,
} from '../../console/tracking/site.ts';
import type { EscrowEvent, LinkEvent, ShipmentEvent, TradelaneEvent } from '../../events/index.ts';
import { TRACKING_PAGE_ROUTES } from '../../lib/routes.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { trackingToken } from '../../src/process/tracking-link.ts';
import { readTrackingLinks } from '../../src/process/tracking-links.ts';
import { marketplaceId, shipmentId, tradeId } from './builders.ts';

export const linkKey = 'k'.repeat(43);

/** The events of a trade's streams, each in a record of its own, a minute after the one before. */
export type ToldTrade = {
  readonly tradeId?: string;
  readonly escrow: readonly EscrowEvent[];
  readonly shipment?: readonly ShipmentEvent[];
};

const openedAt = Date.parse('2026-07-01T08:00:00.000Z');
const MINUTE_MS = 60_000;

async function tell<E extends TradelaneEvent>(
  store: ReturnType<typeof inMemoryRecordStore<E>>,
  streamId: string,
  events: readonly E[],
): Promise<void> {
  for (const [index, event] of events.entries()) {
    await journaledStore(store).append({
      ...{ streamId, tradeId, marketplaceId, sequence: index + 1, events: [event] },
      recordedAt: new Date(openedAt + index * MINUTE_MS).toISOString(),
      cause: `story#${index}`,
    });
  }
}

/** The pages over a trade in memory, at an instant of the story. */
export async function siteOf(trade: ToldTrade, at = '2026-07-07T09:00:00.000Z') {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const shipments = inMemoryRecordStore<ShipmentEvent>();
  const links = inMemoryRecordStore<LinkEvent>();
  await tell(escrows, `escrow#${tradeId}`, trade.escrow);
  await tell(shipments, `shipment#${shipmentId}`, trade.shipment ?? []);
  const now = () => new Date(at);
  const reported: unknown[] = [];
  const ports: SitePorts = {
    stores: {
      escrows: journaledStore(escrows),
      shipments: journaledStore(shipments),
      payouts: { load: async () => [] },
      links: journaledStore(links),
    },
    keys: async () => [linkKey],
    now,
    report: (error) => reported.push(error),
  };
  const token = trackingToken([linkKey], { tradeId, now: now(), days: 90 });
  const ask = (route: string, request: Partial<PageRequest> = {}) =>
    serveTrackingPage(ports, {
      ...{ route, token, query: {}, headers: {}, body: Buffer.alloc(0) },
      ...request,
    });
  return {
    ports,
    links: { store: journaledStore(links), now },
    /** The token that a marketplace would be given now. */
    tokenNow: async () => {
      const { generation } = await readTrackingLinks(journaledStore(links), tradeId);
      return trackingToken([linkKey], { tradeId, generation, now: now(), days: 90 });
    },
    token,
    ask,
    reported,
    events: () => escrows.all().flatMap(({ events }) => events),
  };
}

export type Site = Awaited<ReturnType<typeof siteOf>>;

const routeOf = (method: string, path: string): { route: string; token: string } => {
  const [, token = '', act] = /^\/t\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const route = `${method} /t/{token}${act === undefined ? '' : `/${act}`}`;
  return { route: TRACKING_PAGE_ROUTES.includes(route) ? route : '', token };
};

/** Serves the pages on loopback, as API Gateway would. `use` sets which trade is seen. */
export async function startSite() {
  let site: Site | undefined;
  const requested: string[] = [];
  const server = createServer(async (message, response) => {
    const url = new URL(message.url ?? '/', 'http://site');
    requested.push(`${message.method} ${url.pathname}`);
    if (site === undefined) throw new Error('No trade is served.');
    const { statusCode, headers, body } = await serveTrackingPage(site.ports, {
      ...routeOf(message.method ?? '', url.pathname),
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(
        Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: await buffer(message),
    });
    response.writeHead(statusCode, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requested,
    use: (next: Site) => {
      site = next;
      return `http://127.0.0.1:${port}/t/${next.token}`;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
