import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** A suspended receipt turned out to be a buyer's money for a trade. */
export const ReceiptIdentified = z.strictObject({
  type: z.literal('ReceiptIdentified'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  tradeId: opaqueId,
  occurredAt: instant,
});
export type ReceiptIdentified = z.infer<typeof ReceiptIdentified>;
