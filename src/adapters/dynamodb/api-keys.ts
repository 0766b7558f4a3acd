import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ApiKeyRegistry } from '../../parties/ports.ts';
import { sha256Hex } from '../../platform/ids.ts';
import type { Item } from './record-item.ts';

/** The item under which an API key is known: its hash, its owner and what it allows. */
export const apiKeyItem = (
  apiKey: string,
  { marketplaceId, scopes }: { readonly marketplaceId: string; readonly scopes: readonly string[] },
): Item => ({
  pk: { S: `api-key#${sha256Hex(apiKey)}` },
  marketplaceId: { S: marketplaceId },
  // A set may not be empty.
  ...(scopes.length === 0 ? {} : { scopes: { SS: [...scopes] } }),
});

/** API keys by their hash. A leaked table names no key. */
export const dynamoApiKeys = ({
  client,
  tableName,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): ApiKeyRegistry => ({
  find: async (apiKey) => {
    const { Item: item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: { pk: { S: `api-key#${sha256Hex(apiKey)}` } },
      }),
    );
    const marketplaceId = item?.['marketplaceId']?.S;
    return marketplaceId === undefined
      ? undefined
      : { marketplaceId, scopes: item?.['scopes']?.SS ?? [] };
  },
});
