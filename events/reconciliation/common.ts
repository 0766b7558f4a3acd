import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** Why somebody did it, for whoever reads the record later. */
export const reason = z.string().check(z.minLength(3), z.maxLength(500));

/** What takes a difference that a person accepts: fees, exchange, rounding, charges of the bank. */
export const differenceAccount = z.enum(['5000', '5200', '5300', '5500']);
export type DifferenceAccount = z.infer<typeof differenceAccount>;

/** The account that is wrong by a difference, and who bears it. */
export const writeOffPosting = z.strictObject({
  asset: z.enum(['1100', '1200', '1400', '2900']),
  against: z.enum(['5000', '5200', '5500']),
  scope: z.optional(opaqueId),
});

/** Who took a step on a break, when, and why. People are opaque ids. */
export const step = { by: opaqueId, reason, at: instant };
