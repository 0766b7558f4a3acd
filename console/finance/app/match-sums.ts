import type { BreakDetail, Candidate, Item } from './answers.ts';

export type Sides = { readonly left: bigint; readonly right: bigint };

/** What a match by hand is chosen from, and what of it is chosen from the beginning. */
export type Choice = {
  readonly items: readonly Candidate[];
  readonly chosen: ReadonlySet<string>;
  /** What must stay chosen: a break's own items, unless it is that several may be meant. */
  readonly fixed: ReadonlySet<string>;
};

/**
 * The items of a break, and after them what they may be matched with. Where several items may be meant,
 * the one that stands alone on its side is chosen, and a person chooses among the others.
 */
export function choiceOf(
  { kind, items: own }: Pick<BreakDetail, 'kind' | 'items'>,
  candidates: readonly Candidate[],
): Choice {
  const rated = new Map(candidates.map((one) => [one.id, one]));
  const first = own.map((item): Candidate => rated.get(item.id) ?? item);
  const ids = new Set(own.map(({ id }) => id));
  const items = [...first, ...candidates.filter(({ id }) => !ids.has(id))];
  if (kind !== 'duplicate') return { items, chosen: ids, fixed: ids };
  const alone = (['left', 'right'] as const)
    .map((side) => own.filter((item) => item.side === side))
    .filter(({ length }) => length === 1);
  return { items, chosen: new Set(alone.flat().map(({ id }) => id)), fixed: new Set() };
}

/** Where a difference may be posted that a person accepts: what the provider keeps are its fees. */
export const accountsFor = (rec: string): readonly ('5000' | '5200' | '5300' | '5500')[] => {
  if (rec === 'A') return ['5000'];
  return ['C', 'D', 'E', 'G'].includes(rec) ? ['5500', '5200', '5300'] : [];
};

/** What the chosen items of each side amount to, in minor units. */
export function sumsOf(items: readonly Item[], chosen: ReadonlySet<string>): Sides {
  const sum = (side: Item['side']): bigint =>
    items
      .filter((item) => item.side === side && chosen.has(item.id))
      .reduce((total, { amount }) => total + BigInt(amount.amountMinor), 0n);
  return { left: sum('left'), right: sum('right') };
}

/** What would lie between the two sides with this item chosen too, or as they are where it is. */
export function gapWith(item: Item, chosen: ReadonlySet<string>, { left, right }: Sides): bigint {
  const gap = right - left;
  if (chosen.has(item.id)) return gap;
  const amount = BigInt(item.amount.amountMinor);
  return item.side === 'right' ? gap + amount : gap - amount;
}

/** Whether an item has a text anywhere: in its id, its references, its day or its trade. */
export function hasText({ id, date, amount, references, about }: Item, text: string): boolean {
  const own = [id, date, amount.amountMinor, about?.tradeId ?? '', ...Object.values(references)];
  return own.some((value) => value.toLowerCase().includes(text.trim().toLowerCase()));
}

/** Calendar days from one day to another, with its sign: `+3`, `-1`, `0`. */
export function daysApart(from: string, to: string): string {
  const DAY_MS = 86_400_000;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return days > 0 ? `+${days}` : String(days);
}
