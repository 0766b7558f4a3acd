import * as z from 'zod/mini';
import { step } from '../reconciliation/common.ts';
import { periodId } from './common.ts';

/** Somebody has begun to close the period: what is still open is worked off. */
export const PeriodSoftClosed = z.strictObject({
  type: z.literal('PeriodSoftClosed'),
  version: z.literal(1),
  period: periodId,
  ...step,
});
export type PeriodSoftClosed = z.infer<typeof PeriodSoftClosed>;
