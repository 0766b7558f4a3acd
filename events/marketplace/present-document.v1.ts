import * as z from 'zod/mini';
import { sha256 } from '../common.ts';
import { DocumentType } from '../escrow/document-presented.v1.ts';

/** The body of `POST /v1/trades/{tradeId}/milestones/{milestoneId}/documents`. */
export const PresentDocument = z.strictObject({
  documentType: DocumentType,
  documentSha256: sha256,
});
export type PresentDocument = z.infer<typeof PresentDocument>;
