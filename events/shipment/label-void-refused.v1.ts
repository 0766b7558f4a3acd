import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier does not take the label back, mostly because it has scanned the parcel. */
export const LabelVoidRefused = z.strictObject({
  type: z.literal('LabelVoidRefused'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  code: z.string().check(z.minLength(1), z.maxLength(80)),
});
export type LabelVoidRefused = z.infer<typeof LabelVoidRefused>;
