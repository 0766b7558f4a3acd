import type { BreakState } from './break-state.ts';
import { receiptOf } from './expectations.ts';
import type { StoredItem } from './plan.ts';

export type BreakStates = ReadonlyMap<string, BreakState>;

type Resolved = Extract<BreakState, { status: 'resolved' }>;

/** What persons have resolved and holds, and what does not, since items of it were used otherwise. */
export type Judgment = {
  readonly resolved: readonly Resolved[];
  readonly reopen: readonly { readonly breakId: string; readonly taken: readonly string[] }[];
};

/**
 * An item in a break is that break's: whoever wants it otherwise has to clear the break first. So what
 * persons resolved holds for a break's own items, but for those that they did not choose. A match by hand may name others besides, and holds
 * only where each is open still and nobody else's: one that is in another break which a person has
 * resolved is that one's, and of two matches of one item the first by break id has it.
 *
 * A line in suspense may be identified in the same moment: then it is a trade's, whatever a person made of
 * its break.
 *
 * `items` are the open ones, and all that persons have named with them; `identified` are lines.
 */
export function judgeResolutions(
  items: readonly StoredItem[],
  states: BreakStates,
  identified: ReadonlySet<string> = new Set(),
): Judgment {
  const byId = new Map(items.map((item) => [item.item.id, item]));
  const ends = [...states.values()].filter(isByPerson).sort(byBreakId);
  const claimed = new Set(ends.flatMap(ownOf));
  const resolved: Resolved[] = [];
  const reopen: { breakId: string; taken: readonly string[] }[] = [];
  for (const end of ends) {
    const { breakId, left, right } = end.facts;
    const own = new Set([...left, ...right]);
    const others = [...end.left, ...end.right].filter((id) => !own.has(id));
    const taken = [
      ...others.filter((id) => claimed.has(id) || byId.get(id)?.status !== 'open'),
      ...end.right.filter((id) => identified.has(id) && !end.left.includes(receiptOf(id))),
    ];
    if (taken.length > 0) {
      reopen.push({ breakId, taken });
      continue;
    }
    for (const id of others) claimed.add(id);
    resolved.push(end);
  }
  return { resolved, reopen };
}

/** The items of a break that it was resolved with: of several candidates a person chooses some. */
const ownOf = ({ facts, left, right }: Resolved): readonly string[] =>
  [...facts.left, ...facts.right].filter((id) => left.includes(id) || right.includes(id));

const isByPerson = (state: BreakState): state is Resolved =>
  state.status === 'resolved' && state.resolution !== 'cleared';

const byBreakId = (one: Resolved, other: Resolved): number =>
  one.facts.breakId < other.facts.breakId ? -1 : 1;
