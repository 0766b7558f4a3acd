import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { step } from './common.ts';

/** The second person does not agree: the break is open again. */
export const WriteOffDeclined = z.strictObject({
  type: z.literal('WriteOffDeclined'),
  version: z.literal(1),
  breakId: opaqueId,
  ...step,
});
export type WriteOffDeclined = z.infer<typeof WriteOffDeclined>;
