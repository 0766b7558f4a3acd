import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** Somebody knows why; the break stays open until it is resolved. */
export const BreakExplained = z.strictObject({
  type: z.literal('BreakExplained'),
  version: z.literal(1),
  breakId: opaqueId,
  ...step,
});
export type BreakExplained = z.infer<typeof BreakExplained>;
