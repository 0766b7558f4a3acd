import type { Item } from './answers.ts';

export type Sides = { readonly left: bigint; readonly right: bigint };

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
