import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, routedFunction } from '../_shared/http.ts';
import { getBreak, getBreaks, getCandidates, postStep } from './breaks.ts';
import { getLineChain, getTradeChain } from './chains.ts';
import { overviewRoutes } from './overview.ts';
import { getPeriod, getPeriods, postPeriod } from './periods.ts';
import { getReport } from './reports.ts';
import { discardFile, getStatement, getStatementFile, getStatements } from './statements.ts';
import { postStatement, postUpload } from './uploads.ts';

// The small zod has no words of its own; a finance engineer reads these.
z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/statements': getStatements,
  'GET /v1/statements/{statementId}': getStatement,
  'POST /v1/statements': postStatement,
  'POST /v1/statements/uploads': postUpload,
  'GET /v1/statement-files/{fileId}': getStatementFile,
  'POST /v1/statement-files/{fileId}/discard': discardFile,
  'GET /v1/breaks': getBreaks,
  'GET /v1/breaks/{breakId}': getBreak,
  'GET /v1/breaks/{breakId}/candidates': getCandidates,
  'POST /v1/breaks/{breakId}/assign': postStep('assign'),
  'POST /v1/breaks/{breakId}/explain': postStep('explain'),
  'POST /v1/breaks/{breakId}/match': postStep('match'),
  'POST /v1/breaks/{breakId}/write-off': postStep('write_off'),
  'POST /v1/breaks/{breakId}/send-back': postStep('send_back'),
  'POST /v1/breaks/{breakId}/approve': postStep('approve'),
  'POST /v1/breaks/{breakId}/decline': postStep('decline'),
  'GET /v1/trades/{tradeId}/chain': getTradeChain,
  'GET /v1/bank-lines/{lineId}/chain': getLineChain,
  'GET /v1/periods': getPeriods,
  'GET /v1/periods/{period}': getPeriod,
  'GET /v1/periods/{period}/reports/{report}': getReport,
  'POST /v1/periods/{period}/soft-close': postPeriod('soft_close'),
  'POST /v1/periods/{period}/lock': postPeriod('lock'),
  'POST /v1/periods/{period}/reopen': postPeriod('reopen'),
  'POST /v1/periods/{period}/reopen/approve': postPeriod('approve_reopening'),
  ...overviewRoutes,
};

/** What finance reconciles and closes with. */
export const handler = routedFunction(routes);
