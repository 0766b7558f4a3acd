import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { writeReport } from '../../console/papers/report.ts';
import { type ReportLanguage, reportLanguages } from '../../console/papers/report-words.ts';
import { printReport } from '../../src/adapters/pdf/pdf-report.ts';
import { addMonths, lastDayOf } from '../../src/ledger/months.ts';
import { batchesOfMonth } from '../../src/process/batch-view.ts';
import { periodFacts, readPeriod } from '../../src/process/close-period.ts';
import {
  type ReportName,
  reportNames,
  reportOf,
  reportsByOccurrence,
  toCsv,
} from '../../src/process/period-reports.ts';
import { bases, trialBalanceBy } from '../../src/process/trial-balance.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { bundledFonts } from '../_shared/fonts.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { headerOf, parseQuery } from '../_shared/request.ts';
import { notFound, periodIn } from './periods.ts';
import { batchPorts, callers, periodPorts } from './ports.ts';

const formats = ['json', 'csv', 'pdf'] as const;
type Format = (typeof formats)[number];

const Query = z.strictObject({
  format: z.optional(z.enum(formats)),
  lang: z.optional(z.enum(reportLanguages)),
  basis: z._default(z.enum(bases), 'booked'),
});

const fonts = bundledFonts(['kr']);

const isReport = (name: string): name is ReportName =>
  (reportNames as readonly string[]).includes(name);

/** `GET /v1/periods/{period}/reports/{report}?format=pdf&lang=ko`: a report of a month, to its end. */
export const getReport: HttpHandler = async (event) => {
  const { marketplaceId } = await authenticate(callers, event, 'finance:read');
  const period = periodIn(event);
  const name = event.pathParameters?.['report'] ?? '';
  if (!isReport(name)) throw notFound('report.not_found', `Expected ${reportNames.join(', ')}.`);
  const query = parseQuery(event, Query);
  const { format = acceptedFormat(event), lang = acceptedLanguage(event), basis } = query;
  if (basis === 'occurred' && !reportsByOccurrence.includes(name)) throw noSuchBasis(name);
  const { views } = periodPorts;
  const [booked, balances, before, state] = await Promise.all([
    periodFacts(periodPorts, period),
    trialBalanceBy(basis, views, lastDayOf(period)),
    trialBalanceBy(basis, views, lastDayOf(addMonths(period, -1))),
    readPeriod(periodPorts, period),
  ]);
  const facts = { ...booked, balances };
  const batches = () => batchesOfMonth(batchPorts, { marketplaceId, month: period });
  const report = await reportOf(name, { facts, before, basis, views, batches });
  const { asOf } = facts;
  if (format === 'json') return jsonResponse(200, { period, asOf, report: name, basis, ...report });
  if (format === 'csv')
    return fileOf(toCsv(report), `${period}-${name}${basis === 'booked' ? '' : `-${basis}`}.csv`);
  const platform = event.requestContext.domainName;
  const written = writeReport({ name, report, period, asOf, state, platform }, lang);
  return fileOf(await printReport(written, fonts), `${period}-${name}-${lang}.pdf`);
};

const noSuchBasis = (name: ReportName): ProblemError =>
  new ProblemError({
    ...{ status: 400, code: 'report.basis_unknown' },
    detail: `${name} is told as it was booked.`,
  });

const fileOf = (content: string | Buffer, name: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: {
    'content-type': typeof content === 'string' ? 'text/csv; charset=utf-8' : 'application/pdf',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  },
  body: typeof content === 'string' ? content : content.toString('base64'),
  isBase64Encoded: typeof content !== 'string',
});

/** What the query does not say, the headers may: the first of our formats that they name. */
function acceptedFormat(event: APIGatewayProxyEventV2): Format {
  const [named = ''] =
    headerOf(event, 'accept')?.match(/application\/(?:json|pdf)|text\/csv/i) ?? [];
  return formats.find((format) => named.toLowerCase().endsWith(format)) ?? 'json';
}

const acceptedLanguage = (event: APIGatewayProxyEventV2): ReportLanguage =>
  /^\s*ko\b/i.test(headerOf(event, 'accept-language') ?? '') ? 'ko' : 'en';
