import { compare } from '../money/money.ts';
import { assertInvariant, CodedError, isCodedError } from '../platform/errors.ts';
import type { Owner } from '../platform/execute.ts';
import { sellerAccountIdFor } from '../platform/ids.ts';
import { blockAmong, holdBack } from './hold-back.ts';
import { attemptOf, type PayoutState, type PayoutTerms, partsOf } from './payout-state.ts';
import type { AttemptId, PayoutRail, ProviderTransfer } from './ports.ts';
import {
  loadSeller,
  type PayoutContext,
  type PayoutOutcome,
  runPayout,
  type SettlementPorts,
} from './run.ts';

/** A worker that took longer than this from its look to its act looks again. */
export const LONGEST_LOOK_MS = 60_000;

type Owned = PayoutContext & { readonly owner: Owner };

export const attemptIdOf = (terms: PayoutTerms, { marketplaceId }: Owner): AttemptId => ({
  payoutId: terms.payoutId,
  tradeId: terms.tradeId,
  marketplaceId,
  attempt: terms.attempt ?? 1,
  currency: terms.amount.currency,
  ...(terms.requestedAt === undefined ? {} : { requestedAt: terms.requestedAt }),
});

/**
 * Sends a requested attempt: asks whether it is there, whether the account can be paid and whether any
 * money in it is blocked, and only then makes it. What certainly was not made has failed; what is unknown throws, and is asked again.
 */
export async function submitAttempt(
  ports: SettlementPorts,
  context: Owned,
  state: Extract<PayoutState, { status: 'requested' }>,
): Promise<PayoutOutcome> {
  const { terms } = state;
  if (isAwaited(terms, ports.now())) return { kind: 'unchanged', state };
  const startedAtMs = ports.now().getTime();
  const rail = ports.rails[terms.rail];
  const attempt = attemptIdOf(terms, context.owner);
  const found = await rail.find(attempt);
  if (found !== undefined) return recordSubmitted(ports, context, { terms, transfer: found });

  const obstacle = await obstacleTo(ports, terms, context.owner);
  if (obstacle !== undefined) return fail(ports, context, { state, code: obstacle });
  const own = partsOf(terms);
  const block = await blockAmong(ports, own);
  if (block !== undefined) return holdBack(ports, context, { ...block, own });
  if (ports.now().getTime() - startedAtMs > LONGEST_LOOK_MS) throw lookedTooLong(terms);
  const made = await makeTransfer(rail, attempt, terms);
  return 'refusal' in made
    ? fail(ports, context, { state, code: made.refusal })
    : recordSubmitted(ports, context, { terms, transfer: made });
}

/** A deadline brings it back when the provider has the money free. */
const isAwaited = ({ availableOn }: PayoutTerms, now: Date): boolean =>
  availableOn !== undefined && now.toISOString() < availableOn;

/** Why the account can't be paid now; undefined where it can. */
export async function obstacleTo(
  ports: SettlementPorts,
  { rail, destination, amount, paidByReceipts }: PayoutTerms,
  { marketplaceId }: Owner,
): Promise<string | undefined> {
  const seller = await loadSeller(ports, sellerAccountIdFor(marketplaceId, destination));
  if (seller.impairedBy !== undefined) return seller.impairedBy;
  const source = paidByReceipts === undefined ? {} : { paidByReceipts };
  const readiness = await ports.rails[rail].check({
    ...{ destination, marketplaceId, amount, ...source },
  });
  return readiness.kind === 'ready' ? undefined : readiness.code;
}

/** A refusal counts only when the rail, asked once more, does not have the attempt. */
async function makeTransfer(
  rail: PayoutRail,
  attempt: AttemptId,
  { destination, amount, sourceChargeId }: PayoutTerms,
): Promise<ProviderTransfer | { readonly refusal: string }> {
  try {
    return await rail.create({
      ...attempt,
      destination,
      amount,
      ...(sourceChargeId === undefined ? {} : { sourceChargeId }),
    });
  } catch (error) {
    if (!isCodedError(error) || error.retryable) throw error;
    if (!(await rail.isOver(attempt))) throw error;
    return { refusal: error.code };
  }
}

const lookedTooLong = ({ payoutId }: PayoutTerms): CodedError =>
  new CodedError({
    code: 'payout.looked_too_long',
    message: `What was seen of ${payoutId} is too old to act on.`,
    retryable: true,
  });

/** Records that an attempt is with its rail. */
export async function recordSubmitted(
  ports: SettlementPorts,
  context: Owned,
  { terms, transfer }: { readonly terms: PayoutTerms; readonly transfer: ProviderTransfer },
): Promise<PayoutOutcome> {
  assertTransferMatches(transfer, terms);
  const { transferId, batchId, accountReference } = transfer;
  return runPayout(ports, context, {
    type: 'RecordSubmission',
    transferId,
    attempt: terms.attempt ?? 1,
    ...(batchId === undefined ? {} : { batchId }),
    ...(accountReference === undefined ? {} : { accountReference }),
    at: ports.now().toISOString(),
  });
}

const fail = (
  ports: SettlementPorts,
  context: Owned,
  { state, code }: { readonly state: PayoutState; readonly code: string },
): Promise<PayoutOutcome> =>
  runPayout(ports, context, {
    type: 'RecordFailure',
    attempt: attemptOf(state),
    code,
    at: ports.now().toISOString(),
  });

/** @throws CodedError `payout.amount_mismatch`, not retryable: a person must look. */
export function assertTransferMatches(transfer: ProviderTransfer, terms: PayoutTerms): void {
  const { amount, payoutId } = terms;
  assertInvariant(
    transfer.amount.currency === amount.currency && compare(transfer.amount, amount) === 0,
    'payout.amount_mismatch',
    `Transfer ${transfer.transferId} is not the amount of ${payoutId}.`,
  );
}
