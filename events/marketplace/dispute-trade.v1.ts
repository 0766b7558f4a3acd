import * as z from 'zod/mini';
import { sha256 } from '../common.ts';

const milestoneId = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));

/**
 * The body of `POST /v1/trades/{tradeId}/disputes`. Without `milestoneIds` everything that is still
 * held is disputed. `evidenceSha256` is the hash of what the marketplace keeps as evidence.
 */
export const DisputeTrade = z.strictObject({
  milestoneIds: z.optional(z.array(milestoneId).check(z.minLength(1), z.maxLength(20))),
  reason: z.enum(['not_received', 'not_as_described', 'damaged', 'incomplete', 'other']),
  evidenceSha256: z.optional(sha256),
});
export type DisputeTrade = z.infer<typeof DisputeTrade>;
