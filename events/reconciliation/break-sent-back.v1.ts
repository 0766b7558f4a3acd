import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** Money that is not ours goes back to whoever sent it. */
export const BreakSentBack = z.strictObject({
  type: z.literal('BreakSentBack'),
  version: z.literal(1),
  breakId: opaqueId,
  amount: signedMoneySchema,
  ...step,
});
export type BreakSentBack = z.infer<typeof BreakSentBack>;
