import { businessDaysBetween } from './business-days.ts';
import type { KeyKind, ReconItem } from './item.ts';
import type { LaneItem } from './lane.ts';
import { type ItemRec, itemRecs } from './recs.ts';
import { suggest } from './suggest.ts';
import { isTolerated } from './tolerance.ts';

/**
 * Why an item may be the other side of a break: it is one of several that the break names, it has a key or
 * the amount of it, an amount within what is tolerated, a day within the window, or a name like it.
 */
export type Likeness =
  | 'in_break'
  | 'same_key'
  | 'same_amount'
  | 'tolerated_amount'
  | 'within_window'
  | 'alike_name';

/** An item that a person may choose, out of 100, and why. */
export type Candidate<T extends LaneItem> = {
  readonly one: T;
  readonly score: number;
  readonly why: readonly Likeness[];
};

const POINTS: Readonly<Record<Likeness, number>> = {
  ...{ in_break: 10, same_key: 30, same_amount: 40, tolerated_amount: 20 },
  ...{ within_window: 15, alike_name: 15 },
};
/** What pass 5 gives two names that say nothing. */
const NAMELESS = 50;

/**
 * How likely each of some items is the other side of what a break is about: each with the best that any
 * item of the break makes of it. Pass 5 is a part of it. It orders and never matches.
 */
export const rateCandidates = <T extends LaneItem>(
  own: readonly LaneItem[],
  others: readonly T[],
): readonly Candidate<T>[] =>
  others.map((one) => {
    const rated = own
      .filter((mine) => mine.side !== one.side)
      .map((mine) => likenessOf(mine, one))
      .sort((a, b) => pointsOf(b) - pointsOf(a));
    const isOwn = own.some(({ item }) => item.id === one.item.id);
    const why: readonly Likeness[] = [
      ...(isOwn ? (['in_break'] as const) : []),
      ...(rated[0] ?? []),
    ];
    return { one, why, score: pointsOf(why) };
  });

const pointsOf = (why: readonly Likeness[]): number =>
  why.reduce((points, one) => points + POINTS[one], 0);

function likenessOf(mine: LaneItem, other: LaneItem): readonly Likeness[] {
  const [left, right] = mine.side === 'left' ? [mine, other] : [other, mine];
  const rec = left.rec === null ? undefined : itemRecs[left.rec];
  if (rec === undefined || left.item.currency !== right.item.currency) return [];
  const [suggested] = suggest({ ...rec, suggests: true }, [left.item], [right.item]);
  return [
    ...(shareKey(rec, left.item, right.item) ? (['same_key'] as const) : []),
    ...amountLikeness(rec, left.item, right.item),
    ...(isWithin(rec, left.item, right.item) ? (['within_window'] as const) : []),
    ...((suggested?.score ?? 0) > NAMELESS ? (['alike_name'] as const) : []),
  ];
}

function shareKey({ keys, groupings }: ItemRec, left: ReconItem, right: ReconItem): boolean {
  const kinds: readonly KeyKind[] = [
    ...keys,
    'structuredReference',
    ...groupings.map(({ key }) => key),
  ];
  return kinds.some(
    (kind) => left.keys[kind] !== undefined && left.keys[kind] === right.keys[kind],
  );
}

function amountLikeness(
  { tolerances }: ItemRec,
  { currency, amountMinor }: ReconItem,
  right: ReconItem,
): readonly Likeness[] {
  const difference = right.amountMinor - amountMinor;
  if (difference === 0n) return ['same_amount'];
  const money = { currency, amountMinor: difference };
  return tolerances.some(({ account }) => isTolerated(tolerances, account, money))
    ? ['tolerated_amount']
    : [];
}

const isWithin = ({ windowBusinessDays }: ItemRec, left: ReconItem, right: ReconItem): boolean =>
  right.date >= left.date && businessDaysBetween(left.date, right.date) <= windowBusinessDays;
