import type { RateDay } from '../../fx/rate-day.ts';
import type { CurrencyCode } from '../../money/currency.ts';
import { RatesFileError } from './errors.ts';

/** Since this day the ECB has published the currencies below without a gap. */
const COMPLETE_SINCE = '2018-02-01';

/** Published on every business day since 1999. Of the others, the early history has gaps. */
const ALWAYS = 'USD JPY GBP CHF';

const SINCE_COMPLETE =
  'CZK DKK HUF PLN SEK NOK AUD CAD HKD KRW NZD SGD ZAR RON ISK TRY BRL CNY IDR ILS INR MXN MYR PHP THB';

/** The last day of those that were published then and are no longer. */
const LAST_DAYS = { BGN: '2025-12-31', HRK: '2022-12-31', RUB: '2022-03-01' } as const;

const codes = (text: string): CurrencyCode[] => text.split(' ') as CurrencyCode[];

const always = codes(ALWAYS);
const today = [...always, ...codes(SINCE_COMPLETE)];

/**
 * The currencies that a whole file of that day has a rate for. A file may have more, since the ECB
 * adds currencies; fewer is half a file, unless the ECB has announced that it stopped.
 *
 * Source: the ECB's list of euro foreign exchange reference rates and its press releases.
 */
export function publishedCurrencies(rateDate: string): readonly CurrencyCode[] {
  if (rateDate < COMPLETE_SINCE) return always;
  const gone = Object.entries(LAST_DAYS).filter(([, lastDay]) => rateDate <= lastDay);
  return [...today, ...gone.map(([currency]) => currency as CurrencyCode)];
}

/**
 * Half a day of rates would look like a day of rates.
 *
 * @throws RatesFileError `rates.no_rates`, `rates.currency_missing`
 */
export function assertComplete(
  { rateDate, rates }: Pick<RateDay, 'rateDate' | 'rates'>,
  discontinued: readonly CurrencyCode[] = [],
): void {
  if (Object.keys(rates).length === 0) {
    throw new RatesFileError('rates.no_rates', 'Expected a rate for at least one currency.');
  }
  const missing = publishedCurrencies(rateDate).filter(
    (currency) => !(currency in rates || discontinued.includes(currency)),
  );
  if (missing.length > 0) {
    throw new RatesFileError(
      'rates.currency_missing',
      `Expected a rate for every currency that the ECB publishes, found none for ${missing.join(', ')} on ${rateDate}.`,
    );
  }
}
