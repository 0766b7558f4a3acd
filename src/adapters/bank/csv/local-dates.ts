import { fullYear, isoDate, isoDateIn } from '../dates.ts';

/** Whether a date like 03/04/2026 begins with its day or its month. */
export type DateOrder = 'day_first' | 'month_first';

const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/**
 * The order that a file's dates agree on: a day above 12 tells, and so do dots and dashes, behind
 * which the day comes first. With slashes and small days, exports are sorted: the order in which
 * the dates run one way is theirs. Undefined where neither or both do.
 */
export function dateOrder(texts: readonly string[]): DateOrder | undefined {
  let fromMark: DateOrder | undefined;
  for (const text of texts) {
    const [, first, mark, second] = NUMERIC.exec(text.trim()) ?? [];
    if (Number(first) > 12) return 'day_first';
    if (Number(second) > 12) return 'month_first';
    if (mark === '.' || mark === '-') fromMark = 'day_first';
  }
  if (fromMark !== undefined) return fromMark;
  const dayFirst = isSorted(texts, 'day_first');
  const monthFirst = isSorted(texts, 'month_first');
  if (dayFirst === monthFirst) return undefined;
  return dayFirst ? 'day_first' : 'month_first';
}

function isSorted(texts: readonly string[], order: DateOrder): boolean {
  const dates = texts.flatMap((text) => parseLocalDate(text, order) ?? []);
  const pairs = dates.slice(1).map((date, index) => [dates[index] ?? '', date] as const);
  return (
    pairs.every(([before, after]) => before <= after) ||
    pairs.every(([before, after]) => before >= after)
  );
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as people write it, or undefined for what is no day. */
export function parseLocalDate(text: string, order: DateOrder | undefined): string | undefined {
  const trimmed = text.trim();
  const iso = isoDateIn(trimmed) ?? compactDate(trimmed) ?? namedMonth(trimmed);
  if (iso !== undefined) return iso;
  const match = NUMERIC.exec(trimmed);
  if (match === null) return slashedIso(trimmed);
  const [, first, , second, yearText = ''] = match;
  const year = yearText.length === 2 ? fullYear(Number(yearText)) : Number(yearText);
  return order === 'month_first'
    ? isoDate(year, Number(first), Number(second))
    : isoDate(year, Number(second), Number(first));
}

function compactDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : isoDate(Number(year), Number(month), Number(day));
}

function slashedIso(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/.exec(text) ?? [];
  return year === undefined ? undefined : isoDate(Number(year), Number(month), Number(day));
}

function namedMonth(text: string): string | undefined {
  const [, day, name = '', year] =
    /^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})(?!\d)/.exec(text) ?? [];
  const [, nameFirst = '', dayLater, yearLater] =
    /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(?!\d)/.exec(text) ?? [];
  const month = MONTHS.indexOf((name || nameFirst).toLowerCase()) + 1;
  return isoDate(Number(year ?? yearLater), month, Number(day ?? dayLater));
}
