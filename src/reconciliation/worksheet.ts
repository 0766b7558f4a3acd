import { derivedId } from '../platform/ids.ts';
import { ageBand, businessDaysBetween } from './business-days.ts';
import { type ReconItem, sumOf } from './item.ts';
import type { Break, BreakType, Match, Pass } from './outcome.ts';
import type { ItemRec } from './recs.ts';
import { covering } from './tolerance.ts';

/** The day of reckoning, and the days on which banks are closed. */
export type Calendar = { readonly asOf: string; readonly holidays?: ReadonlySet<string> };

export type Pairing = {
  readonly left: readonly ReconItem[];
  readonly right: readonly ReconItem[];
};

/**
 * What a run has settled so far. An item is taken by one match or one break and never again, which
 * is what keeps a line from being matched twice.
 */
export class Worksheet {
  readonly matches: Match[] = [];
  readonly breaks: Break[] = [];
  readonly rec: ItemRec;
  private readonly calendar: Calendar;
  private readonly taken = new Set<ReconItem>();

  constructor(rec: ItemRec, calendar: Calendar) {
    this.rec = rec;
    this.calendar = calendar;
  }

  isOpen = (item: ReconItem): boolean => !this.taken.has(item);

  /** Business days that the item has waited. */
  age = (item: ReconItem): number =>
    businessDaysBetween(item.date, this.calendar.asOf, this.calendar.holidays);

  match(pass: Pass, pairing: Pairing, difference?: Match['difference']): void {
    const { left, right } = pairing;
    const [first] = [...left, ...right];
    if (first === undefined) return;
    this.take(pairing);
    this.matches.push({
      rec: this.rec.id,
      pass,
      left: left.map((item) => item.id),
      right: right.map((item) => item.id),
      currency: first.currency,
      leftMinor: sumOf(left),
      rightMinor: sumOf(right),
      ...(difference === undefined ? {} : { difference }),
    });
  }

  /** One movement by its key: a match if the amounts agree or a tolerance covers them. */
  settle(pass: Pass, pairing: Pairing, otherwise: (differenceMinor: bigint) => BreakType): void {
    const difference = sumOf(pairing.right) - sumOf(pairing.left);
    if (difference === 0n) {
      this.match(pass, pairing);
      return;
    }
    const covered = covering(this.rec.tolerances, pairing, difference);
    if (covered === undefined) {
      this.break(otherwise(difference), pairing, 'The amounts differ by more than is tolerated.');
    } else {
      this.match(pass === 'exact' ? 'tolerance' : pass, pairing, covered);
    }
  }

  break(type: BreakType, pairing: Pairing, detail: string): void {
    const { left, right } = pairing;
    const items = [...left, ...right];
    const [first] = items;
    if (first === undefined) return;
    this.take(pairing);
    const since = items.map((item) => item.date).sort()[0] ?? first.date;
    const ageBusinessDays = businessDaysBetween(since, this.calendar.asOf, this.calendar.holidays);
    const leftIds = left.map((item) => item.id);
    const rightIds = right.map((item) => item.id);
    this.breaks.push({
      id: derivedId('brk', this.rec.id, type, leftIds.join(' '), rightIds.join(' ')),
      rec: this.rec.id,
      type,
      left: leftIds,
      right: rightIds,
      currency: first.currency,
      differenceMinor: inCurrency(right, first) - inCurrency(left, first),
      since,
      ageBusinessDays,
      ageBand: ageBand(ageBusinessDays),
      detail,
    });
  }

  private take({ left, right }: Pairing): void {
    for (const item of left) this.taken.add(item);
    for (const item of right) this.taken.add(item);
  }
}

/** Amounts in other currencies do not add. */
const inCurrency = (items: readonly ReconItem[], { currency }: ReconItem): bigint =>
  sumOf(items.filter((item) => item.currency === currency));
