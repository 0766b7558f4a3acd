import * as z from 'zod/mini';
import { step } from '../reconciliation/common.ts';
import { periodId } from './common.ts';

/** Somebody wants to open a locked period; a second person has to agree. */
export const PeriodReopeningProposed = z.strictObject({
  type: z.literal('PeriodReopeningProposed'),
  version: z.literal(1),
  period: periodId,
  ...step,
});
export type PeriodReopeningProposed = z.infer<typeof PeriodReopeningProposed>;
