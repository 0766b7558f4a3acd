/**
 * Every function of the product: the folder under `functions/`, the bundle under `dist/functions/`
 * and the deployed name all derive from this one list.
 */
export const functionNames = [
  'marketplace-api',
  'payouts-api',
  'shipping-api',
  'tracking-page',
  'papers',
  'stripe-webhook',
  'carrier-webhook',
  'router',
  'payments',
  'tracking',
  'conversion',
  'shipment',
  'escrow',
  'settlement',
  'projection',
  'deadlines',
  'rates',
  'ledger-api',
  'safeguarding',
  'stripe-sweep',
  'poll',
  'finance-api',
  'statements',
  'reconciliation',
  'matching',
  'matching-clock',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** The functions that consume a queue, which carries the same name. */
export const workerNames = [
  'payments',
  'tracking',
  'conversion',
  'shipment',
  'escrow',
  'settlement',
  'projection',
  'poll',
  'statements',
  'reconciliation',
  'matching',
] as const satisfies readonly FunctionName[];

export type WorkerName = (typeof workerNames)[number];
