import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { payoutPart } from './common.ts';

/** A payout was settled that carried those of other milestones: each of them is told. */
export const CarriedPayoutsSettled = z.strictObject({
  type: z.literal('CarriedPayoutsSettled'),
  version: z.literal(1),
  payoutId: opaqueId,
  carried: z.array(payoutPart).check(z.minLength(1)),
  settledAt: instant,
});
export type CarriedPayoutsSettled = z.infer<typeof CarriedPayoutsSettled>;
