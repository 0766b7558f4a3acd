/** `YYYY-MM-DD` for a day that exists, undefined otherwise. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** How many days the month has. */
export const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

const two = (value: number): string => value.toString().padStart(2, '0');

/** The day at the front of an ISO date or date and time, as the bank's own clock has it. */
export function isoDateIn(text: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text.trim());
  return match === null ? undefined : isoDate(...numbers(match));
}

/** A two-digit year as banks mean it: 80 to 99 are of the last century. */
export const fullYear = (twoDigits: number): number => twoDigits + (twoDigits >= 80 ? 1900 : 2000);

export type ShortDate = { readonly date?: string; readonly note?: string };

/**
 * `YYMMDD`. Banks that reckon with 30 days in every month write a 30 February: it is taken as the
 * month's last day, with a note. Any other day that does not exist gives no date.
 */
export function shortDate(text: string): ShortDate {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return { note: `${JSON.stringify(text)} is no date.` };
  const [shortYear, month, day] = numbers(match);
  const year = fullYear(shortYear);
  const date = isoDate(year, month, day);
  if (date !== undefined) return { date };
  const last = month >= 1 && month <= 12 && day <= 31 && day > 0 ? daysIn(year, month) : undefined;
  const lastDate = last === undefined ? undefined : isoDate(year, month, last);
  return lastDate === undefined
    ? { note: `${text} is no day of the calendar.` }
    : { date: lastDate, note: `${text} is no day of the calendar; read as ${lastDate}.` };
}

/** `MMDD` in the year that brings it nearest to the given day: entries cross the new year. */
export function nearestDate(monthAndDay: string, near: string): string | undefined {
  const month = Number(monthAndDay.slice(0, 2));
  const day = Number(monthAndDay.slice(2));
  const year = Number(near.slice(0, 4));
  const distance = (date: string): number => Math.abs(Date.parse(date) - Date.parse(near));
  return [year, year - 1, year + 1]
    .map((candidate) => isoDate(candidate, month, day))
    .filter((candidate) => candidate !== undefined)
    .sort((left, right) => distance(left) - distance(right))[0];
}

function numbers(match: RegExpExecArray): [number, number, number] {
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
