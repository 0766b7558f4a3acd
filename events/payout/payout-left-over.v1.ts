import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber, payoutPart } from './common.ts';

/** What the rail can't pay to the last minor unit is left over and waits for the seller's next payout. */
export const PayoutLeftOver = z.strictObject({
  type: z.literal('PayoutLeftOver'),
  version: z.literal(1),
  payoutId: opaqueId,
  attempt: attemptNumber,
  destination: opaqueId,
  parts: z.array(payoutPart).check(z.minLength(1)),
});
export type PayoutLeftOver = z.infer<typeof PayoutLeftOver>;
