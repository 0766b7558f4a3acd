/**
 * The days on which the euro area's payment system TARGET is open, and with it the ECB publishes
 * rates. Dates are `YYYY-MM-DD`. Source: the ECB's long-term calendar for TARGET closing days, valid
 * since 2002: weekends, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
 */

const DAY_MS = 86_400_000;
const DATE_LENGTH = 'YYYY-MM-DD'.length;

const FIXED_CLOSING_DAYS = ['01-01', '05-01', '12-25', '12-26'];
/** In days from Easter Sunday. */
const GOOD_FRIDAY = -2;
const EASTER_MONDAY = 1;

/** 16:00 in Frankfurt, and half an hour for the ECB to be late. */
const PUBLISHED_BY_MINUTES = 16 * 60 + 30;

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, DATE_LENGTH);

/** The date that many days later; earlier, if negative. */
export const addDays = (date: string, days: number): string => dateOf(timeOf(date) + days * DAY_MS);

/** Calendar days from one date to the other. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((timeOf(to) - timeOf(from)) / DAY_MS);

export function isTargetDay(date: string): boolean {
  return isWeekday(date) && !closedWeekdaysOf(Number(date.slice(0, 'YYYY'.length))).includes(date);
}

/** Monday to Friday. */
export function isWeekday(date: string): boolean {
  const weekday = new Date(timeOf(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

const closedWeekdays = new Map<number, readonly string[]>();

/** The days from Monday to Friday on which TARGET is closed in a year. */
export function closedWeekdaysOf(year: number): readonly string[] {
  const known = closedWeekdays.get(year);
  if (known !== undefined) return known;
  const easter = easterSunday(year);
  const days = [
    ...FIXED_CLOSING_DAYS.map((day) => `${year}-${day}`),
    ...[addDays(easter, GOOD_FRIDAY), addDays(easter, EASTER_MONDAY)],
  ].filter(isWeekday);
  closedWeekdays.set(year, days);
  return days;
}

/** How many TARGET days follow the first date, up to and including the second. */
export function targetDaysBetween(after: string, until: string): number {
  let count = 0;
  for (let date = addDays(after, 1); date <= until; date = addDays(date, 1)) {
    if (isTargetDay(date)) count += 1;
  }
  return count;
}

/** The latest TARGET day whose rates must have been published by then. */
export function lastPublication(now: Date): string {
  const today = dateOf(now.getTime());
  let date = now.getTime() < publishedBy(today) ? addDays(today, -1) : today;
  while (!isTargetDay(date)) date = addDays(date, -1);
  return date;
}

/** The instant by which the rates of a day are out. */
const publishedBy = (date: string): number =>
  timeOf(date) + (PUBLISHED_BY_MINUTES - offsetMinutes(date)) * 60_000;

/** What Frankfurt's clocks are ahead of UTC in the afternoon of a day: EU Directive 2000/84/EC. */
function offsetMinutes(date: string): number {
  const year = date.slice(0, 'YYYY'.length);
  const isSummer = date >= lastSunday(`${year}-03-31`) && date < lastSunday(`${year}-10-31`);
  return isSummer ? 120 : 60;
}

const lastSunday = (endOfMonth: string): string =>
  addDays(endOfMonth, -new Date(timeOf(endOfMonth)).getUTCDay());

/** The Gregorian computus in whole numbers (Meeus, Jones, Butcher). */
function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = century - Math.floor(century / 4);
  const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + correction - moon + 15) % 30;
  const leap = 2 * (century % 4) + 2 * Math.floor(ofCentury / 4);
  const weekday = (32 + leap - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  return addDays(`${year}-03-22`, epact + weekday - 7 * late);
}
