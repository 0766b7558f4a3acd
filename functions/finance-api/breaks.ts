import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { BreakStep } from '../../events/finance/break-step.v1.ts';
import { breakCandidates } from '../../src/process/break-candidates.ts';
import { breakPage } from '../../src/process/break-list.ts';
import { detailBreak, summarizeBreak } from '../../src/process/break-view.ts';
import { loadBreak, resolveBreak } from '../../src/process/resolve-break.ts';
import { breakTypes } from '../../src/reconciliation/outcome.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { wholeNumber } from '../_shared/environment.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody, parseQuery } from '../_shared/request.ts';
import { bankChargeLimits, breakPorts, callers, lanes, views } from './ports.ts';

const PAGE_SIZE = 500;
const BODY_LIMIT_BYTES = 131_072;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

const BreaksQuery = z.strictObject({
  status: z._default(z.enum(['open', 'write_off_proposed', 'resolved']), 'open'),
  kind: z.optional(z.enum(breakTypes)),
  rec: z.optional(z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])),
  age: z.optional(z.enum(['0-1', '2-3', '4-7', '8-30', '31-60', '60+'])),
  after: z.optional(
    z
      .string()
      .check(
        z.regex(/^[\x21-\x7e]{1,200}$/, { error: 'Expected the `next` of an earlier answer.' }),
      ),
  ),
  limit: z._default(
    wholeNumber.check(
      z.refine((size) => size > 0 && size <= PAGE_SIZE, {
        error: `Expected a whole number from 1 to ${PAGE_SIZE}.`,
      }),
    ),
    PAGE_SIZE,
  ),
});

const today = (): string => now().toISOString().slice(0, DAY_LENGTH);

const notFound = (): ProblemError =>
  new ProblemError({ status: 404, code: 'break.not_found', detail: 'There is no such break.' });

const breakIdOf = ({ pathParameters }: APIGatewayProxyEventV2): string =>
  pathParameters?.['breakId'] ?? '';

/** `GET /v1/breaks?status=&kind=&rec=&age=&after=&limit=`: what does not reconcile, the oldest first. */
export const getBreaks: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  return jsonResponse(200, await breakPage(views, parseQuery(event, BreaksQuery), today()));
};

/** `GET /v1/breaks/{breakId}`: one break with its items, what it may be matched with, and all that was done. */
export const getBreak: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  return jsonResponse(200, await present(breakIdOf(event)));
};

/** `GET /v1/breaks/{breakId}/candidates`: what it may be matched with by hand, the likeliest first. */
export const getCandidates: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  const summary = summarizeBreak(await loadBreak(breakPorts, breakIdOf(event)));
  if (summary === undefined) throw notFound();
  return jsonResponse(200, { data: await breakCandidates({ lanes, views }, summary) });
};

async function present(breakId: string) {
  const records = await loadBreak(breakPorts, breakId);
  const summary = summarizeBreak(records);
  if (summary === undefined) throw notFound();
  const told = { summary, records, today: today(), bankChargeLimits };
  const detail = await detailBreak(lanes, told);
  if (summary.status === 'resolved') return detail;
  return { ...detail, candidates: await breakCandidates({ lanes, views }, summary) };
}

/** `POST /v1/breaks/{breakId}/…`: one step of whoever holds the key, with a reason. */
export const postStep =
  (kind: BreakStep['kind']): HttpHandler =>
  async (event) => {
    const { actorId: by } = await authenticate(callers, event, 'finance:post');
    const schema = bodyOf(kind);
    const body = parseBody(event, { schema, limitBytes: BODY_LIMIT_BYTES });
    const breakId = breakIdOf(event);
    const { requestId } = event.requestContext;
    const step = BreakStep.parse({ kind, ...body });
    const outcome = await resolveBreak(breakPorts, step, { breakId, by, requestId });
    if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
      const { code, detail } = outcome;
      throw code === 'break.not_found'
        ? notFound()
        : new ProblemError({ status: 409, code, detail });
    }
    return jsonResponse(200, await present(breakId));
  };

/** The step's own fields; its kind is in the path. */
function bodyOf(kind: BreakStep['kind']): z.ZodMiniType<object> {
  const option = BreakStep.def.options.find((one) => one.shape.kind.def.values[0] === kind);
  if (option === undefined) throw new Error(`There is no step ${kind}.`);
  const { kind: _, ...fields } = option.shape;
  return z.strictObject(fields);
}
