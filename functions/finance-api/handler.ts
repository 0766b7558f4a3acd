import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, routedFunction } from '../_shared/http.ts';
import { getStatement, getStatementFile, getStatements } from './statements.ts';
import { postStatement, postUpload } from './uploads.ts';

// The small zod has no words of its own; a finance engineer reads these.
z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/statements': getStatements,
  'GET /v1/statements/{statementId}': getStatement,
  'POST /v1/statements': postStatement,
  'POST /v1/statements/uploads': postUpload,
  'GET /v1/statement-files/{fileId}': getStatementFile,
};

/** What finance reconciles and closes with. */
export const handler = routedFunction(routes);
