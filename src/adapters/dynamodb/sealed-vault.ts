import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, tag and ciphertext in one. `context` is authenticated: moved elsewhere, it won't open. */
function seal(key: Uint8Array, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** A shortened tag is refused: by default the cipher would take one of four bytes. */
function open(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}

/** A vault's item under a key of its own, wrapped by the master key. */
export type SealedVault<T> = {
  /** Keeps the content under the subject; the first one stays if it is put again. */
  put(subject: string, content: T): Promise<void>;
  get(subject: string): Promise<T>;
};

/**
 * A vault: each subject's content encrypted under a data key of its own, which is stored wrapped by
 * the master key. Destroying the wrapped key erases the subject and leaves the books as they are.
 */
export function sealedVault<T>(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** The secret that wraps data keys: any text of 43 characters or more. */
  readonly masterSecret: () => Promise<string>;
  readonly schema: z.ZodMiniType<T>;
  readonly missing: (subject: string) => Error;
  readonly unreadable: (subject: string) => Error;
}): SealedVault<T> {
  const { client, tableName, masterSecret, schema, missing, unreadable } = options;
  const wrappingKey = async () =>
    new Uint8Array(
      hkdfSync('sha256', await masterSecret(), '', 'tradelane/party-vault/v1', KEY_BYTES),
    );

  return {
    put: async (subject, content) => {
      const dataKey = randomBytes(KEY_BYTES);
      const item = {
        pk: { S: subject },
        key: { B: seal(await wrappingKey(), dataKey, subject) },
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
      const key = await wrappingKey();
      try {
        const content = open(open(key, wrappedKey, subject), sealed, subject);
        return schema.parse(JSON.parse(content.toString('utf8')));
      } catch {
        // The error of a parser may quote the content, so it is not passed on as a cause.
        throw unreadable(subject);
      }
    },
  };
}
