import * as z from 'zod/mini';
import { instant } from '../common.ts';

/** Every milestone is paid; the trade is over, unless a payment comes back from the bank. */
export const TradeSettled = z.strictObject({
  type: z.literal('TradeSettled'),
  version: z.literal(1),
  settledAt: instant,
});
export type TradeSettled = z.infer<typeof TradeSettled>;
