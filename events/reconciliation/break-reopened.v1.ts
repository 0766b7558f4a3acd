import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { writeOffPosting } from './common.ts';

/**
 * What a person resolved was used otherwise in the same moment: the match holds for nothing, or the line
 * that was written off or sent back was identified by somebody else. The break is open again. `taken` are
 * the items that were used, `was` what it was resolved as where that was no match, and `reversed` what
 * had been booked with a write-off.
 */
export const BreakReopened = z.strictObject({
  type: z.literal('BreakReopened'),
  version: z.literal(1),
  breakId: opaqueId,
  taken: z.array(opaqueId).check(z.minLength(1)),
  was: z.optional(z.enum(['written_off', 'sent_back'])),
  reversed: z.optional(z.strictObject({ amount: signedMoneySchema, posting: writeOffPosting })),
  reopenedAt: instant,
});
export type BreakReopened = z.infer<typeof BreakReopened>;
