import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, routedFunction } from '../_shared/http.ts';
import { postMovement } from './movements.ts';
import { getAccounts, getEntries, getTrialBalance } from './reads.ts';

// The small zod has no words of its own; a finance engineer reads these.
z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/ledger/accounts': getAccounts,
  'GET /v1/ledger/entries': getEntries,
  'GET /v1/ledger/trial-balance': getTrialBalance,
  'POST /v1/ledger/movements': postMovement,
};

/** Finance's API. */
export const handler = routedFunction(routes);
