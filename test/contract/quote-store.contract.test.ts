import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoQuoteStore } from '../../src/adapters/dynamodb/quote-store.ts';
import { inMemoryQuoteStore } from '../../src/adapters/in-memory/quote-store.ts';
import { describeQuoteStore, offeredQuote } from '../support/describe-quote-store.ts';
import { putRaw, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();
const retentionSeconds = 86_400;
const quoteStoreOf = (table: Omit<Parameters<typeof dynamoQuoteStore>[0], 'retentionSeconds'>) =>
  dynamoQuoteStore({ ...table, retentionSeconds });

describeQuoteStore('memory', async () => inMemoryQuoteStore());
describeQuoteStore('DynamoDB', async () => quoteStoreOf(await dynamo().createTable('quotes')));

describe('a stored quote that cannot be read', () => {
  it.each([
    ['is not JSON', '{"id":'],
    ['is of another shape', '{"id":"fxq_1"}'],
  ])('because it %s, is an error with a code, not a missing quote', async (_, quote) => {
    const table = await dynamo().createTable('quotes');
    await putRaw(table, { pk: { S: 'quote#fxq_1' }, sk: { S: 'quote' }, quote: { S: quote } });
    await expect(quoteStoreOf(table).get('fxq_1')).rejects.toMatchObject({
      code: 'fx.unreadable_quote',
      retryable: false,
    });
  });
});

describe('a quote that was put', () => {
  it('may be forgotten so long after it has expired; its use is kept', async () => {
    const table = await dynamo().createTable('quotes');
    const store = quoteStoreOf(table);
    const quote = offeredQuote();
    await store.putIfAbsent(quote);
    await store.claim(quote.id, 'trd_1');
    const { Items: items = [] } = await table.client.send(
      new ScanCommand({ TableName: table.tableName }),
    );
    const forgetAt = items.map(({ sk, forgetAt: at }) => [sk?.S, at?.N]);
    const expiredAt = Math.ceil(Date.parse(quote.expiresAt) / 1_000);
    expect(forgetAt.toSorted()).toEqual([
      ['quote', String(expiredAt + retentionSeconds)],
      ['use', undefined],
    ]);
  });
});
