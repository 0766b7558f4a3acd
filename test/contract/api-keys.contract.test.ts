import { apiKeyItem, dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { inMemoryApiKeys } from '../../src/adapters/in-memory/api-keys.ts';
import { describeApiKeys } from '../support/describe-api-keys.ts';
import { putRaw, scanItems, textOf, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

describeApiKeys('memory', async () => {
  const registry = inMemoryApiKeys();
  return { registry, add: async (apiKey, client) => registry.add(apiKey, client) };
});

describeApiKeys('DynamoDB', async () => {
  const table = await dynamo().createTable('access');
  return {
    registry: dynamoApiKeys(table),
    add: (apiKey, client) => putRaw(table, apiKeyItem(apiKey, client)),
  };
});

describe('the table of API keys', () => {
  it('holds no key, nor any part of one', async () => {
    const table = await dynamo().createTable('access');
    const apiKey = 'tl_test_9f8e7d6c5b4a39281706';
    await putRaw(table, apiKeyItem(apiKey, { marketplaceId: 'mkt_1', scopes: ['checkout'] }));
    const text = textOf(await scanItems(table));
    expect(text).toContain('mkt_1');
    expect(text).not.toContain(apiKey);
    expect(text).not.toContain(apiKey.slice(-12));
    expect(text).not.toContain(Buffer.from(apiKey).toString('base64').slice(0, 16));
  });
});
