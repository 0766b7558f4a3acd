import { businessDaysBetween } from './business-days.ts';
import { byId, type ReconItem } from './item.ts';
import type { Suggestion } from './outcome.ts';
import type { ItemRec } from './recs.ts';

/** More equal amounts than this on a side say nothing, and would cost their product. */
const MOST_ALIKE = 20;
const LOWEST_SCORE = 50;

/**
 * Pass 5: equal amount and currency, booked within the window, and names that share their words.
 * It suggests and never matches.
 */
export function suggest(
  rec: ItemRec,
  left: readonly ReconItem[],
  right: readonly ReconItem[],
): readonly Suggestion[] {
  if (!rec.suggests) return [];
  const rights = byAmount(right);
  const suggestions: Suggestion[] = [];
  for (const [key, lefts] of byAmount(left)) {
    const candidates = rights.get(key) ?? [];
    if (lefts.length > MOST_ALIKE || candidates.length > MOST_ALIKE) continue;
    for (const one of lefts) suggestions.push(...forOne(rec, one, candidates));
  }
  return suggestions;
}

function forOne(
  rec: ItemRec,
  left: ReconItem,
  candidates: readonly ReconItem[],
): readonly Suggestion[] {
  return candidates
    .filter((right) => isWithin(rec.windowBusinessDays, left, right))
    .map((right) => ({
      left: left.id,
      right: right.id,
      score: likeness(left.name, right.name),
    }))
    .filter((suggestion) => suggestion.score >= LOWEST_SCORE);
}

const isWithin = (days: number, left: ReconItem, right: ReconItem): boolean =>
  right.date >= left.date && businessDaysBetween(left.date, right.date) <= days;

function byAmount(items: readonly ReconItem[]): Map<string, ReconItem[]> {
  const groups = new Map<string, ReconItem[]>();
  for (const item of items.toSorted(byId)) {
    const key = `${item.currency} ${item.amountMinor}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const words = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );

/** Twice the words that both have, over all their words, in hundredths. No name says nothing. */
function likeness(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined) return LOWEST_SCORE;
  const [one, other] = [words(left), words(right)];
  if (one.size + other.size === 0) return LOWEST_SCORE;
  const common = [...one].filter((word) => other.has(word)).length;
  return Math.round((200 * common) / (one.size + other.size));
}
