import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier will not sell a label for this shipment; a person must correct what it refuses. */
export const LabelRefused = z.strictObject({
  type: z.literal('LabelRefused'),
  version: z.literal(1),
  shipmentId: opaqueId,
  code: z.string().check(z.minLength(1), z.maxLength(80)),
});
export type LabelRefused = z.infer<typeof LabelRefused>;
