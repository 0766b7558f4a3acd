import * as z from 'zod/mini';
import { reason } from '../reconciliation/common.ts';

/** The body of every step on a period: why. */
export const ClosePeriod = z.strictObject({ reason });
export type ClosePeriod = z.infer<typeof ClosePeriod>;
