import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';
import { secretReader } from '../../src/adapters/secrets/secret-reader.ts';
import { now } from './clients.ts';

/** Reads a secret of the given shape, and keeps it for a while. */
export const secret = <T>(secretArn: string, schema: z.ZodMiniType<T>): (() => Promise<T>) =>
  secretReader({ client: new SecretsManagerClient({ maxAttempts: 3 }), secretArn, schema, now });
