import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';
import { CodedError } from '../../platform/errors.ts';

const CACHE_MS = 300_000;

/**
 * Reads a JSON secret and checks its shape. The value is kept for five minutes, so that a rotated
 * secret is taken up without a deploy; whoever asks while it is being read waits for that reading.
 * A reading that fails is not kept.
 *
 * The function that is returned throws CodedError `secrets.malformed`, retryable because an
 * operator can mend it: until then messages wait in their queue.
 */
export function secretReader<T>(options: {
  readonly client: SecretsManagerClient;
  readonly secretArn: string;
  readonly schema: z.ZodMiniType<T>;
  readonly now: () => Date;
}): () => Promise<T> {
  let reading: { readonly value: Promise<T>; readonly startedAt: number } | undefined;
  return () => {
    const at = options.now().getTime();
    if (reading !== undefined && at - reading.startedAt < CACHE_MS) return reading.value;
    const started = { value: readSecret(options), startedAt: at };
    reading = started;
    started.value.catch(() => {
      if (reading === started) reading = undefined;
    });
    return started.value;
  };
}

async function readSecret<T>({
  client,
  secretArn,
  schema,
}: {
  readonly client: SecretsManagerClient;
  readonly secretArn: string;
  readonly schema: z.ZodMiniType<T>;
}): Promise<T> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const result = schema.safeParse(jsonOf(answer.SecretString ?? ''));
  if (result.success) return result.data;
  throw new CodedError({
    code: 'secrets.malformed',
    message: `The value of ${secretArn} is not what this function expects to find there.`,
    retryable: true,
    fields: { paths: result.error.issues.map(({ path }) => path.join('.')).join(' ') },
  });
}

/** A parser quotes what it fails on, and this is a secret: its error stops here. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
