import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier will not sell a label for this shipment; a person must correct what it refuses. */
export const LabelRefused = z.strictObject({
  type: z.literal('LabelRefused'),
  version: z.literal(1),
  shipmentId: opaqueId,
  code: z.string().check(z.minLength(1), z.maxLength(80)),
  /** What of the order the carrier complains of, such as `to.postalCode`, where it says so. */
  fields: z.optional(z.array(opaqueId)),
});
export type LabelRefused = z.infer<typeof LabelRefused>;
