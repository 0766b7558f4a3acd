import { createHash } from 'node:crypto';
import { StatementUpload } from '../../events/bank/statement-upload.v1.ts';
import { fileIdFor, type StatementFile } from '../../src/reconciliation/stored-statement.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { limitBody, parseBody } from '../_shared/request.ts';
import { callers, files, statements } from './ports.ts';

const SCOPE = 'finance:post';
/** Lambda takes requests of 6 MB, and a body that is no text comes a third larger. */
const FILE_LIMIT_BYTES = 4_194_304;
const BODY_LIMIT_BYTES = 1_024;
const URL_SECONDS = 900;

/** Under its own hash: the same file again is the same object. */
const keyOf = (sha256: string): string => `api/${sha256}`;

/** Notes that the file is on its way; answers what is known of it by now. */
async function announce(sha256: string): Promise<StatementFile> {
  const fileId = fileIdFor(sha256);
  const known = await statements.getFile(fileId);
  if (known !== undefined) return known;
  const file: StatementFile = {
    ...{ fileId, status: 'received', receivedAt: now().toISOString() },
    ...{ format: null, statementIds: [], problems: [] },
  };
  await statements.putFile(file);
  return file;
}

/** `POST /v1/statements`: a file as it is. It is read soon after; its content says what it is. */
export const postStatement: HttpHandler = async (event) => {
  await authenticate(callers, event, SCOPE);
  const bytes = limitBody(event, FILE_LIMIT_BYTES);
  if (bytes.length === 0) {
    throw new ProblemError({
      ...{ status: 400, code: 'statement.empty', detail: 'The body is the file, and it is empty.' },
    });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = await announce(sha256);
  if (file.status !== 'received') return jsonResponse(200, file);
  await files.put(keyOf(sha256), bytes);
  return jsonResponse(202, file);
};

/** `POST /v1/statements/uploads`: where to put a file that is larger than a request may be. */
export const postUpload: HttpHandler = async (event) => {
  await authenticate(callers, event, SCOPE);
  const { sha256, sizeBytes } = parseBody(event, {
    ...{ schema: StatementUpload, limitBytes: BODY_LIMIT_BYTES },
  });
  const file = await announce(sha256);
  if (file.status !== 'received') return jsonResponse(200, file);
  const expiresAt = new Date(now().getTime() + URL_SECONDS * 1_000).toISOString();
  const { url, headers } = await files.signUpload({
    ...{ key: keyOf(sha256), sha256, sizeBytes, expiresInSeconds: URL_SECONDS },
  });
  return jsonResponse(202, { ...file, upload: { method: 'PUT', url, headers, expiresAt } });
};
