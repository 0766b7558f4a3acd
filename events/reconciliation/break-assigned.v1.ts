import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** Somebody is to look after the break. */
export const BreakAssigned = z.strictObject({
  type: z.literal('BreakAssigned'),
  version: z.literal(1),
  breakId: opaqueId,
  assignee: opaqueId,
  ...step,
});
export type BreakAssigned = z.infer<typeof BreakAssigned>;
