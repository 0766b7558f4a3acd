import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import { CodedError } from '../platform/errors.ts';
import type { Owner } from '../platform/execute.ts';
import { payoutIdFor } from '../platform/ids.ts';
import { allocate, releaseUnused } from './allocate.ts';
import { assertTransferMatches, attemptIdOf, submitAttempt } from './attempt.ts';
import { routeFor } from './corridors.ts';
import { holdBack } from './hold-back.ts';
import { ownPart, type Route } from './payout.ts';
import { attemptOf, type PayoutState } from './payout-state.ts';
import type { ProviderTransfer, TransferRail } from './ports.ts';
import {
  loadPayout,
  type PayoutContext,
  type PayoutOutcome,
  runPayout,
  type SettlementPorts,
} from './run.ts';

const FIRST_ATTEMPT = 1;

/**
 * Pays a released milestone: nets it against the seller's account, records the intent, makes the
 * transfer, records it. Safe to repeat from any point: what is set aside and the intent are recorded
 * once, and the provider is asked before it is told.
 */
export async function payRelease(
  ports: SettlementPorts,
  release: MilestoneReleased,
  message: { readonly marketplaceId: string; readonly cause: string },
): Promise<PayoutOutcome> {
  const { tradeId, milestoneId } = release;
  const context = {
    payoutId: payoutIdFor(tradeId, milestoneId),
    cause: message.cause,
    owner: { tradeId, marketplaceId: message.marketplaceId },
  };
  const order = { attempt: FIRST_ATTEMPT, destination: release.payoutAccountId };
  const known = await loadPayout(ports, context.payoutId);
  const block = await ports.blockOf(tradeId);
  if (block !== undefined && known.state.status === 'not_requested') {
    return holdBack(ports, context, { ...block, tradeId, own: [ownPart(release)] });
  }
  const requested: PayoutOutcome =
    known.state.status === 'not_requested'
      ? await requestPayout(ports, context, release)
      : { kind: 'unchanged', state: known.state };
  if (requested.kind === 'unchanged') await releaseUnused(ports, context, order);
  return requested.state.status === 'requested'
    ? submitAttempt(ports, context, requested.state)
    : requested;
}

async function requestPayout(
  ports: SettlementPorts,
  context: PayoutContext & { readonly owner: Owner },
  release: MilestoneReleased,
): Promise<PayoutOutcome> {
  const route = routeOf(ports, release);
  const plan = await allocate(ports, context, {
    attempt: FIRST_ATTEMPT,
    destination: release.payoutAccountId,
    own: [ownPart(release)],
  });
  const at = ports.now().toISOString();
  return runPayout(ports, context, { type: 'RequestPayout', release, plan, route, at });
}

/** @throws CodedError `payout.no_rail`, not retryable: the configuration changed under a trade. */
function routeOf(
  { corridors, rails }: SettlementPorts,
  { payoutAccountId, sellerCountry: country, net: { currency } }: MilestoneReleased,
): Route {
  const route = routeFor(corridors, { country, currency, payoutAccountId });
  if (route === undefined) {
    throw new CodedError({
      code: 'payout.no_rail',
      message: `No rail pays ${payoutAccountId} in ${currency}.`,
      retryable: false,
    });
  }
  const { rail, minimum } = route;
  return { rail, limits: { minimum, stepMinor: rails[rail].stepMinor(currency) } };
}

/**
 * Asks the provider about a payout that waits for its confirmation, and records what it says. A
 * payout by bank is confirmed by a statement, not by asking.
 */
export async function confirmPayout(
  ports: SettlementPorts,
  context: PayoutContext,
): Promise<PayoutOutcome> {
  const { state, records } = await loadPayout(ports, context.payoutId);
  const [owner] = records;
  if (owner === undefined || !('terms' in state)) return notConfirmed(state, context.payoutId);
  const isDone = state.status !== 'requested' && state.status !== 'submitted';
  if (isDone || state.terms.rail === 'bank_file') return { kind: 'unchanged', state };
  const { stripe_transfer: rail } = ports.rails;
  const attempt = attemptIdOf(state.terms, owner);
  const transfer = (await rail.find(attempt)) ?? (await adoptedTransfer(rail, state));
  return transfer === undefined
    ? notConfirmed(state, context.payoutId)
    : recordTransfer(ports, context, { state, transfer });
}

/** A later attempt may go on with the transfer of the one before it, and so under its number. */
const adoptedTransfer = async (
  rail: TransferRail,
  state: PayoutState,
): Promise<ProviderTransfer | undefined> =>
  state.status === 'submitted' && attemptOf(state) > FIRST_ATTEMPT
    ? rail.get(state.transferId)
    : undefined;

/**
 * Records a transfer as the provider holds it now: that it was made, and what was taken back of it.
 * Whatever reported it, the caller has read it from the provider.
 */
export async function recordProviderTransfer(
  ports: SettlementPorts,
  context: PayoutContext,
  transfer: ProviderTransfer,
): Promise<PayoutOutcome> {
  const { state } = await loadPayout(ports, context.payoutId);
  return recordTransfer(ports, context, { state, transfer });
}

async function recordTransfer(
  ports: SettlementPorts,
  context: PayoutContext,
  { state, transfer }: { readonly state: PayoutState; readonly transfer: ProviderTransfer },
): Promise<PayoutOutcome> {
  if (!('terms' in state)) return notConfirmed(state, context.payoutId);
  if (isLatest(state, transfer)) assertTransferMatches(transfer, state.terms);
  const { transferId, attempt, reversed: totalReversed, reversals } = transfer;
  const at = ports.now().toISOString();
  const settled: PayoutOutcome = isPaidBy(state, transfer)
    ? { kind: 'unchanged', state }
    : await runPayout(ports, context, { type: 'RecordSettlement', transferId, attempt, at });
  const isRecorded = settled.kind === 'appended' || settled.kind === 'unchanged';
  if (!isRecorded || totalReversed.amountMinor === 0n) return settled;
  return runPayout(ports, context, {
    ...{ type: 'RecordReversal', transferId, totalReversed, at },
    ...(reversals === undefined ? {} : { reversals }),
  });
}

/** That a transfer paid a payout is said once, whatever becomes of it. */
const isPaidBy = (state: PayoutState, { transferId }: ProviderTransfer): boolean =>
  (state.status === 'settled' || state.status === 'returned') && state.transferId === transferId;

/** True where the books of a payout say already all that a transfer tells. */
export const isBooked = (state: PayoutState, transfer: ProviderTransfer): boolean =>
  isPaidBy(state, transfer) &&
  transfer.reversed.amountMinor === 0n &&
  transfer.recoveries.length === 0;

const isLatest = (
  state: Extract<PayoutState, { terms: unknown }>,
  { transferId, attempt }: ProviderTransfer,
): boolean =>
  'transferId' in state
    ? state.transferId === transferId
    : (state.terms.attempt ?? FIRST_ATTEMPT) === attempt;

const notConfirmed = (state: PayoutState, payoutId: string): PayoutOutcome => ({
  kind: 'too_early',
  state,
  code: 'payout.not_confirmed',
  detail: `The provider does not confirm the transfer of ${payoutId}.`,
});
