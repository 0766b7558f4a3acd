import type { BreakEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { announcedPayoutId } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { presentItem } from './break-view.ts';

export type LinkPorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'getMatch' | 'findLinked'>;
  readonly breaks: Pick<EventStore<BreakEvent>, 'load'>;
};

type Presented = ReturnType<typeof presentItem>;

/** An item that the books expect, and what it was matched with: lines of a provider or a bank. */
export type Link = Presented & { readonly matchedWith: readonly Presented[] };

/** A booking of the provider's, and the payout and bank line that its money went to. */
export type ProviderLink = Link & {
  readonly payout: { readonly payoutId: string; readonly bank: Link | null } | null;
};

export async function linkOf(ports: LinkPorts, lane: Lane, itemId: string): Promise<Link | null> {
  const [item] = await ports.lanes.getItems(lane, [itemId]);
  // One that was taken back before it came was never expected.
  if (item === undefined || item.withdrawn === true) return null;
  const partners = await partnersOf(ports, item);
  return { ...presentItem(item), matchedWith: partners.map(presentItem) };
}

/** The first of these that is there. */
export async function firstLinkOf(
  ports: LinkPorts,
  lane: Lane,
  itemIds: readonly string[],
): Promise<Link | null> {
  for (const itemId of itemIds) {
    const link = await linkOf(ports, lane, itemId);
    if (link !== null) return link;
  }
  return null;
}

/** Lines of the bank that brought a payment back and wait in a break for whoever looks after them. */
export async function cameBack(
  { lanes }: LinkPorts,
  endToEndId: string,
): Promise<readonly Presented[]> {
  const ids = await lanes.findLinked('bank_out', `endToEndId#${endToEndId}`);
  const items = await lanes.getItems('bank_out', ids);
  return items
    .filter(({ side, item }) => side === 'right' && item.returned !== undefined)
    .map(presentItem);
}

/** The other side of an item's match, made by the matching or by a person; none where it has none. */
export async function partnersOf(
  ports: LinkPorts,
  item: StoredItem,
): Promise<readonly StoredItem[]> {
  const { lane, matchId, side } = item;
  const match =
    matchId === null ? await matchByHand(ports, item) : await ports.lanes.getMatch(matchId);
  if (match === undefined) return [];
  return ports.lanes.getItems(lane, side === 'left' ? match.right : match.left);
}

type Sides = { readonly left: readonly string[]; readonly right: readonly string[] };

/** What a person resolved is closed, and names the break that it was resolved with. */
async function matchByHand(
  { breaks }: LinkPorts,
  { status, breakId, item: { id } }: StoredItem,
): Promise<Sides | undefined> {
  if (status !== 'closed' || breakId === null) return undefined;
  const state = fold(breakEvolution, await breaks.load(breakStream(breakId)));
  if (state.status !== 'resolved') return undefined;
  return [...state.left, ...state.right].includes(id) ? state : undefined;
}

/** A booking at the provider, by way of the payout that it was paid out with, to the bank's line. */
export async function providerLinkOf(
  ports: LinkPorts,
  itemId: string,
): Promise<ProviderLink | null> {
  const link = await linkOf(ports, 'provider', itemId);
  if (link === null) return null;
  const transactionIds = link.matchedWith.map(({ id }) => id);
  const transactions = await ports.lanes.getItems('provider_payouts', transactionIds);
  const payouts = await Promise.all(transactions.map((one) => partnersOf(ports, one)));
  const payoutId = payouts.flat().flatMap(({ item }) => item.keys.payoutId ?? [])[0];
  if (payoutId === undefined) return { ...link, payout: null };
  return {
    ...link,
    payout: { payoutId, bank: await linkOf(ports, 'bank_in', announcedPayoutId(payoutId)) },
  };
}
