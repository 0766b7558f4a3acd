import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** A later item matched what was broken: matching resolved it by itself. */
export const BreakCleared = z.strictObject({
  type: z.literal('BreakCleared'),
  version: z.literal(1),
  breakId: opaqueId,
  matchedBy: z.array(opaqueId),
  clearedAt: instant,
});
export type BreakCleared = z.infer<typeof BreakCleared>;
