import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import {
  presentAccounts,
  presentEntries,
  presentTrialBalance,
} from '../../src/process/ledger-view.ts';
import { trialBalanceBy } from '../../src/process/trial-balance.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { callers, views } from './ports.ts';
import { entriesQuery, trialBalanceQuery } from './query.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

const authorize = (event: APIGatewayProxyEventV2) => authenticate(callers, event, 'finance:read');

/** `GET /v1/ledger/accounts`: the chart. */
export const getAccounts: HttpHandler = async (event) => {
  await authorize(event);
  return jsonResponse(200, presentAccounts());
};

/** `GET /v1/ledger/entries?account=&currency=&day=`: an account's postings of one day. */
export const getEntries: HttpHandler = async (event) => {
  await authorize(event);
  const query = entriesQuery(event);
  return jsonResponse(200, presentEntries(query, await views.listPostings(query)));
};

/** `GET /v1/ledger/trial-balance?asOf=&basis=`: every account up to the end of a day; today without one. */
export const getTrialBalance: HttpHandler = async (event) => {
  await authorize(event);
  const { asOf = now().toISOString().slice(0, DAY_LENGTH), basis } = trialBalanceQuery(event);
  const balances = await trialBalanceBy(basis, views, asOf);
  return jsonResponse(200, { ...presentTrialBalance(asOf, balances), basis });
};
