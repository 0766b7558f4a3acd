import type { DocumentType } from '../../../events/escrow/document-presented.v1.ts';
import type { Money } from '../../../src/money/money.ts';
import { disputeIdFor } from '../../../src/platform/ids.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';

/** A request before it has a number. */
export type Unnumbered = ApiRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'requestId'>
    : never
  : never;

/** What the marketplace can ask to change in a trade that is paid: one request each. */
export type Changes = {
  /** Gives the buyer so much back, under a key of its own; the same one again with each repetition. */
  readonly refund: (key: string, amount: Money) => Promise<ApiAnswer>;
  /** The buyer disputes these milestones, or everything that is held. */
  readonly dispute: (key: string, milestoneIds?: readonly string[]) => Promise<ApiAnswer>;
  /** The arbitrator gives so much of it to the buyer, or the buyer takes the dispute back. */
  readonly decide: (key: string, toBuyer: Money) => Promise<ApiAnswer>;
  readonly withdraw: (key: string) => Promise<ApiAnswer>;
  /** A paper is presented for a milestone. */
  readonly present: (milestoneId: string, documentType?: DocumentType) => Promise<ApiAnswer>;
  /** So much is set aside for customs under a key of its own; it went out from the bank. */
  readonly earmark: (key: string, amount: Money) => Promise<ApiAnswer>;
  readonly payDuties: (key: string) => Promise<ApiAnswer>;
  /** A screening has hit somebody: a case of its own for each key. */
  readonly block: (key: string) => Promise<ApiAnswer>;
  /** One person proposes to lift the block, with a license; another approves. */
  readonly proposeUnblock: (by: string) => Promise<ApiAnswer>;
  readonly approveUnblock: (by: string) => Promise<ApiAnswer>;
};

export function changesOf(
  trade: { readonly marketplaceId: string; readonly tradeId: string },
  request: (request: Unnumbered) => Promise<ApiAnswer>,
): Changes {
  const { tradeId } = trade;
  const disputeOf = (key: string): string => disputeIdFor(tradeId, key);
  return {
    refund: (key, amount) => request({ action: 'refunds', ...trade, idempotencyKey: key, amount }),
    dispute: (key, milestoneIds) =>
      request({ action: 'disputes', ...trade, idempotencyKey: key, milestoneIds }),
    decide: (key, toBuyer) =>
      request({ action: 'decision', ...trade, disputeId: disputeOf(key), toBuyer }),
    withdraw: (key) => request({ action: 'withdrawal', ...trade, disputeId: disputeOf(key) }),
    present: (milestoneId, documentType = 'bill_of_lading') =>
      request({ action: 'documents', ...trade, milestoneId, documentType }),
    earmark: (key, amount) => request({ action: 'duties', ...trade, idempotencyKey: key, amount }),
    block: (key) => request({ action: 'block', ...trade, caseId: `case_${tradeId}_${key}` }),
    proposeUnblock: (by) => request({ action: 'unblock', ...trade, by }),
    approveUnblock: (by) => request({ action: 'unblock-approval', ...trade, by }),
    payDuties: (key) => request({ action: 'duty-payment', ...trade, idempotencyKey: key }),
  };
}
