import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, failureCode } from './common.ts';

/** A payout that waits was looked at again and still can't be made, for this reason; it is looked at again later. */
export const PayoutRetryDeferred = z.strictObject({
  type: z.literal('PayoutRetryDeferred'),
  version: z.literal(1),
  payoutId: opaqueId,
  attempt: attemptNumber,
  code: failureCode,
  retryAt: instant,
});
export type PayoutRetryDeferred = z.infer<typeof PayoutRetryDeferred>;
