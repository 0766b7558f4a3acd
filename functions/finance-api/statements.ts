import * as z from 'zod/mini';
import { ClosePeriod } from '../../events/finance/close-period.v1.ts';
import { presentLines, presentStatement } from '../../src/process/statement-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { wholeNumber } from '../_shared/environment.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody, parseQuery } from '../_shared/request.ts';
import { callers, lanes, lines, statements } from './ports.ts';

const BODY_LIMIT_BYTES = 4_096;

const SCOPE = 'finance:read';
const LIST_LIMIT = 100;

const NoQuery = z.strictObject({});
const PageQuery = z.strictObject({
  page: z.optional(
    wholeNumber.check(z.refine((page) => page > 0, { error: 'Pages count from 1.' })),
  ),
});

const notFound = (what: string, code: string): ProblemError =>
  new ProblemError({ status: 404, code, detail: `There is no such ${what}.` });

/** `GET /v1/statements`: the statements that were read, the latest to arrive first. */
export const getStatements: HttpHandler = async (event) => {
  await authenticate(callers, event, SCOPE);
  parseQuery(event, NoQuery);
  const heads = await statements.listStatements({ limit: LIST_LIMIT });
  return jsonResponse(200, { data: heads.map(presentStatement) });
};

/** `GET /v1/statements/{statementId}?page=`: one statement and a page of its lines. */
export const getStatement: HttpHandler = async (event) => {
  await authenticate(callers, event, SCOPE);
  const { page = 1 } = parseQuery(event, PageQuery);
  const head = await statements.getStatement(event.pathParameters?.['statementId'] ?? '');
  if (head === undefined) throw notFound('statement', 'statement.not_found');
  return jsonResponse(200, await presentLines({ lines, lanes }, head, page));
};

/** `GET /v1/statement-files/{fileId}`: whether a file has been read, and what came of it. */
export const getStatementFile: HttpHandler = async (event) => {
  await authenticate(callers, event, SCOPE);
  const file = await statements.getFile(event.pathParameters?.['fileId'] ?? '');
  if (file === undefined) throw notFound('file', 'statement_file.not_found');
  return jsonResponse(200, file);
};

/** `POST /v1/statement-files/{fileId}/discard`: nothing of a file that was not read is missing. */
export const discardFile: HttpHandler = async (event) => {
  const { actorId: by } = await authenticate(callers, event, 'finance:close');
  const { reason } = parseBody(event, { schema: ClosePeriod, limitBytes: BODY_LIMIT_BYTES });
  const file = await statements.getFile(event.pathParameters?.['fileId'] ?? '');
  if (file === undefined) throw notFound('file', 'statement_file.not_found');
  if (file.status === 'read') {
    const detail = 'This file was read: its statements count.';
    throw new ProblemError({ status: 409, code: 'statement_file.read', detail });
  }
  if (file.status === 'discarded') return jsonResponse(200, file);
  const discarded = { by, reason: reason.trim(), at: now().toISOString() };
  await statements.putFile({ ...file, status: 'discarded', discarded });
  return jsonResponse(200, await statements.getFile(file.fileId));
};
