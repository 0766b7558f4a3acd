import type { RateDay } from '../../fx/rate-day.ts';
import { type CurrencyCode, currencyCodes, isCurrencyActiveOn } from '../../money/currency.ts';
import type { FileRead } from './ecb.ts';
import { isElement } from './ecb-xml.ts';
import { RatesFileError } from './errors.ts';
import { readDate, readRate } from './rate-text.ts';

/** The published file has about 8 KB. */
export const currencyApiLimitBytes = 1024 * 1024;

/** True for text that can only be a JSON object. */
export const isJsonObjectText = (text: string): boolean => /^\uFEFF?\s*\{/.test(text);

/**
 * The file of the open currency-api (`currencies/eur.json`, CC0): units for one euro of every currency
 * that trades anywhere, crypto assets among them. Only what ISO 4217 knows as money on that day is
 * kept, at the digits as published: a JSON number is never made a float.
 *
 * It names no authority, so its rates are indicative: good for showing a price, not for keeping one.
 *
 * @throws RatesFileError for the first way in which the file is wrong.
 */
export function parseCurrencyApi(text: string, { sha256, fetchedAt }: FileRead): RateDay {
  if (Buffer.byteLength(text) > currencyApiLimitBytes) {
    throw new RatesFileError(
      'rates.file_too_large',
      `Expected at most ${currencyApiLimitBytes} bytes of rates.`,
    );
  }
  const { date, eur } = parseJson(text);
  if (!isElement(eur)) {
    throw new RatesFileError('rates.wrong_root', 'Expected rates under "eur".');
  }
  const rateDate = readDate(date);
  const rates: RateDay['rates'] = {};
  for (const currency of currencyCodes) {
    const rate = eur[currency.toLowerCase()];
    if (rate !== undefined && isKept(currency, rateDate))
      rates[currency] = readRate(rate, currency);
  }
  if (Object.keys(rates).length === 0) {
    throw new RatesFileError('rates.no_rates', 'Expected a rate for at least one currency.');
  }
  return { source: 'INDICATIVE', rateDate, sha256, fetchedAt, rates };
}

const isKept = (currency: CurrencyCode, rateDate: string): boolean =>
  currency !== 'EUR' && isCurrencyActiveOn(currency, rateDate);

/** Every number as the text that stands in the file. */
function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ''), withNumbersAsText);
    return isElement(document) ? document : {};
  } catch (error) {
    throw new RatesFileError('rates.not_json', 'Not JSON.', { cause: error });
  }
}

/** The engine hands a reviver the source of each value, which the type of `JSON.parse` omits. */
function withNumbersAsText(
  _key: string,
  value: unknown,
  ...[context]: readonly { readonly source?: string }[]
): unknown {
  return typeof value === 'number' ? context?.source : value;
}
