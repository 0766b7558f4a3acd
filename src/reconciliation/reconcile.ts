import { assertInvariant } from '../platform/errors.ts';
import { byId, type KeyKind, type ReconItem } from './item.ts';
import type { Break, Match, Reconciliation } from './outcome.ts';
import { matchGroups, matchParts } from './pass-groups.ts';
import { indexBy, type KeyIndex, matchExactly, matchWithinTolerance } from './pass-keys.ts';
import type { ItemRec } from './recs.ts';
import { isStructuredReference } from './references.ts';
import { suggest } from './suggest.ts';
import { type Calendar, Worksheet } from './worksheet.ts';

export type Sides = {
  readonly left: readonly ReconItem[];
  readonly right: readonly ReconItem[];
};

/**
 * Matches both sides of a rec in five passes: exact key and amount; exact key and an amount inside
 * the tolerance; structured reference; batch group; and a fuzzy one that only suggests. Each pass
 * sees what those before it left. The same items in any order give the same outcome, in
 * O(n log n): items are sorted by id, and everything else is found through maps.
 *
 * Throws `reconciliation.id_repeated` where two items of a side have one id: ids come from the
 * content, so this is a defect of whoever made them.
 */
export function reconcile(rec: ItemRec, given: Sides, calendar: Calendar): Reconciliation {
  const sides = { left: sorted(given.left), right: sorted(given.right) };
  const sheet = new Worksheet(rec, calendar);
  for (const kind of rec.keys) matchExactly(sheet, sides, kind);
  for (const kind of rec.keys) matchWithinTolerance(sheet, sides, kind);
  if (rec.structured) {
    matchExactly(sheet, sides, 'structuredReference');
    matchWithinTolerance(sheet, sides, 'structuredReference');
  }
  matchParts(sheet, sides);
  for (const grouping of rec.groupings) matchGroups(sheet, sides, grouping);
  return finish(sheet, sides);
}

function sorted(items: readonly ReconItem[]): readonly ReconItem[] {
  const ordered = items.toSorted(byId);
  ordered.forEach((item, index) => {
    assertInvariant(
      index === 0 || ordered[index - 1]?.id !== item.id,
      'reconciliation.id_repeated',
      `Two items of one side have the id ${item.id}.`,
    );
  });
  return ordered;
}

/** What no pass took is late, unexpected, returned, or still within its window. */
function finish(sheet: Worksheet, { left, right }: Sides): Reconciliation {
  const openLeft = left.filter(sheet.isOpen);
  const openRight = right.filter(sheet.isOpen);
  const suggestions = suggest(sheet.rec, openLeft, openRight);
  const awaited = openLeft.filter((item) => sheet.age(item) <= sheet.rec.windowBusinessDays);
  const isAwaited = new Set(awaited);
  for (const item of openLeft) {
    if (!isAwaited.has(item)) {
      sheet.break('missing', { left: [item], right: [] }, 'Expected, and did not arrive in time.');
    }
  }
  const origin = originFinder(sheet, left);
  for (const item of openRight) breakRight(sheet, item, origin);
  return {
    matches: sheet.matches.toSorted(byFirstIds),
    breaks: sheet.breaks.toSorted(byId),
    awaited: awaited.map((item) => item.id),
    suggestions: suggestions.toSorted(
      (a, b) => compare(a.left, b.left) || compare(a.right, b.right),
    ),
  };
}

function breakRight(
  sheet: Worksheet,
  item: ReconItem,
  origin: (item: ReconItem) => string | undefined,
): void {
  const alone = { left: [], right: [item] };
  const reference = item.keys.structuredReference;
  if (item.returned !== undefined) {
    const payment = origin(item);
    const what = payment === undefined ? 'A payment' : `The payment ${payment}`;
    sheet.break('returned', alone, `${what} came back: ${item.returned}.`);
  } else if (reference !== undefined && !isStructuredReference(reference)) {
    sheet.break('data', alone, 'Its structured reference fails the check digits.');
  } else {
    sheet.break('unexpected', alone, 'Arrived, and nothing expects it.');
  }
}

/** Finds the payment that came back by any key that the return repeats, matched or not. */
function originFinder(
  { rec }: Worksheet,
  left: readonly ReconItem[],
): (item: ReconItem) => string | undefined {
  const indexes = new Map<KeyKind, KeyIndex>();
  const indexOf = (kind: KeyKind): KeyIndex => {
    const index = indexes.get(kind) ?? indexBy(left, kind, () => true);
    indexes.set(kind, index);
    return index;
  };
  return (item) =>
    rec.keys
      .map((kind) => {
        const value = item.keys[kind];
        return value === undefined ? undefined : indexOf(kind).get(value)[0]?.id;
      })
      .find((id) => id !== undefined);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byFirstIds = (a: Match | Break, b: Match | Break): number =>
  compare(a.left[0] ?? '', b.left[0] ?? '') || compare(a.right[0] ?? '', b.right[0] ?? '');
