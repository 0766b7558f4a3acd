import * as z from 'zod/mini';
import { instant, positiveInt } from '../common.ts';

/**
 * One worker is about to buy the label at a carrier that would sell it twice. Nobody else buys until
 * the claim is older than any worker can live; whoever buys then asks the carrier first.
 */
export const PurchaseClaimed = z.strictObject({
  type: z.literal('PurchaseClaimed'),
  version: z.literal(1),
  attempt: positiveInt,
  claimedAt: instant,
});
export type PurchaseClaimed = z.infer<typeof PurchaseClaimed>;
