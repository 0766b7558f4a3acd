import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * What was broken is so no longer: later items match it, it is not expected any more, or the total is
 * right again.
 */
export const BreakCleared = z.strictObject({
  type: z.literal('BreakCleared'),
  version: z.literal(1),
  breakId: opaqueId,
  matchedBy: z.array(opaqueId),
  clearedAt: instant,
});
export type BreakCleared = z.infer<typeof BreakCleared>;
