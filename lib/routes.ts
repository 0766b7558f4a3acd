/** What the marketplace's backend calls. */
export const MARKETPLACE_ROUTES = [
  'POST /v1/quotes',
  'GET /v1/quotes/{quoteId}',
  'POST /v1/trades',
  'GET /v1/trades/{tradeId}',
  'POST /v1/trades/{tradeId}/accept',
  'POST /v1/trades/{tradeId}/cancel',
  'POST /v1/trades/{tradeId}/refunds',
  'POST /v1/trades/{tradeId}/refunds/{refundId}/retry',
  'POST /v1/trades/{tradeId}/disputes',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/proposals',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/agreement',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/escalation',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/decision',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/withdrawal',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/return',
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/evidence',
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/acceptance',
  'POST /v1/trades/{tradeId}/milestones/{milestoneId}/documents',
  'GET /v1/trades/{tradeId}/papers',
  'POST /v1/trades/{tradeId}/shipment/pickup',
  'POST /v1/trades/{tradeId}/shipment/pickup/cancellation',
  'POST /v1/trades/{tradeId}/tracking-link',
  'DELETE /v1/trades/{tradeId}/tracking-link',
  'POST /v1/trades/{tradeId}/duties',
  'POST /v1/trades/{tradeId}/duties/{dutyId}/payment',
  'GET /v1/trades/{tradeId}/block',
  'POST /v1/trades/{tradeId}/block',
  'POST /v1/trades/{tradeId}/unblock',
  'POST /v1/trades/{tradeId}/unblock/approval',
  'GET /health',
];

/** What the marketplace's backend asks carriers. */
export const SHIPPING_ROUTES = [
  'POST /v1/shipping-rates',
  'GET /v1/trades/{tradeId}/shipment/documents',
];

/** What finance calls of the ledger. */
export const LEDGER_ROUTES = [
  'GET /v1/ledger/accounts',
  'GET /v1/ledger/entries',
  'GET /v1/ledger/trial-balance',
  'POST /v1/ledger/movements',
];

/** What finance calls of the payouts by bank, and where a marketplace says how a seller is paid. */
export const PAYOUT_ROUTES = [
  'GET /v1/payout-batches',
  'GET /v1/payout-batches/{batchId}',
  'GET /v1/payout-batches/{batchId}/file',
  'POST /v1/payouts/{payoutId}/refusal',
  'POST /v1/payouts/{payoutId}/refusal/approval',
  'PUT /v1/payout-accounts/{payoutAccountId}',
  'GET /v1/payout-accounts/{payoutAccountId}/debts',
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off',
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off/approval',
];

/** What a buyer opens by a link: the tracking page, and what can be done there. */
export const TRACKING_PAGE_ROUTES = [
  'GET /t/{token}',
  'GET /t/{token}/accept',
  'POST /t/{token}/accept',
  'GET /t/{token}/dispute',
  'POST /t/{token}/dispute',
];

/** A paper of a consignment, by a link that is soon over. */
export const PAPER_ROUTES = ['GET /d/{token}'];

/** What finance calls to reconcile and to close. */
export const FINANCE_ROUTES = [
  'GET /v1/statements',
  'GET /v1/statements/{statementId}',
  'POST /v1/statements',
  'POST /v1/statements/uploads',
  'GET /v1/statement-files/{fileId}',
  'POST /v1/statement-files/{fileId}/discard',
  'GET /v1/breaks',
  'GET /v1/breaks/{breakId}',
  'GET /v1/breaks/{breakId}/candidates',
  'POST /v1/breaks/{breakId}/assign',
  'POST /v1/breaks/{breakId}/explain',
  'POST /v1/breaks/{breakId}/match',
  'POST /v1/breaks/{breakId}/write-off',
  'POST /v1/breaks/{breakId}/send-back',
  'POST /v1/breaks/{breakId}/approve',
  'POST /v1/breaks/{breakId}/decline',
  'GET /v1/trades/{tradeId}/chain',
  'GET /v1/bank-lines/{lineId}/chain',
  'GET /v1/periods',
  'GET /v1/periods/{period}',
  'GET /v1/periods/{period}/reports/{report}',
  'POST /v1/periods/{period}/soft-close',
  'POST /v1/periods/{period}/lock',
  'POST /v1/periods/{period}/reopen',
  'POST /v1/periods/{period}/reopen/approve',
  'GET /v1/settlements',
  'GET /v1/settlements/totals',
  'GET /v1/debts',
  'GET /v1/cases',
  'GET /v1/trade-lanes',
  'GET /v1/fx/rates',
];
