import type { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import { attemptIdOf, recordSubmitted } from './attempt.ts';
import { attemptOfReference } from './bank-references.ts';
import { attemptOf, type PayoutState } from './payout-state.ts';
import {
  loadPayout,
  type PayoutContext,
  type PayoutOutcome,
  runPayout,
  type SettlementPorts,
} from './run.ts';

/**
 * Books what a statement or a status report of the bank says of a payment: debited, refused before
 * the debit, or given back after it. The end-to-end id names the attempt; one of an attempt that was
 * followed by another is never applied to that other one.
 */
export async function recordBankOutcome(
  ports: SettlementPorts,
  context: PayoutContext,
  { endToEndId, outcome }: Pick<BankPayoutOutcome, 'endToEndId' | 'outcome'>,
): Promise<PayoutOutcome> {
  const { payoutId } = context;
  const state = await withSubmission(ports, context);
  const attempt = attemptOfReference(payoutId, endToEndId, attemptOf(state));
  if (attempt === undefined) {
    return {
      kind: 'rejected',
      state,
      code: 'payout.unknown_reference',
      detail: `${endToEndId} is no payment of ${payoutId}.`,
    };
  }
  const transferId = endToEndId;
  // The pause before another attempt counts from when we learned of it, by our own clock.
  const learnedAt = ports.now().toISOString();
  switch (outcome.kind) {
    case 'confirmed': {
      const at = outcome.bookedAt;
      return runPayout(ports, context, { type: 'RecordSettlement', attempt, transferId, at });
    }
    case 'failed':
      return runPayout(ports, context, {
        ...{ type: 'RecordFailure', attempt, code: outcome.code, transferId, at: learnedAt },
      });
    case 'returned': {
      const { returned, code } = outcome;
      return runPayout(ports, context, {
        ...{ type: 'RecordReturn', transferId, returned, code, at: learnedAt },
        limits: ports.bankChargeLimits,
      });
    }
  }
}

/**
 * The payout as it stands, once what is in a batch already is recorded as sent: the worker that put it there
 * may have died. Which account it was sent to is known there only, and another attempt depends on it.
 */
async function withSubmission(
  ports: SettlementPorts,
  context: PayoutContext,
): Promise<PayoutState> {
  const { state, records } = await loadPayout(ports, context.payoutId);
  const [owner] = records;
  if (state.status !== 'requested' || owner === undefined) return state;
  const { terms } = state;
  const transfer = await ports.rails[terms.rail].find(attemptIdOf(terms, owner));
  if (transfer === undefined) return state;
  return (await recordSubmitted(ports, { ...context, owner }, { terms, transfer })).state;
}
