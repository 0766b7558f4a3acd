import type { EscrowEvent, LinkEvent } from '../../events/index.ts';
import type { EventStore } from '../../src/platform/event-store.ts';
import type { LinkKeys } from '../../src/process/signature.ts';
import { readTrackingToken, type TokenReading } from '../../src/process/tracking-link.ts';
import { readTrackingLinks } from '../../src/process/tracking-links.ts';
import { type TrackingView, trackingView } from '../../src/process/tracking-view.ts';
import { readTrade, type TradeHistory, type TradeStores } from '../../src/process/trade-view.ts';
import { actions } from './actions.ts';
import { type Answer, pageAnswer } from './answer.ts';
import { chooseLocale } from './language.ts';
import { messagePage } from './message-page.ts';
import { type Links, orderPage } from './order-page.ts';
import { type Wording, wordingFor } from './wording.ts';

/** What a browser asked for: one of the routes below, by its token. */
export type PageRequest = {
  readonly route: string;
  readonly token: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

export type SitePorts = {
  readonly stores: TradeStores & {
    readonly escrows: EventStore<EscrowEvent>;
    readonly links: Pick<EventStore<LinkEvent>, 'load'>;
  };
  readonly keys: () => Promise<LinkKeys>;
  readonly now: () => Date;
  /** Told of what went wrong on our side; the reader is only told that it did. */
  readonly report: (error: unknown) => void;
};

/** A trade that a link opened, and how its reader is written to. */
export type Visit = {
  readonly request: PageRequest;
  readonly ports: SitePorts;
  readonly keys: LinkKeys;
  readonly history: TradeHistory;
  readonly view: TrackingView;
  readonly wording: Wording;
  readonly links: Links;
};

/** `GET /t/{token}`: the order, and what was just done to it. */
function showOrder({ request, wording, view, links }: Visit): Answer {
  const { done } = request.query;
  const notice = done === 'accepted' || done === 'disputed' ? done : undefined;
  return pageAnswer(200, orderPage(wording, view, { links, notice }));
}

const routes: Readonly<Record<string, (visit: Visit) => Answer | Promise<Answer>>> = {
  'GET /t/{token}': showOrder,
  ...actions,
};

/** The buyer's pages. What is not found, has expired or fails is a page in the reader's language. */
export async function serveTrackingPage(ports: SitePorts, request: PageRequest): Promise<Answer> {
  const chosen = request.query['lang'];
  const now = ports.now();
  const locale = chooseLocale({ chosen, accepted: request.headers['accept-language'] });
  const wording = wordingFor(locale, now);
  const show = routes[request.route];
  try {
    const keys = await ports.keys();
    const reading = readTrackingToken(keys, request.token, now);
    if (reading.kind === 'expired') return pageAnswer(410, messagePage(wording, 'gone'));
    const history = await openedBy(ports.stores, reading);
    if (history === undefined || show === undefined)
      return pageAnswer(404, messagePage(wording, 'notFound'));
    const view = trackingView(history, now.toISOString());
    const links = linksOf(request.token, wording, chosen);
    return await show({ request, ports, keys, history, view, wording, links });
  } catch (error) {
    ports.report(error);
    return pageAnswer(503, messagePage(wording, 'busy'));
  }
}

/** The trade of a link; undefined for one that was never given, and for one that was revoked. */
async function openedBy(
  stores: SitePorts['stores'],
  reading: TokenReading,
): Promise<TradeHistory | undefined> {
  if (reading.kind !== 'valid') return undefined;
  const { tradeId, generation } = reading;
  const [links, history] = await Promise.all([
    readTrackingLinks(stores.links, tradeId),
    readTrade(stores, { tradeId }),
  ]);
  return links.isRevoked || links.generation !== generation ? undefined : history;
}

/** The pages of one order, each in the language that was chosen on the one before. */
function linksOf(token: string, { locale }: Wording, chosen: string | undefined): Links {
  const query = chosen === undefined ? '' : `?lang=${locale.language}`;
  const order = `/t/${token}`;
  return {
    order: `${order}${query}`,
    accept: `${order}/accept${query}`,
    dispute: `${order}/dispute${query}`,
  };
}
