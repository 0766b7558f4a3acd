import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** A write-off above the limit of one person waits for a second one. */
export const WriteOffProposed = z.strictObject({
  type: z.literal('WriteOffProposed'),
  version: z.literal(1),
  breakId: opaqueId,
  amount: signedMoneySchema,
  ...step,
});
export type WriteOffProposed = z.infer<typeof WriteOffProposed>;
