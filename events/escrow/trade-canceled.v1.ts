import * as z from 'zod/mini';
import { instant } from '../common.ts';

/** Closed before payment; the provider can no longer take money for it. */
export const TradeCanceled = z.strictObject({
  type: z.literal('TradeCanceled'),
  version: z.literal(1),
  canceledAt: instant,
});
export type TradeCanceled = z.infer<typeof TradeCanceled>;
