import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** A person says that these items are one movement: equal amounts of one currency. */
export const BreakMatched = z.strictObject({
  type: z.literal('BreakMatched'),
  version: z.literal(1),
  breakId: opaqueId,
  left: z.array(opaqueId),
  right: z.array(opaqueId),
  amount: signedMoneySchema,
  ...step,
});
export type BreakMatched = z.infer<typeof BreakMatched>;
