import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The trade was blocked when this money had been sent already. It is not taken back; whoever reports the
 * case reports that it is gone.
 */
export const PayoutSentBeforeBlock = z.strictObject({
  type: z.literal('PayoutSentBeforeBlock'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  caseId: opaqueId,
  transferId: opaqueId,
  amount: moneySchema,
  notedAt: instant,
});
export type PayoutSentBeforeBlock = z.infer<typeof PayoutSentBeforeBlock>;
