import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The provider holds a transfer for this payout. */
export const PayoutSubmitted = z.strictObject({
  type: z.literal('PayoutSubmitted'),
  version: z.literal(1),
  payoutId: opaqueId,
  transferId: opaqueId,
  submittedAt: instant,
});
export type PayoutSubmitted = z.infer<typeof PayoutSubmitted>;
