import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, httpFunction } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { getBatch, getBatches, getBatchFile } from './batches.ts';
import { putAccount } from './put-account.ts';

z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/payout-batches': getBatches,
  'GET /v1/payout-batches/{batchId}': getBatch,
  'GET /v1/payout-batches/{batchId}/file': getBatchFile,
  'PUT /v1/payout-accounts/{payoutAccountId}': putAccount,
};

/** Where sellers are paid by bank, and the files that finance takes to it. */
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
