import { businessDaysBetween } from '../reconciliation/business-days.ts';
import { rateCandidates } from '../reconciliation/candidates.ts';
import { type Lane, lanesOf } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { presentItem } from './break-view.ts';
import type { BreakSummary, ViewStore } from './views.ts';

export type CandidatePorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'listWork'>;
  readonly views: Pick<ViewStore, 'listBreaks'>;
};

/** How many open breaks and awaited items are looked at, and how many candidates are told. */
const LOOK_AT = 500;
const MOST_CANDIDATES = 100;
/** Everything that falls due one day is awaited until then. */
const END_OF_DAYS = '9999-12-31';

/**
 * What a person may match a break with by hand: the open items of its lane and currency, those of other
 * breaks and those that are still awaited, and where the break names several candidates, those. The
 * likeliest first, each with its score and why. It orders and never matches.
 */
export async function breakCandidates(ports: CandidatePorts, summary: BreakSummary) {
  const own = new Set([...summary.left, ...summary.right]);
  const found = lanesOf(summary.rec).map(async (lane) =>
    ports.lanes.getItems(lane, [...new Set([...own, ...(await openIds(ports, lane))])]),
  );
  const items = (await Promise.all(found)).flat();
  const mine = items.filter(({ item }) => own.has(item.id));
  const others = items.filter(
    ({ status, item, side, rec }) =>
      status === 'open' &&
      item.currency === summary.difference.currency &&
      (side === 'right' || rec !== null),
  );
  const choosable = others.filter(({ item }) => !own.has(item.id) || summary.kind === 'duplicate');
  return rateCandidates(mine, choosable)
    .toSorted((a, b) => b.score - a.score || byLikeness(summary)(a.one, b.one))
    .slice(0, MOST_CANDIDATES)
    .map(({ one, score, why }) => ({ ...presentItem(one), score, why }));
}

async function openIds({ lanes, views }: CandidatePorts, lane: Lane): Promise<Set<string>> {
  const breaks = await views.listBreaks({ status: 'open', limit: LOOK_AT });
  const inBreaks = breaks
    .filter(({ rec }) => lanesOf(rec).includes(lane))
    .flatMap(({ left, right }) => [...left, ...right]);
  const awaited = await lanes.listWork(lane, { today: END_OF_DAYS, limit: LOOK_AT });
  return new Set([...inBreaks, ...awaited.map(({ itemId }) => itemId)]);
}

const sizeOf = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

/** By how far the amount is from what the break is about, then by how far the day is. */
function byLikeness({ difference, since }: BreakSummary) {
  const target = sizeOf(difference.amountMinor);
  const gap = ({ item }: StoredItem): bigint => sizeOf(sizeOf(item.amountMinor) - target);
  const days = ({ item: { date } }: StoredItem): number =>
    date < since ? businessDaysBetween(date, since) : businessDaysBetween(since, date);
  return (a: StoredItem, b: StoredItem): number => {
    const [left, right] = [gap(a), gap(b)];
    if (left !== right) return left < right ? -1 : 1;
    return days(a) - days(b) || (a.item.id < b.item.id ? -1 : 1);
  };
}
