import { dynamoQuoteStore } from '../../src/adapters/dynamodb/quote-store.ts';
import { inMemoryQuoteStore } from '../../src/adapters/in-memory/quote-store.ts';
import { describeQuoteStore } from '../support/describe-quote-store.ts';
import { putRaw, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

describeQuoteStore('memory', async () => inMemoryQuoteStore());
describeQuoteStore('DynamoDB', async () => dynamoQuoteStore(await dynamo().createTable('quotes')));

describe('a stored quote that cannot be read', () => {
  it.each([
    ['is not JSON', '{"id":'],
    ['is of another shape', '{"id":"fxq_1"}'],
  ])('because it %s, is an error with a code, not a missing quote', async (_, quote) => {
    const table = await dynamo().createTable('quotes');
    await putRaw(table, { pk: { S: 'quote#fxq_1' }, sk: { S: 'quote' }, quote: { S: quote } });
    await expect(dynamoQuoteStore(table).get('fxq_1')).rejects.toMatchObject({
      code: 'fx.unreadable_quote',
      retryable: false,
    });
  });
});
