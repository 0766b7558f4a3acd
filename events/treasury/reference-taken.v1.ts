import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The bank calls a line by this reference, and a person has said what becomes of the line: nothing else is
 * booked under the reference. `movementId` is the reference.
 */
export const ReferenceTaken = z.strictObject({
  type: z.literal('ReferenceTaken'),
  version: z.literal(1),
  movementId: opaqueId,
  lineId: opaqueId,
  occurredAt: instant,
});
export type ReferenceTaken = z.infer<typeof ReferenceTaken>;
