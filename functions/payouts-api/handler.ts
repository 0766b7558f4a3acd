import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, routedFunction } from '../_shared/http.ts';
import { getBatch, getBatches, getBatchFile } from './batches.ts';
import { getDebts, postApproval, postWriteOff } from './debts.ts';
import { putAccount } from './put-account.ts';
import { postRefusal, postRefusalApproval } from './refusals.ts';

z.config(en());

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /v1/payout-batches': getBatches,
  'GET /v1/payout-batches/{batchId}': getBatch,
  'GET /v1/payout-batches/{batchId}/file': getBatchFile,
  'POST /v1/payouts/{payoutId}/refusal': postRefusal,
  'POST /v1/payouts/{payoutId}/refusal/approval': postRefusalApproval,
  'PUT /v1/payout-accounts/{payoutAccountId}': putAccount,
  'GET /v1/payout-accounts/{payoutAccountId}/debts': getDebts,
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off': postWriteOff,
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off/approval': postApproval,
};

/** Where sellers are paid by bank, the files that finance takes to it, what it refuses of them, and what sellers owe. */
export const handler = routedFunction(routes);
