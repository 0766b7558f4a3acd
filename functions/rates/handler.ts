import type { ScheduledEvent } from 'aws-lambda';
import seed from '../../events/inbound/ecb/2026-06-30.xml';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { parseEcbDaily } from '../../src/adapters/rates/ecb.ts';
import { fetchEcbDaily } from '../../src/adapters/rates/fetch-ecb-daily.ts';
import { refreshRates } from '../../src/fx/refresh-rates.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { count, logger } from '../_shared/observe.ts';
import { functionStack } from '../_shared/stack.ts';

const environment = readEnvironment({ RATES_TABLE: text, ECB_RATES_URL: text });
const store = dynamoRatesStore({ client: dynamoDb(), tableName: environment.RATES_TABLE });

const FETCH_TIMEOUT_MS = 10_000;

const publisher = {
  parse: parseEcbDaily,
  fetchDaily: () => fetchEcbDaily({ url: environment.ECB_RATES_URL, timeoutMs: FETCH_TIMEOUT_MS }),
};

/** Stores the ECB's latest day; without a network, the day that comes with the product. */
export const handler = functionStack<ScheduledEvent, void>(async () => {
  const outcome = await refreshRates({ store, publisher, seed, hash: sha256Hex, now });
  logger.info('Reference rates', { ...outcome });
  count('RatesRefreshed', { name: 'outcome', value: outcome.kind });
});
