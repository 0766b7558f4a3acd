import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** The difference is given up. `approvedBy` is the second person, where the limit asked for one. */
export const BreakWrittenOff = z.strictObject({
  type: z.literal('BreakWrittenOff'),
  version: z.literal(1),
  breakId: opaqueId,
  amount: signedMoneySchema,
  approvedBy: z.nullable(opaqueId),
  ...step,
});
export type BreakWrittenOff = z.infer<typeof BreakWrittenOff>;
