import * as z from 'zod/mini';
import { sha256 } from '../common.ts';

/**
 * The body of `POST /v1/trades/{tradeId}/block`: the case under which whoever screens the parties keeps
 * the hit, and the SHA-256 of their record of it.
 */
export const BlockTrade = z.strictObject({
  caseId: z.string().check(
    z.regex(/^[A-Za-z0-9_.-]{1,64}$/, {
      error: 'Expected the id of the case: 1 to 64 letters, digits, dots, dashes, underscores.',
    }),
  ),
  evidenceSha256: z.optional(sha256),
});
export type BlockTrade = z.infer<typeof BlockTrade>;
