import type { CurrencyCode } from '../money/currency.ts';

/**
 * What an item may be recognized by. All but the last two are exact: a provider's object, a
 * payment's end-to-end id or UETR, the bank's own reference, a line of ours, a payout, a deal. A
 * structured reference proves itself by its check digits. A batch key names the payments that were
 * booked as one.
 */
export type KeyKind =
  | 'sourceId'
  | 'transactionId'
  | 'payoutId'
  | 'traceId'
  | 'endToEndId'
  | 'uetr'
  | 'bankReference'
  | 'lineId'
  | 'orderNumber'
  | 'dealId'
  | 'structuredReference'
  | 'batchId';

/**
 * One thing to match: a journal leg, a provider's transaction, a bank line, an expectation.
 *
 * `amountMinor` carries the sign that both sides of the rec agree on: above zero, money came in.
 * `parts` are the end-to-end ids of the payments that a bank booked as this one line. `returned` is
 * the reason why a payment came back; such a line only matches an item that expects a return.
 * `mentions` are digests of words in a line's text that may be an order's number.
 */
export type ReconItem = {
  readonly id: string;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
  /** When it was due (left) or booked (right): `YYYY-MM-DD`. */
  readonly date: string;
  readonly keys: Readonly<Partial<Record<KeyKind, string>>>;
  readonly parts?: readonly string[];
  readonly mentions?: readonly string[];
  readonly name?: string;
  /** The payer agreed to share charges, or the line tells that some were taken. */
  readonly sharesCharges?: boolean;
  readonly returned?: string;
};

/** The two sides of a rec: what our books expect, and what others say. */
export type Side = 'left' | 'right';

/** Sorts by id, by code units: the same on every machine. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** The sum of items that have one currency. */
export const sumOf = (items: readonly ReconItem[]): bigint =>
  items.reduce((sum, item) => sum + item.amountMinor, 0n);
