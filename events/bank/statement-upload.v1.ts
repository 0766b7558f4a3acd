import * as z from 'zod/mini';
import { sha256 } from '../common.ts';

/** What the statement reader takes; banks split above that. */
const LARGEST_FILE_BYTES = 33_554_432;

/** The body of `POST /v1/statements/uploads`: a file that will be put, as exactly these bytes. */
export const StatementUpload = z.strictObject({
  /** Lower-case hex. */
  sha256,
  sizeBytes: z.int().check(z.gte(1), z.lte(LARGEST_FILE_BYTES)),
});
export type StatementUpload = z.infer<typeof StatementUpload>;
