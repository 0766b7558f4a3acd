import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import type { RatesStore } from '../../src/fx/ports.ts';
import { describeLatestRates, describeRatesStore } from '../support/describe-rates-store.ts';
import { putRaw, scanItems, withDynamo } from '../support/dynamo.ts';
import { bundledDay, bundledFile, dayOf, hash } from '../unit/fx/rate-days.ts';

const dynamo = withDynamo();

describeRatesStore('memory', async () => inMemoryRatesStore());
describeRatesStore('DynamoDB', async () => dynamoRatesStore(await dynamo().createTable('rates')));

describe('the table of rates', () => {
  it('holds each file as it was published, under the date and the hash of its rates', async () => {
    const table = await dynamo().createTable('rates');
    await dynamoRatesStore(table).putIfAbsent(bundledDay, bundledFile);
    expect(await scanItems(table)).toEqual([
      {
        pk: { S: 'rates#ECB' },
        sk: { S: '2026-06-30' },
        day: { S: expect.stringContaining(hash(bundledFile)) },
        file: { S: bundledFile },
      },
    ]);
  });

  it('keeps the two sources apart', async () => {
    const table = await dynamo().createTable('rates');
    const indicative = dynamoRatesStore({ ...table, source: 'INDICATIVE' });
    await dynamoRatesStore(table).putIfAbsent(bundledDay);
    expect(await indicative.latest()).toBeUndefined();
    expect(await indicative.putIfAbsent({ ...bundledDay, source: 'INDICATIVE' })).toBe(true);
  });
});

const withDays = async (store: RatesStore) => {
  await store.putIfAbsent(bundledDay);
  return {
    store,
    nextDay: async () => {
      await store.putIfAbsent(dayOf({ USD: '1.1402' }, '2026-07-01'));
    },
  };
};
describeLatestRates('memory', () => withDays(inMemoryRatesStore()));
describeLatestRates('DynamoDB', async () =>
  withDays(dynamoRatesStore(await dynamo().createTable('rates'))),
);

describe('a stored day of rates that cannot be read', () => {
  it.each([
    ['is not JSON', '{"source":'],
    ['is of another shape', '{"source":"ECB","rateDate":"2026-08-21","rates":{"USD":1.1}}'],
  ])('because it %s, is an error with a code, not a missing day', async (_, day) => {
    const table = await dynamo().createTable('rates');
    const item = { pk: { S: 'rates#ECB' }, sk: { S: '2026-08-21' }, day: { S: day } };
    await putRaw(table, item);
    const store = dynamoRatesStore(table);
    const expected = { code: 'fx.unreadable_rates', retryable: false };
    await expect(store.latest()).rejects.toMatchObject(expected);
    await expect(store.get('2026-08-21')).rejects.toMatchObject(expected);
  });
});
