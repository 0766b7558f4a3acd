import * as z from 'zod/mini';
import { instant } from '../common.ts';

/** Not paid in time; the provider can no longer take money for it. */
export const TradeExpired = z.strictObject({
  type: z.literal('TradeExpired'),
  version: z.literal(1),
  expiredAt: instant,
});
export type TradeExpired = z.infer<typeof TradeExpired>;
