import type { StripeTransfer } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { availableMinor, book, negative, type StripeState } from './stripe-state.ts';

/**
 * Pays a connected account. With a source charge it must be in the currency that the charge settled
 * in, and all transfers of one charge together must not pass it; without, the balance must cover it.
 */
export function createTransfer(
  state: StripeState,
  request: Omit<StripeTransfer, 'id' | 'createdAtMs'>,
): StripeTransfer {
  const { sim, transfers } = state;
  if (!isAccount(request.destination)) throw invalidRequest('resource_missing');
  if (state.restricted.has(request.destination)) {
    throw invalidRequest('insufficient_capabilities_for_transfer');
  }
  assertSourceCovers(state, request);
  const transfer: StripeTransfer = {
    ...request,
    id: `tr_${transfers.length + 1}`,
    createdAtMs: sim.scheduler.nowMs(),
  };
  transfers.push(transfer);
  book(state, { category: 'transfer', sourceId: transfer.id, amount: negative(transfer.amount) });
  sim.changes().transfers.push(transfer);
  state.tell({ type: 'transfer.created', objectId: transfer.id, object: { id: transfer.id } });
  return transfer;
}

function assertSourceCovers(
  state: StripeState,
  { sourceChargeId, amount }: Omit<StripeTransfer, 'id' | 'createdAtMs'>,
): void {
  const { charges, transfers } = state;
  if (sourceChargeId === null) {
    if (availableMinor(state, amount.currency) >= amount.amountMinor) return;
    throw invalidRequest('balance_insufficient');
  }
  const charge = charges.find(({ id }) => id === sourceChargeId);
  if (charge === undefined || charge.settled.currency !== amount.currency) {
    throw invalidRequest('transfer_source_currency_mismatch');
  }
  const spent = transfers
    .filter((transfer) => transfer.sourceChargeId === sourceChargeId)
    .reduce((sum, transfer) => sum + transfer.amount.amountMinor, 0n);
  if (spent + amount.amountMinor > charge.settled.amountMinor) {
    throw invalidRequest('transfer_source_balance_insufficient');
  }
}

/** Connected accounts are those that look like a seller's. */
const ACCOUNT = /^acct_seller/;

export const isAccount = (id: string): boolean => ACCOUNT.test(id);

/** Lets an account receive transfers, or no longer, and tells so. */
export function restrict(state: StripeState, accountId: string, isRestricted: boolean): void {
  if (isRestricted) state.restricted.add(accountId);
  else state.restricted.delete(accountId);
  state.tell({ type: 'account.updated', objectId: accountId, object: { id: accountId } });
}
