import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { currencySchema } from '../../src/money/schema.ts';
import { addDays } from '../../src/platform/target-calendar.ts';
import { bases } from '../../src/process/trial-balance.ts';
import { isPostingKey } from '../../src/process/views.ts';
import { wholeNumber } from '../_shared/environment.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseQuery } from '../_shared/request.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** A posting takes up to half a kilobyte of an answer, which Lambda limits to 6 MB. */
const PAGE_SIZE = 500;

const day = z.iso.date({ error: 'Expected a day as YYYY-MM-DD.' });
const account = z
  .string({ error: 'Expected an account of the chart, such as "2100".' })
  .check(z.regex(/^\d{4}$/, { error: 'Expected an account of the chart, such as "2100".' }));

const limit = z._default(
  wholeNumber.check(
    z.refine((size) => size > 0 && size <= PAGE_SIZE, {
      error: `Expected a whole number from 1 to ${PAGE_SIZE}.`,
    }),
  ),
  PAGE_SIZE,
);

const EntriesQuery = z
  .strictObject({ account, currency: currencySchema, day, after: z.optional(z.string()), limit })
  .check(
    z.refine(
      ({ after, day: of }) => after === undefined || (isPostingKey(after) && after.startsWith(of)),
      { path: ['after'], error: 'Expected the `next` of an earlier answer for the same day.' },
    ),
  );
const TrialBalanceQuery = z.strictObject({
  asOf: z.optional(day),
  basis: z._default(z.enum(bases), 'booked'),
});

/** What `GET /v1/ledger/entries` asks for. @throws ProblemError 400 naming every offending field. */
export const entriesQuery = (event: APIGatewayProxyEventV2) => parseQuery(event, EntriesQuery);

/**
 * What `GET /v1/ledger/trial-balance` asks for: up to the end of today (UTC) without a day, and at most of
 * the next one, which somewhere has begun.
 *
 * @throws ProblemError 400 naming every offending field, or `ledger.day_ahead`.
 */
export function trialBalanceQuery(event: APIGatewayProxyEventV2, now: Date) {
  const today = now.toISOString().slice(0, DAY_LENGTH);
  const { asOf = today, basis } = parseQuery(event, TrialBalanceQuery);
  if (asOf <= addDays(today, 1)) return { asOf, basis };
  const detail = `There is no balance of ${asOf} yet; today is ${today} (UTC).`;
  throw new ProblemError({ status: 400, code: 'ledger.day_ahead', detail });
}
