import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The intent to give the label back: nothing is to be sent any more, and nothing was handed over. */
export const LabelVoidRequested = z.strictObject({
  type: z.literal('LabelVoidRequested'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  requestedAt: instant,
});
export type LabelVoidRequested = z.infer<typeof LabelVoidRequested>;
