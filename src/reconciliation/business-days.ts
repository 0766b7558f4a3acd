import { closedWeekdaysOf, isTargetDay } from '../platform/target-calendar.ts';

const DAY_MS = 86_400_000;
const MONDAY_1970 = 4;
const YEAR_LENGTH = 'YYYY'.length;

/** Days since 1970-01-01. */
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** Monday is 0. */
const weekday = (day: number): number => (((day - MONDAY_1970) % 7) + 7) % 7;

/** Weekdays from Monday 1970-01-05 up to and including that day. */
function weekdaysUntil(day: number): number {
  const sinceMonday = day - MONDAY_1970;
  const weeks = Math.floor(sinceMonday / 7);
  return weeks * 5 + Math.min(weekday(day) + 1, 5);
}

/**
 * Business days after `from` up to and including `to`; zero if `to` is not later. Saturdays and
 * Sundays are none, nor are the closing days of TARGET, on which banks settle nothing, nor the given
 * holidays.
 */
export function businessDaysBetween(
  from: string,
  to: string,
  holidays: ReadonlySet<string> = noHolidays,
): number {
  if (to <= from) return 0;
  const weekdays = weekdaysUntil(dayNumber(to)) - weekdaysUntil(dayNumber(from));
  const isWithin = (day: string): boolean => day > from && day <= to;
  let closed = [...holidays].filter((day) => isWithin(day) && isTargetDay(day)).length;
  const last = Number(to.slice(0, YEAR_LENGTH));
  for (let year = Number(from.slice(0, YEAR_LENGTH)); year <= last; year += 1) {
    closed += closedWeekdaysOf(year).filter(isWithin).length;
  }
  return weekdays - closed;
}

const noHolidays: ReadonlySet<string> = new Set();

/** How old something is, as finance sorts it. */
export type AgeBand = '0-1' | '2-3' | '4-7' | '8-30' | '31-60' | '60+';

/** The band of an age in business days. */
export function ageBand(businessDays: number): AgeBand {
  if (businessDays <= 1) return '0-1';
  if (businessDays <= 3) return '2-3';
  if (businessDays <= 7) return '4-7';
  if (businessDays <= 30) return '8-30';
  return businessDays <= 60 ? '31-60' : '60+';
}
