import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import {
  entriesPage,
  presentAccounts,
  presentTrialBalance,
} from '../../src/process/ledger-view.ts';
import { trialBalanceBy } from '../../src/process/trial-balance.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { callers, views } from './ports.ts';
import { entriesQuery, trialBalanceQuery } from './query.ts';

const authorize = (event: APIGatewayProxyEventV2) => authenticate(callers, event, 'finance:read');

/** `GET /v1/ledger/accounts`: the chart. */
export const getAccounts: HttpHandler = async (event) => {
  await authorize(event);
  return jsonResponse(200, presentAccounts());
};

/** `GET /v1/ledger/entries?account=&currency=&day=&after=&limit=`: an account's postings of one day. */
export const getEntries: HttpHandler = async (event) => {
  await authorize(event);
  return jsonResponse(200, await entriesPage(views, entriesQuery(event)));
};

/** `GET /v1/ledger/trial-balance?asOf=&basis=`: every account up to the end of a day; today without one. */
export const getTrialBalance: HttpHandler = async (event) => {
  await authorize(event);
  const { asOf, basis } = trialBalanceQuery(event, now());
  const balances = await trialBalanceBy(basis, views, asOf);
  return jsonResponse(200, { ...presentTrialBalance(asOf, balances), basis });
};
