import { money } from '../../../src/money/money.ts';
import type { StripeReversal, StripeTransfer } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { movable } from './stripe-money.ts';
import { book, type StripeState } from './stripe-state.ts';

export type ReversalParameters = {
  readonly transferId: string;
  readonly amountMinor: bigint;
  readonly metadata: Readonly<Record<string, string>>;
};

/** @throws where there is less left of the transfer, or the seller's account does not have it. */
export function createReversal(
  state: StripeState,
  { transferId, amountMinor, metadata }: ReversalParameters,
): StripeReversal {
  const { sim, reversed, reversals, drained } = state;
  const transfer = transferOf(state, transferId);
  const before = reversed.get(transferId) ?? 0n;
  const { currency } = transfer.amount;
  if (before + amountMinor > transfer.amount.amountMinor) {
    throw invalidRequest('parameter_invalid_integer');
  }
  if (drained.has(transfer.destination)) throw invalidRequest('balance_insufficient');
  const reversal: StripeReversal = {
    id: `trr_${reversals.length + 1}`,
    transferId,
    tradeId: transfer.tradeId,
    reversalId: metadata['reversal_id'] ?? null,
    amount: movable(money(currency, amountMinor)),
    createdAtMs: sim.scheduler.nowMs(),
  };
  reversals.push(reversal);
  reversed.set(transferId, before + amountMinor);
  const { id: sourceId, amount } = reversal;
  book(state, { category: 'transfer_reversal', sourceId, amount });
  state.tell({ type: 'transfer.reversed', objectId: transferId, object: { id: transferId } });
  return reversal;
}

const transferOf = ({ transfers }: StripeState, id: string): StripeTransfer => {
  const transfer = transfers.find((one) => one.id === id);
  if (transfer === undefined) throw invalidRequest('resource_missing');
  return transfer;
};

export const reversalObject = ({ id, transferId, reversalId, amount }: StripeReversal) => ({
  id,
  object: 'transfer_reversal',
  amount: Number(amount.amountMinor),
  currency: amount.currency.toLowerCase(),
  transfer: transferId,
  metadata: reversalId === null ? {} : { reversal_id: reversalId },
});

/** The reversals of a transfer, newest first. */
export const reversalsOf = ({ reversals }: StripeState, id: string) =>
  reversals
    .filter(({ transferId }) => transferId === id)
    .reverse()
    .map(reversalObject);
