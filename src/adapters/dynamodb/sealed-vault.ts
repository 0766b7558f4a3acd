import { hkdfSync, randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import { KEY_BYTES, open, seal } from '../sealing/cipher.ts';

/** A vault's item under a key of its own, wrapped by the master key. */
export type SealedVault<T> = {
  /** Keeps the content under the subject; the first one stays if it is put again. */
  put(subject: string, content: T): Promise<void>;
  get(subject: string): Promise<T>;
};

/** Where a vault's items are, what wraps their keys, and what it says of those it can't give. */
type SealedTable = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** The secret that wraps data keys: any text of 43 characters or more. */
  readonly masterSecret: () => Promise<string>;
  readonly missing: (subject: string) => Error;
  readonly unreadable: (subject: string) => Error;
};

const wrappingKey = async ({ masterSecret }: Pick<SealedTable, 'masterSecret'>) =>
  new Uint8Array(
    hkdfSync('sha256', await masterSecret(), '', 'tradelane/party-vault/v1', KEY_BYTES),
  );

/**
 * The data key of a subject, and the content that is sealed under it.
 *
 * @throws what `missing` gives where the subject was never kept or its key was destroyed; what
 * `unreadable` gives where the key does not open.
 */
export async function readSealed(
  table: SealedTable,
  subject: string,
): Promise<{ readonly dataKey: Uint8Array; readonly sealed: Uint8Array }> {
  const { client, tableName, missing, unreadable } = table;
  const { Item: item } = await client.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { pk: { S: subject } },
      ConsistentRead: true,
    }),
  );
  const wrappedKey = item?.['key']?.B;
  const sealed = item?.['profile']?.B;
  if (wrappedKey === undefined || sealed === undefined) throw missing(subject);
  const key = await wrappingKey(table);
  try {
    return { dataKey: open(key, wrappedKey, subject), sealed };
  } catch {
    throw unreadable(subject);
  }
}

/**
 * A vault: each subject's content encrypted under a data key of its own, which is stored wrapped by
 * the master key. Destroying the wrapped key erases the subject and leaves the books as they are.
 */
export function sealedVault<T>(
  options: SealedTable & { readonly schema: z.ZodMiniType<T> },
): SealedVault<T> {
  const { client, tableName, schema, unreadable } = options;
  return {
    put: async (subject, content) => {
      const dataKey = randomBytes(KEY_BYTES);
      const item = {
        pk: { S: subject },
        key: { B: seal(await wrappingKey(options), dataKey, subject) },
        profile: { B: seal(dataKey, Buffer.from(JSON.stringify(content)), subject) },
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    get: async (subject) => {
      const { dataKey, sealed } = await readSealed(options, subject);
      try {
        const content = open(dataKey, sealed, subject);
        return schema.parse(JSON.parse(content.toString('utf8')));
      } catch {
        // The error of a parser may quote the content, so it is not passed on as a cause.
        throw unreadable(subject);
      }
    },
  };
}
