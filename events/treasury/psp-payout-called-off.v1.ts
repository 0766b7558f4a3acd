import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** A payout of the payment provider failed or was canceled: its money is on the balance there again. */
export const PspPayoutCalledOff = z.strictObject({
  type: z.literal('PspPayoutCalledOff'),
  version: z.literal(1),
  movementId: opaqueId,
  payoutId: opaqueId,
  code: opaqueId,
  occurredAt: instant,
});
export type PspPayoutCalledOff = z.infer<typeof PspPayoutCalledOff>;
