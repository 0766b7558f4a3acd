import type { ScheduledEvent } from 'aws-lambda';
import { currencyApiLimitBytes, parseCurrencyApi } from '../../src/adapters/rates/currency-api.ts';
import { ecbFileLimitBytes, parseEcbDaily } from '../../src/adapters/rates/ecb.ts';
import { fetchRatesFile } from '../../src/adapters/rates/fetch-rates-file.ts';
import { currencyList } from '../../src/money/schema.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { refreshAllRates } from '../../src/process/refresh-all-rates.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { count, logger, measureCount } from '../_shared/observe.ts';
import { ratesOf } from '../_shared/rates.ts';
import { functionStack } from '../_shared/stack.ts';

const environment = readEnvironment({
  ...{ RATES_TABLE: text, ECB_RATES_URL: text, INDICATIVE_RATES_URL: text },
  RATES_DISCONTINUED: currencyList,
});
const { rates, indicativeRates } = ratesOf(dynamoDb(), environment.RATES_TABLE);
const discontinued = environment.RATES_DISCONTINUED;
const fetchFrom = (url: string, limitBytes: number) => () =>
  fetchRatesFile({ url, timeoutMs: 10_000, limitBytes });

const sources = {
  ecb: {
    store: rates,
    publisher: {
      fetchDaily: fetchFrom(environment.ECB_RATES_URL, ecbFileLimitBytes),
      parse: (file: string, read: { sha256: string; fetchedAt: string }) =>
        parseEcbDaily(file, { ...read, discontinued }),
    },
  },
  indicative: {
    store: indicativeRates,
    publisher: {
      fetchDaily: fetchFrom(environment.INDICATIVE_RATES_URL, currencyApiLimitBytes),
      parse: parseCurrencyApi,
    },
  },
};

/** What is reported where no day of rates was ever stored: as many as stop every quote. */
const NO_RATES_MISSED_DAYS = 3;

/** Stores what the publishers of rates have that is new, and reports how far behind they are. */
export const handler = functionStack<ScheduledEvent, void>(async () => {
  const refreshed = await refreshAllRates({ ...sources, discontinued, hash: sha256Hex, now });
  const level = refreshed.staleness?.level === 'current' ? 'info' : 'warn';
  logger[level]('Reference rates', { ...refreshed });
  count('RatesRefreshed', { name: 'outcome', value: refreshed.ecb.kind });
  measureCount('MissedRateDays', refreshed.staleness?.missedDays ?? NO_RATES_MISSED_DAYS);
});
