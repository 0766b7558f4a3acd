import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The intent to close an unpaid trade. The provider decides: a payment that is already made wins. */
export const CancellationRequested = z.strictObject({
  type: z.literal('CancellationRequested'),
  version: z.literal(1),
  tradeId: opaqueId,
  reason: z.enum(['marketplace', 'payment_window_over']),
});
export type CancellationRequested = z.infer<typeof CancellationRequested>;
