import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Matching found something that a person has to look at. `difference` is what others say, less what our books expect. */
export const BreakRaised = z.strictObject({
  type: z.literal('BreakRaised'),
  version: z.literal(1),
  breakId: opaqueId,
  rec: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']),
  breakType: z.enum([
    'missing',
    'unexpected',
    'over',
    'under',
    'currency',
    'duplicate',
    'returned',
    'split',
    'data',
  ]),
  left: z.array(opaqueId),
  right: z.array(opaqueId),
  difference: signedMoneySchema,
  since: z.iso.date(),
  raisedAt: instant,
});
export type BreakRaised = z.infer<typeof BreakRaised>;
