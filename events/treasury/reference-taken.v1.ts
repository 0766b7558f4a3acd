import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The bank calls a line by this reference, and the line is matched, or a person has said what becomes of it:
 * nothing else is booked under the reference. `movementId` is the reference, or the line's own id; `returned:`
 * before it where the line brought that payment back.
 */
export const ReferenceTaken = z.strictObject({
  type: z.literal('ReferenceTaken'),
  version: z.literal(1),
  movementId: opaqueId,
  lineId: opaqueId,
  occurredAt: instant,
});
export type ReferenceTaken = z.infer<typeof ReferenceTaken>;
