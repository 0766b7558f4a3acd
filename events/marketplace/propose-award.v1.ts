import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';

/**
 * The body of `POST /v1/trades/{tradeId}/disputes/{disputeId}/proposals`: what the buyer is to get of
 * the disputed amount, in the trade's currency, and which side proposes it.
 */
export const ProposeAward = z.strictObject({
  by: z.enum(['buyer', 'seller']),
  toBuyer: moneySchema,
});
export type ProposeAward = z.infer<typeof ProposeAward>;
