import type { RateDay } from '../../fx/rate-day.ts';
import type { FileRead } from './ecb.ts';
import { assertComplete } from './ecb-currencies.ts';
import { RatesFileError } from './errors.ts';
import { readCurrency, readDate, readRate } from './rate-text.ts';

/** What stands where a currency had no rate that day. */
const NO_RATE = 'N/A';

/** True for text that begins as the ECB's history does. */
export const isEcbHistoryCsv = (text: string): boolean => /^\uFEFF?Date,/.test(text);

/**
 * The ECB's history as CSV (`eurofxref-hist.csv`): a column for every currency there ever was, a line
 * a day, a comma at the end of each. The newest day comes first. A day lacks none that the ECB published then. It goes back further than the day
 * that a new deployment starts with, and is read for looking back, not for quoting.
 *
 * @throws RatesFileError for the first way in which the file is wrong.
 */
export function parseEcbHistoryCsv(
  text: string,
  { sha256, fetchedAt, discontinued }: FileRead,
): readonly RateDay[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [, ...columns] = cellsOf(header);
  const currencies = columns.map(readCurrency);
  if (new Set(currencies).size !== currencies.length) {
    throw new RatesFileError('rates.currency_duplicated', 'Found a currency in two columns.');
  }
  const days = lines
    .filter((line) => line !== '')
    .map((line): RateDay => {
      const [date, ...cells] = cellsOf(line);
      if (cells.length !== currencies.length) {
        throw new RatesFileError(
          'rates.line_incomplete',
          `Expected ${currencies.length} rates on ${date}, found ${cells.length}.`,
        );
      }
      const rates: RateDay['rates'] = {};
      currencies.forEach((currency, index) => {
        const cell = cells[index];
        if (cell !== NO_RATE) rates[currency] = readRate(cell, currency);
      });
      const rateDate = readDate(date);
      assertComplete({ rateDate, rates }, discontinued);
      return { source: 'ECB', rateDate, sha256, fetchedAt, rates };
    });
  if (days.length === 0) throw new RatesFileError('rates.no_day', 'Expected a line for a day.');
  if (new Set(days.map(({ rateDate }) => rateDate)).size !== days.length) {
    throw new RatesFileError('rates.date_duplicated', 'Found a day on two lines.');
  }
  return days.toSorted((left, right) => (left.rateDate < right.rateDate ? 1 : -1));
}

/** Without the comma at its end a line was cut, perhaps inside its last figure. */
function cellsOf(line: string): string[] {
  const whole = /^(.*),\s*$/.exec(line)?.[1];
  if (whole !== undefined) return whole.split(',');
  throw new RatesFileError(
    'rates.line_incomplete',
    `Expected a comma at the end of the line that starts ${JSON.stringify(line.slice(0, 'YYYY-MM-DD'.length))}.`,
  );
}
