import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ClosePeriod } from '../../events/finance/close-period.v1.ts';
import { addMonths, isPeriod, periodOf } from '../../src/ledger/months.ts';
import {
  closePeriod,
  type PeriodVerb,
  periodFacts,
  readPeriod,
} from '../../src/process/close-period.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, periodPorts } from './ports.ts';

const BODY_LIMIT_BYTES = 4_096;
const LIST_MONTHS = 13;

export const notFound = (code: string, detail: string): ProblemError =>
  new ProblemError({ status: 404, code, detail });

/** A month that has begun. @throws ProblemError 404. */
export function periodIn({ pathParameters }: APIGatewayProxyEventV2): string {
  const period = pathParameters?.['period'] ?? '';
  if (isPeriod(period) && period <= periodOf(now().toISOString())) return period;
  throw notFound('period.not_found', 'Expected a month that has begun, as YYYY-MM.');
}

/** `GET /v1/periods`: this month and the twelve before it, the latest first. */
export const getPeriods: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  const current = periodOf(now().toISOString());
  const periods = Array.from({ length: LIST_MONTHS }, (_, index) => addMonths(current, -index));
  const data = await Promise.all(
    periods.map(async (period) => ({ period, ...(await readPeriod(periodPorts, period)) })),
  );
  return jsonResponse(200, { data: data.map(({ period, status }) => ({ period, status })) });
};

/** `GET /v1/periods/{period}`: its status, and the checklist that shows what is red and why. */
export const getPeriod: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  return jsonResponse(200, await present(periodIn(event)));
};

async function present(period: string) {
  const state = await readPeriod(periodPorts, period);
  const { checks } = await periodFacts(periodPorts, period);
  return { period, ...state, checks };
}

/** `POST /v1/periods/{period}/…`: one step of whoever holds the key, with a reason. */
export const postPeriod =
  (verb: PeriodVerb): HttpHandler =>
  async (event) => {
    const { actorId: by } = await authenticate(callers, event, 'finance:close');
    const period = periodIn(event);
    const { reason } = parseBody(event, { schema: ClosePeriod, limitBytes: BODY_LIMIT_BYTES });
    const { requestId } = event.requestContext;
    const outcome = await closePeriod(periodPorts, verb, { period, by, reason, requestId });
    if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
      throw new ProblemError({ status: 409, code: outcome.code, detail: outcome.detail });
    }
    return jsonResponse(200, await present(period));
  };
