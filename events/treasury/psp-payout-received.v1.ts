import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** A payout of the payment provider arrived on the segregated bank account. */
export const PspPayoutReceived = z.strictObject({
  type: z.literal('PspPayoutReceived'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  occurredAt: instant,
});
export type PspPayoutReceived = z.infer<typeof PspPayoutReceived>;
