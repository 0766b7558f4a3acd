import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutRequested } from '../../events/payout/payout-requested.v1.ts';
import {
  type Decision,
  decided,
  type Evolution,
  nothing,
  rejected,
  tooEarly,
} from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { payoutIdFor } from '../platform/ids.ts';

/** What a payout is for, as it was requested. */
export type PayoutTerms = Omit<PayoutRequested, 'type' | 'version'>;

/** A payout's life: intended, submitted to the provider, settled. */
export type PayoutState =
  | { readonly status: 'not_requested' }
  | { readonly status: 'requested'; readonly terms: PayoutTerms }
  | { readonly status: 'submitted'; readonly terms: PayoutTerms; readonly transferId: string }
  | { readonly status: 'settled'; readonly terms: PayoutTerms; readonly transferId: string };

export type PayoutCommand =
  | { readonly type: 'RequestPayout'; readonly release: MilestoneReleased }
  | { readonly type: 'RecordSubmission'; readonly transferId: string; readonly at: string }
  | { readonly type: 'RecordSettlement'; readonly transferId: string; readonly at: string };

/** Decides one command against the state of its payout. */
export function decidePayout(command: PayoutCommand, state: PayoutState): Decision<PayoutEvent> {
  switch (command.type) {
    case 'RequestPayout':
      return state.status === 'not_requested'
        ? decided({ type: 'PayoutRequested', version: 1, ...payoutTerms(command.release) })
        : nothing;
    case 'RecordSubmission':
      return recordSubmission(command, state);
    case 'RecordSettlement':
      return recordSettlement(command, state);
    default: {
      const unknownCommand: never = command;
      return unknownCommand;
    }
  }
}

/** What a payout is for follows from the release that asked for it. */
export const payoutTerms = (release: MilestoneReleased): PayoutTerms => ({
  payoutId: payoutIdFor(release.tradeId, release.milestoneId),
  tradeId: release.tradeId,
  milestoneId: release.milestoneId,
  rail: 'stripe_transfer',
  sellerId: release.sellerId,
  destination: release.payoutAccountId,
  amount: release.net,
  ...(release.sourceChargeId === undefined ? {} : { sourceChargeId: release.sourceChargeId }),
});

function recordSubmission(
  { transferId, at }: Extract<PayoutCommand, { type: 'RecordSubmission' }>,
  state: PayoutState,
): Decision<PayoutEvent> {
  if (state.status === 'not_requested') {
    return tooEarly(
      'payout.not_requested',
      'A transfer exists for a payout that is not requested yet.',
    );
  }
  if (state.status === 'requested') {
    const { payoutId } = state.terms;
    return decided({ type: 'PayoutSubmitted', version: 1, payoutId, transferId, submittedAt: at });
  }
  return sameTransfer(state.transferId, transferId);
}

/** Confirmation may overtake our own record of the submission; then both are recorded at once. */
function recordSettlement(
  { transferId, at }: Extract<PayoutCommand, { type: 'RecordSettlement' }>,
  state: PayoutState,
): Decision<PayoutEvent> {
  if (state.status === 'not_requested') {
    return tooEarly(
      'payout.not_requested',
      'A transfer exists for a payout that is not requested yet.',
    );
  }
  const { payoutId, tradeId, milestoneId, amount } = state.terms;
  const settled: PayoutEvent = {
    type: 'PayoutSettled',
    version: 1,
    payoutId,
    tradeId,
    milestoneId,
    transferId,
    amount,
    settledAt: at,
  };
  if (state.status === 'requested') {
    return decided(
      { type: 'PayoutSubmitted', version: 1, payoutId, transferId, submittedAt: at },
      settled,
    );
  }
  if (state.transferId !== transferId) return sameTransfer(state.transferId, transferId);
  return state.status === 'settled' ? nothing : decided(settled);
}

const sameTransfer = (known: string, reported: string): Decision<PayoutEvent> =>
  known === reported
    ? nothing
    : rejected('payout.second_transfer', `Transfer ${reported} was reported beside ${known}.`);

/** The state of a payout after one of its events. */
export function evolvePayout(state: PayoutState, event: PayoutEvent): PayoutState {
  if (event.type === 'PayoutRequested') {
    assertInvariant(
      state.status === 'not_requested',
      'payout.illegal_history',
      `${event.type} cannot follow ${state.status}.`,
    );
    const { type: _, version: __, ...terms } = event;
    return { status: 'requested', terms };
  }
  assertInvariant(
    state.status === (event.type === 'PayoutSubmitted' ? 'requested' : 'submitted'),
    'payout.illegal_history',
    `${event.type} cannot follow ${state.status}.`,
  );
  assertInvariant(
    !('transferId' in state) || state.transferId === event.transferId,
    'payout.illegal_history',
    `${event.type} names another transfer than was submitted.`,
  );
  const { terms } = state as Extract<PayoutState, { terms: PayoutTerms }>;
  const status = event.type === 'PayoutSubmitted' ? 'submitted' : 'settled';
  return { status, terms, transferId: event.transferId };
}

/** The rules of the payout stream. */
export const payoutEvolution: Evolution<PayoutState, PayoutEvent> = {
  initial: { status: 'not_requested' },
  evolve: evolvePayout,
};
