import * as z from 'zod/mini';
import { instant, opaqueId, sha256 } from '../common.ts';

/** Papers that a milestone may wait for. */
export const DocumentType = z.enum([
  'bill_of_lading',
  'air_waybill',
  'forwarder_receipt',
  'inspection_certificate',
  'certificate_of_origin',
  'other',
]);
export type DocumentType = z.infer<typeof DocumentType>;

/** The paper that a milestone waits for was presented; the marketplace keeps it under its hash. */
export const DocumentPresented = z.strictObject({
  type: z.literal('DocumentPresented'),
  version: z.literal(1),
  tradeId: opaqueId,
  milestoneId: opaqueId,
  documentType: DocumentType,
  documentSha256: sha256,
  presentedAt: instant,
});
export type DocumentPresented = z.infer<typeof DocumentPresented>;
