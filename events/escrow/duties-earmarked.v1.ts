import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { RefundPart } from './refund-requested.v1.ts';

/** A part of what is held is set aside for duties, so that it is released to no one. */
export const DutiesEarmarked = z.strictObject({
  type: z.literal('DutiesEarmarked'),
  version: z.literal(1),
  tradeId: opaqueId,
  dutyId: opaqueId,
  amount: positiveMoneySchema,
  parts: z.array(RefundPart),
  earmarkedAt: instant,
});
export type DutiesEarmarked = z.infer<typeof DutiesEarmarked>;
