import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, routedFunction } from '../_shared/http.ts';
import { getDocuments } from './documents.ts';
import { postRates } from './rates.ts';

// The small zod has no words of its own; a marketplace engineer reads these.
z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'POST /v1/shipping-rates': postRates,
  'GET /v1/trades/{tradeId}/shipment/documents': getDocuments,
};

/** What a marketplace asks carriers: prices before it ships, and the papers of what it ships. */
export const handler = routedFunction(routes);
