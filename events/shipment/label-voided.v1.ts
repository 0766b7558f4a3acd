import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * The label will not be used. `requested`: its carrier looks first whether it was. `not_billed`: its
 * carrier bills only what it has scanned.
 */
export const LabelVoided = z.strictObject({
  type: z.literal('LabelVoided'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  outcome: z.enum(['voided', 'requested', 'not_billed']),
});
export type LabelVoided = z.infer<typeof LabelVoided>;
