import { type CurrencyCode, isCurrencyCode } from '../../money/currency.ts';
import { RatesFileError } from './errors.ts';

const RATE = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?$/;

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/**
 * A published rate as it stands, if it is a plain decimal above zero.
 *
 * @throws RatesFileError `rates.rate_invalid`
 */
export function readRate(value: unknown, currency: CurrencyCode): string {
  if (typeof value === 'string' && RATE.test(value) && /[1-9]/.test(value)) return value;
  throw new RatesFileError(
    'rates.rate_invalid',
    `Expected a decimal above zero for ${currency}, found ${shown(value)}.`,
  );
}

/**
 * The currency of a rate against the euro.
 *
 * @throws RatesFileError `rates.currency_unknown`
 */
export function readCurrency(value: unknown): CurrencyCode {
  if (isCurrencyCode(value) && value !== 'EUR') return value;
  throw new RatesFileError(
    'rates.currency_unknown',
    `Expected the ISO 4217 code of a currency other than the euro, found ${shown(value)}.`,
  );
}

/**
 * A date that is in the calendar.
 *
 * @throws RatesFileError `rates.date_invalid`
 */
export function readDate(value: unknown): string {
  if (typeof value === 'string' && isCalendarDate(value)) return value;
  throw new RatesFileError(
    'rates.date_invalid',
    `Expected a date as YYYY-MM-DD, found ${shown(value)}.`,
  );
}

/** True for `YYYY-MM-DD` of a day that there was or will be. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
