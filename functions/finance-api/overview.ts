import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { isPeriod, periodOf } from '../../src/ledger/months.ts';
import { currencySchema } from '../../src/money/schema.ts';
import { casePage } from '../../src/process/case-view.ts';
import { debtPage } from '../../src/process/debt-view.ts';
import { caseKinds, settlementStates } from '../../src/process/finance-views.ts';
import { lanePage } from '../../src/process/lane-view.ts';
import { presentRates } from '../../src/process/rates-view.ts';
import { settlementPage, settlementTotals } from '../../src/process/settlement-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { wholeNumber } from '../_shared/environment.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { parseQuery } from '../_shared/request.ts';
import { callers, ratesPorts, views } from './ports.ts';

const PAGE_SIZE = 100;
const LARGEST_PAGE = 500;
/** Of each state, for the sums of today. */
const SUMMED = 5_000;

const limit = z._default(
  wholeNumber.check(
    z.refine((size) => size > 0 && size <= LARGEST_PAGE, {
      error: `Expected a whole number from 1 to ${LARGEST_PAGE}.`,
    }),
  ),
  PAGE_SIZE,
);
const printable = (what: string) =>
  z.optional(z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/, { error: what })));
const payoutAccount = printable('Expected the id of a payout account.');
const after = printable('Expected the `next` of an earlier answer.');

const SettlementsQuery = z.strictObject({
  state: z.optional(z.enum([...settlementStates, 'open'])),
  currency: z.optional(currencySchema),
  payoutAccountId: payoutAccount,
  ...{ after, limit },
});
const DebtsQuery = z.strictObject({
  status: z._default(z.enum(['open', 'closed']), 'open'),
  currency: z.optional(currencySchema),
  payoutAccountId: payoutAccount,
  ...{ after, limit },
});
const CasesQuery = z.strictObject({
  status: z._default(z.enum(['open', 'closed']), 'open'),
  kind: z.optional(z.enum(caseKinds)),
  until: z.optional(z.iso.date({ error: 'Expected a day as YYYY-MM-DD.' })),
  ...{ after, limit },
});
const LanesQuery = z.strictObject({
  month: z.optional(
    z.string().check(z.refine(isPeriod, { error: 'Expected a month as YYYY-MM.' })),
  ),
  currency: z.optional(currencySchema),
  page: z._default(
    wholeNumber.check(z.refine((page) => page > 0, { error: 'Pages count from 1.' })),
    1,
  ),
});
const NoQuery = z.strictObject({});

const authorize = (event: APIGatewayProxyEventV2) => authenticate(callers, event, 'finance:read');

/** `GET /v1/settlements?state=&currency=&payoutAccountId=&after=&limit=`: pay of a state or a seller. */
const getSettlements: HttpHandler = async (event) => {
  const { marketplaceId } = await authorize(event);
  const query = parseQuery(event, SettlementsQuery);
  return jsonResponse(200, await settlementPage(views, { marketplaceId, ...query }));
};

/** `GET /v1/settlements/totals`: what is due, on its way, paid and blocked, by currency. */
const getTotals: HttpHandler = async (event) => {
  const { marketplaceId } = await authorize(event);
  parseQuery(event, NoQuery);
  const totals = await settlementTotals(views, { marketplaceId, now: now(), limit: SUMMED });
  return jsonResponse(200, totals);
};

/** `GET /v1/debts?status=&currency=&payoutAccountId=&after=&limit=`: what sellers owe. */
const getDebts: HttpHandler = async (event) => {
  const { marketplaceId } = await authorize(event);
  const query = parseQuery(event, DebtsQuery);
  return jsonResponse(200, await debtPage(views, { marketplaceId, ...query }));
};

/** `GET /v1/cases?status=&kind=&until=&after=&limit=`: what is due first. */
const getCases: HttpHandler = async (event) => {
  const { marketplaceId } = await authorize(event);
  const query = parseQuery(event, CasesQuery);
  return jsonResponse(200, await casePage(views, { marketplaceId, ...query }, now()));
};

/** `GET /v1/trade-lanes?month=&currency=&page=`: what was sold from where to where. */
const getLanes: HttpHandler = async (event) => {
  const { marketplaceId } = await authorize(event);
  const { month = periodOf(now().toISOString()), ...query } = parseQuery(event, LanesQuery);
  return jsonResponse(200, await lanePage(views, { marketplaceId, month, ...query }));
};

/** `GET /v1/fx/rates`: the latest rates and their age. */
const getRates: HttpHandler = async (event) => {
  await authorize(event);
  parseQuery(event, NoQuery);
  return jsonResponse(200, await presentRates(ratesPorts));
};

/** What finance looks at in the morning. */
export const overviewRoutes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/settlements': getSettlements,
  'GET /v1/settlements/totals': getTotals,
  'GET /v1/debts': getDebts,
  'GET /v1/cases': getCases,
  'GET /v1/trade-lanes': getLanes,
  'GET /v1/fx/rates': getRates,
};
