import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The platform moved its own money into the segregated account, to make good what fees, losses or
 * a chargeback took from it, or swept its earned fee out of it.
 */
export const OwnFundsMoved = z.strictObject({
  type: z.literal('OwnFundsMoved'),
  version: z.literal(1),
  movementId: opaqueId,
  direction: z.enum(['top_up', 'sweep']),
  amount: positiveMoneySchema,
  occurredAt: instant,
});
export type OwnFundsMoved = z.infer<typeof OwnFundsMoved>;
