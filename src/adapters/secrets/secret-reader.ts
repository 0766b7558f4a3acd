import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';

const CACHE_MS = 300_000;

/**
 * Reads a JSON secret and checks its shape. The value is kept for five minutes, so that a rotated
 * secret is taken up without a deploy.
 */
export function secretReader<T>(options: {
  readonly client: SecretsManagerClient;
  readonly secretArn: string;
  readonly schema: z.ZodMiniType<T>;
  readonly now: () => Date;
}): () => Promise<T> {
  let cached: { readonly value: T; readonly readAt: number } | undefined;
  return async () => {
    const at = options.now().getTime();
    if (cached !== undefined && at - cached.readAt < CACHE_MS) return cached.value;
    const answer = await options.client.send(
      new GetSecretValueCommand({ SecretId: options.secretArn }),
    );
    const value = options.schema.parse(JSON.parse(answer.SecretString ?? ''));
    cached = { value, readAt: at };
    return value;
  };
}
