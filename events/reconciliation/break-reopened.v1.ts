import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * What a person matched by hand was used otherwise in the same moment: the match holds for nothing, and
 * the break is open again. `taken` are the items that were used.
 */
export const BreakReopened = z.strictObject({
  type: z.literal('BreakReopened'),
  version: z.literal(1),
  breakId: opaqueId,
  taken: z.array(opaqueId).check(z.minLength(1)),
  reopenedAt: instant,
});
export type BreakReopened = z.infer<typeof BreakReopened>;
