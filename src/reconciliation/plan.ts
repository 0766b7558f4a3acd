import { derivedId } from '../platform/ids.ts';
import type { BreakFacts, BreakState } from './break-state.ts';
import { dueDateOf } from './due-date.ts';
import type { LaneItem, LaneOutcome } from './lane.ts';
import type { Break, Match } from './outcome.ts';

/**
 * An item as it is stored: `open` may still be matched, also while it is in a break; `matched` is part
 * of one match; `closed` was resolved by a person.
 */
export type StoredItem = LaneItem & {
  /** The day from which it is missing where it is awaited; null where nobody waits. */
  readonly dueOn: string | null;
  readonly status: 'open' | 'matched' | 'closed';
  readonly matchId: string | null;
  readonly breakId: string | null;
};

/** An item as it is stored at first: what is expected no longer is closed before it comes. */
export const storedOf = (added: LaneItem): StoredItem => ({
  ...added,
  ...{ dueOn: dueDateOf(added), status: added.withdrawn ? 'closed' : 'open' },
  ...{ matchId: null, breakId: null },
});

export type StoredMatch = Match & { readonly matchId: string; readonly matchedAt: string };

/**
 * What a run has decided about some items, before any of it is done. It is stored as one item and
 * then carried out step by step, each of which may be repeated: a run that dies is finished by the
 * next one, as it was decided.
 */
export type Plan = {
  /** Follows from what was looked at, and when. */
  readonly planId: string;
  readonly at: string;
  readonly matches: readonly StoredMatch[];
  readonly raise: readonly BreakFacts[];
  readonly clear: readonly { readonly breakId: string; readonly matchedBy: readonly string[] }[];
  /** Breaks that a person resolved, whose items are closed with it. */
  readonly resolved: readonly Extract<BreakState, { status: 'resolved' }>[];
  /** Matches by hand that hold for nothing: these items of theirs were used otherwise. */
  readonly reopen: readonly { readonly breakId: string; readonly taken: readonly string[] }[];
  /** Lines that stand in a break as payments that came back, and whose payment is known only now. */
  readonly cameBack?: readonly string[];
  /** The items as they are afterwards: those that changed. */
  readonly items: readonly StoredItem[];
};

/** True where there is nothing to do. */
export const isIdle = ({
  matches,
  raise,
  clear,
  resolved,
  reopen,
  cameBack,
  items,
}: Plan): boolean =>
  [matches, raise, clear, resolved, reopen, cameBack ?? [], items].every(
    ({ length }) => length === 0,
  );

/** What was looked at. */
export type Looked = {
  readonly matchable: readonly StoredItem[];
  /** Open, and expected no longer. */
  readonly withdrawn: readonly StoredItem[];
  /** Breaks of theirs that are resolved: they hold nothing of what is to be matched. */
  readonly cleared: ReadonlySet<string>;
};

/** From the outcome of a run over stored items to what changes. Ids follow from content. */
export function planOf(
  outcome: LaneOutcome,
  { matchable, withdrawn, cleared }: Looked,
  { planId, at }: Pick<Plan, 'planId' | 'at'>,
): Plan {
  const stored = [...matchable, ...withdrawn];
  const matches = outcome.matches.map((match) => storedMatch(match, at));
  const matchOf = indexByItem(matches);
  const breakOf = indexByItem(outcome.breaks);
  const changed = matchable.flatMap((item) => {
    const matchId = matchOf.get(item.item.id)?.matchId ?? null;
    const breakId = matchId === null ? (breakOf.get(item.item.id)?.id ?? null) : item.breakId;
    if (matchId === item.matchId && breakId === item.breakId) return [];
    const status = matchId === null ? item.status : 'matched';
    return [{ ...item, status, matchId, breakId } satisfies StoredItem];
  });
  const items = [...changed, ...withdrawn.map((item) => ({ ...item, status: 'closed' as const }))];
  const inBreaks = stored.flatMap(({ breakId }) => breakId ?? []);
  const known = new Set(inBreaks.filter((breakId) => !cleared.has(breakId)));
  const found = new Set(outcome.breaks.map(({ id }) => id));
  return {
    ...{ planId, at, matches, items, resolved: [], reopen: [] },
    raise: outcome.breaks.filter(({ id }) => !known.has(id)).map((one) => factsOf(one, at)),
    clear: [...known]
      .filter((breakId) => !found.has(breakId))
      .map((breakId) => ({ breakId, matchedBy: partnersOf(breakId, stored, matchOf) })),
  };
}

const storedMatch = (match: Match, matchedAt: string): StoredMatch => ({
  ...match,
  matchId: derivedId('mtc', match.rec, match.left.join(' '), match.right.join(' ')),
  matchedAt,
});

function indexByItem<
  T extends { readonly left: readonly string[]; readonly right: readonly string[] },
>(found: readonly T[]): ReadonlyMap<string, T> {
  return new Map(found.flatMap((one) => [...one.left, ...one.right].map((id) => [id, one])));
}

const factsOf = (found: Break, raisedAt: string): BreakFacts => ({
  breakId: found.id,
  rec: found.rec,
  breakType: found.type,
  left: [...found.left],
  right: [...found.right],
  difference: { currency: found.currency, amountMinor: found.differenceMinor },
  since: found.since,
  raisedAt,
});

/** What the items of a break were matched with, if they were. */
function partnersOf(
  breakId: string,
  stored: readonly StoredItem[],
  matchOf: ReadonlyMap<string, StoredMatch>,
): readonly string[] {
  const own = stored.filter((item) => item.breakId === breakId).map(({ item }) => item.id);
  const partners = own.flatMap((id) => {
    const match = matchOf.get(id);
    return match === undefined ? [] : [...match.left, ...match.right];
  });
  return [...new Set(partners)].filter((id) => !own.includes(id));
}
