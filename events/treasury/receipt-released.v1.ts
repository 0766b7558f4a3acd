import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * A receipt leaves suspense without a trade: it turned out to be a movement that is booked by itself
 * (`matched`), goes back to whoever sent it (`sent_back`), or nobody will ever know whose it is
 * (`written_off`).
 */
export const ReceiptReleased = z.strictObject({
  type: z.literal('ReceiptReleased'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  reason: z.enum(['matched', 'sent_back', 'written_off']),
  occurredAt: instant,
});
export type ReceiptReleased = z.infer<typeof ReceiptReleased>;
