import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { currencySchema } from '../../src/money/schema.ts';
import { bases } from '../../src/process/trial-balance.ts';
import { parseQuery } from '../_shared/request.ts';

const day = z.iso.date({ error: 'Expected a day as YYYY-MM-DD.' });
const account = z
  .string({ error: 'Expected an account of the chart, such as "2100".' })
  .check(z.regex(/^\d{4}$/, { error: 'Expected an account of the chart, such as "2100".' }));

const EntriesQuery = z.strictObject({ account, currency: currencySchema, day });
const TrialBalanceQuery = z.strictObject({
  asOf: z.optional(day),
  basis: z._default(z.enum(bases), 'booked'),
});

/** What `GET /v1/ledger/entries` asks for. @throws ProblemError 400 naming every offending field. */
export const entriesQuery = (event: APIGatewayProxyEventV2) => parseQuery(event, EntriesQuery);

/** What `GET /v1/ledger/trial-balance` asks for. @throws ProblemError 400. */
export const trialBalanceQuery = (event: APIGatewayProxyEventV2) =>
  parseQuery(event, TrialBalanceQuery);
