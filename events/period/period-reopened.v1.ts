import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { step } from '../reconciliation/common.ts';
import { periodId } from './common.ts';

/** A second person agreed: the period is open, and its snapshot is no longer the books' word. */
export const PeriodReopened = z.strictObject({
  type: z.literal('PeriodReopened'),
  version: z.literal(1),
  period: periodId,
  proposedBy: opaqueId,
  ...step,
});
export type PeriodReopened = z.infer<typeof PeriodReopened>;
