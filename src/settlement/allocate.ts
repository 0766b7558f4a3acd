import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { SellerPayoutAllocated } from '../../events/seller/seller-payout-allocated.v1.ts';
import type { EventRecord } from '../platform/event-store.ts';
import type { Owner } from '../platform/execute.ts';
import { attemptIdFor, sellerAccountIdFor } from '../platform/ids.ts';
import { planPayout } from './allocation.ts';
import type { Allocated } from './payout.ts';
import { attemptOf, isBlocked } from './payout-state.ts';
import {
  loadPayout,
  type PayoutContext,
  type PayoutOutcome,
  runSeller,
  type SellerContext,
  type SellerOutcome,
  type SettlementPorts,
} from './run.ts';

type Owned = PayoutContext & { readonly owner: Owner };

export type AttemptOrder = {
  readonly attempt: number;
  readonly destination: string;
  readonly own: readonly [PayoutPart, ...PayoutPart[]];
};

/**
 * Sets aside, in the seller's own stream, what an attempt keeps for debts and which credits go with
 * it: before the attempt is requested, once, and the same again whoever asks.
 */
export async function allocate(
  ports: SettlementPorts,
  { payoutId, cause, owner }: Owned,
  { attempt, destination, own }: AttemptOrder,
): Promise<Allocated> {
  const allocationId = attemptIdFor(payoutId, attempt);
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, destination);
  const context = { sellerAccountId, cause: `${cause}/${allocationId}`, owner };
  const command = { type: 'AllocatePayout', payoutId, attempt, own } as const;
  const { state } = await runSeller(ports, context, command);
  const plan = state.allocations.get(allocationId);
  return plan === undefined
    ? planPayout(own, { credits: [], debts: [] })
    : { ...plan, allocationId };
}

/** Gives back what was set aside for an attempt that was requested without it, by a faster worker. */
export async function releaseUnused(
  ports: SettlementPorts,
  { payoutId, cause, owner }: Owned,
  { attempt, destination }: Pick<AttemptOrder, 'attempt' | 'destination'>,
): Promise<void> {
  const allocationId = attemptIdFor(payoutId, attempt);
  const { records } = await loadPayout(ports, payoutId);
  if (isUsed(records, allocationId)) return;
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, destination);
  await release(ports, { sellerAccountId, cause, owner }, allocationId);
}

/**
 * Looks again at what was set aside for an attempt: whoever did so may have been slower than another
 * worker, and have died before giving it back. As long as the attempt is not there it may still use it.
 */
export async function followAllocation(
  ports: SettlementPorts,
  { cause, owner }: { readonly cause: string; readonly owner: Owner },
  { sellerAccountId, allocationId, payoutId, attempt = 1 }: SellerPayoutAllocated,
): Promise<PayoutOutcome | SellerOutcome | undefined> {
  if (payoutId === undefined) return undefined;
  const { state, records } = await loadPayout(ports, payoutId);
  if (isUsed(records, allocationId)) return undefined;
  const isMade = state.status !== 'not_requested' && attemptOf(state) >= attempt;
  if (isMade) return release(ports, { sellerAccountId, cause, owner }, allocationId);
  // The end of the block goes on with the attempt.
  if (isBlocked(state)) return undefined;
  return {
    ...{ kind: 'too_early', state, code: 'payout.allocation_pending' },
    detail: `${allocationId} is set aside for an attempt that is not recorded yet.`,
  };
}

const isUsed = (records: readonly EventRecord<PayoutEvent>[], allocationId: string): boolean =>
  records.some(({ events }) =>
    events.some((event) => 'allocationId' in event && event.allocationId === allocationId),
  );

const release = (
  ports: SettlementPorts,
  { cause, ...context }: SellerContext,
  allocationId: string,
): Promise<SellerOutcome> =>
  runSeller(
    ports,
    { ...context, cause: `${cause}/${allocationId}` },
    { type: 'ReleaseAllocation', allocationId },
  );
