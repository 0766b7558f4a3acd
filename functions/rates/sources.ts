import { currencyApiLimitBytes, parseCurrencyApi } from '../../src/adapters/rates/currency-api.ts';
import { ecbFileLimitBytes, parseEcbDaily } from '../../src/adapters/rates/ecb.ts';
import { fetchRatesFile } from '../../src/adapters/rates/fetch-rates-file.ts';
import { currencyList } from '../../src/money/schema.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { ratesOf } from '../_shared/rates.ts';

const environment = readEnvironment({
  RATES_TABLE: text,
  ECB_RATES_URL: text,
  INDICATIVE_RATES_URL: text,
  RATES_DISCONTINUED: currencyList,
});
const { rates, indicativeRates } = ratesOf(dynamoDb(), environment.RATES_TABLE);

const FETCH_TIMEOUT_MS = 10_000;
const fetchFrom = (url: string, limitBytes: number) => () =>
  fetchRatesFile({ url, timeoutMs: FETCH_TIMEOUT_MS, limitBytes });

/** Currencies that the ECB has announced to publish no longer. */
export const discontinued = environment.RATES_DISCONTINUED;

/** The publishers of rates, and where their days are kept. */
export const sources = {
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
