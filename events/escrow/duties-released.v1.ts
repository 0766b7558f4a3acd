import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { RefundPart } from './refund-requested.v1.ts';

/** Customs took less than was set aside: the rest is held for the milestones again. */
export const DutiesReleased = z.strictObject({
  type: z.literal('DutiesReleased'),
  version: z.literal(1),
  tradeId: opaqueId,
  dutyId: opaqueId,
  amount: positiveMoneySchema,
  parts: z.array(RefundPart),
  releasedAt: instant,
});
export type DutiesReleased = z.infer<typeof DutiesReleased>;
