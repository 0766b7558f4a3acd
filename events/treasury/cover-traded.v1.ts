import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * A position between two currencies was covered on the segregated account: `sold` for `bought`.
 * `carried` is what the position stood at in the currency sold; the difference is realized.
 */
export const CoverTraded = z.strictObject({
  type: z.literal('CoverTraded'),
  version: z.literal(1),
  movementId: opaqueId,
  sold: positiveMoneySchema,
  bought: positiveMoneySchema,
  carried: positiveMoneySchema,
  occurredAt: instant,
});
export type CoverTraded = z.infer<typeof CoverTraded>;
