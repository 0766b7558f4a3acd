import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, httpFunction, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { settings } from './ports.ts';
import { postTrade } from './post-trade.ts';
import { getQuote, postQuote } from './quotes.ts';
import { getTrade, postAccept, postCancel } from './trade-actions.ts';

// The small zod has no words of its own; a marketplace engineer reads these.
z.config(en());

const getHealth: HttpHandler = async () =>
  jsonResponse(200, { status: 'ok', version: settings.version });

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /health': getHealth,
  'POST /v1/quotes': postQuote,
  'GET /v1/quotes/{quoteId}': getQuote,
  'POST /v1/trades': postTrade,
  'GET /v1/trades/{tradeId}': getTrade,
  'POST /v1/trades/{tradeId}/accept': postAccept,
  'POST /v1/trades/{tradeId}/cancel': postCancel,
};

/** The marketplace's API. */
export const handler = httpFunction((event) => {
  const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
  if (route === undefined) {
    throw new ProblemError({
      status: 404,
      code: 'route.not_found',
      detail: 'There is no such route.',
    });
  }
  return route(event);
});
