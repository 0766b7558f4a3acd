import { daysBetween, lastPublication, targetDaysBetween } from '../platform/target-calendar.ts';

/**
 * How far a day of rates may be trusted, in TARGET days and not in hours: over a weekend or Easter
 * nothing is published and nothing is missed.
 *
 * | missed                                       | level              | then                        |
 * | -------------------------------------------- | ------------------ | --------------------------- |
 * | 0                                            | `current`          |                             |
 * | 1                                            | `late`             | quoted, and alarmed         |
 * | 2                                            | `short_locks_only` | locked for 5 minutes, no longer |
 * | 3 or more, or the rates are over 5 days old  | `refused`          | no quotes                   |
 */
export type StalenessLevel = 'current' | 'late' | 'short_locks_only' | 'refused';

export type Staleness = {
  readonly level: StalenessLevel;
  /** Publications that are out, or should be, since the day of these rates. */
  readonly missedDays: number;
};

/** The longest gap between two days of rates, which is Easter's. */
const LONGEST_GAP_DAYS = 5;

const LEVELS: readonly StalenessLevel[] = ['current', 'late', 'short_locks_only'];

export function stalenessOf(rateDate: string, now: Date): Staleness {
  const missedDays = targetDaysBetween(rateDate, lastPublication(now));
  const ageDays = daysBetween(rateDate, now.toISOString().slice(0, 'YYYY-MM-DD'.length));
  const level = ageDays > LONGEST_GAP_DAYS ? 'refused' : (LEVELS[missedDays] ?? 'refused');
  return { level, missedDays };
}
