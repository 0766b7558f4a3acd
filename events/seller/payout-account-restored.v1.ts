import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** An account that was impaired can be paid again. */
export const PayoutAccountRestored = z.strictObject({
  type: z.literal('PayoutAccountRestored'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  payoutAccountId: opaqueId,
  restoredAt: instant,
});
export type PayoutAccountRestored = z.infer<typeof PayoutAccountRestored>;
