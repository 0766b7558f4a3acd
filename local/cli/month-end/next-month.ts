import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoRatesStore } from '../../../src/adapters/dynamodb/rates-store.ts';
import { addMonths, lastDayOf } from '../../../src/ledger/months.ts';
import type { LocalStack } from '../../stack/index.ts';

/** The day of the next month on which a month is closed: later than any window of a payment. */
const CLOSING_DAY = '09T09:00:00Z';

/** Moves the functions' clock past a month, with its closing rates published. */
export async function beginNextMonth(
  { runtime }: Pick<LocalStack, 'runtime'>,
  period: string,
): Promise<void> {
  await publishClosingRates(runtime, lastDayOf(period));
  const closingDay = Date.parse(`${addMonths(period, 1)}-${CLOSING_DAY}`);
  await runtime.moveClock(closingDay - Date.now());
  await runtime.invoke('matching-clock', {});
}

async function publishClosingRates(
  runtime: LocalStack['runtime'],
  rateDate: string,
): Promise<void> {
  const client = new DynamoDBClient({
    ...{ region: 'us-east-1', endpoint: runtime.endpoints.dynamodb },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const rates = dynamoRatesStore({ client, tableName: runtime.tableName('RatesTable') });
    const latest = await rates.latest();
    if (latest === undefined) throw new Error('There are no rates.');
    await rates.putIfAbsent({ ...latest, rateDate });
  } finally {
    client.destroy();
  }
}
