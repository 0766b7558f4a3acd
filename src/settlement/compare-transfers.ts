import { compare, type Money } from '../money/money.ts';
import { attemptOf, type PayoutState } from './payout-state.ts';
import type { ProviderTransfer } from './ports.ts';

/** A payout as the books have it. */
export type BookedPayout = { readonly payoutId: string; readonly state: PayoutState };

/** How the provider's transfers of a trade differ from what the books say was paid for it. */
export type TransferDifference = {
  readonly code:
    | 'transfer.unknown'
    | 'transfer.twice'
    | 'transfer.missing'
    | 'transfer.amount_differs'
    | 'transfer.less_reversed';
  readonly transferId: string;
};

/**
 * Compares what the provider has for a trade with the books: `agreed` is what can be recorded, since
 * it fits a payout, whether the books know of it yet or not; each of `differences` needs a person.
 */
export function compareTransfers(
  transfers: readonly ProviderTransfer[],
  booked: readonly BookedPayout[],
): {
  readonly agreed: readonly (ProviderTransfer & { readonly payoutId: string })[];
  readonly differences: readonly TransferDifference[];
} {
  const judged = transfers.map((transfer) => ({
    transfer,
    code: differenceOf(transfer, transfers, booked),
  }));
  const differing = judged.flatMap(({ transfer: { transferId }, code }) =>
    code === undefined ? [] : [{ code, transferId }],
  );
  const agreed = judged.flatMap(({ transfer, code }) => {
    const { payoutId } = transfer;
    return code !== undefined || payoutId === null ? [] : [{ ...transfer, payoutId }];
  });
  const seen = new Set(transfers.map(({ transferId }) => transferId));
  const missing = booked.flatMap(({ state }) => {
    const transferId = transferOf(state);
    return transferId === undefined || seen.has(transferId)
      ? []
      : [{ code: 'transfer.missing', transferId } as const];
  });
  return { agreed, differences: [...differing, ...missing] };
}

/** The transfer that pays a payout, where one of the provider's does. */
const transferOf = (state: PayoutState): string | undefined =>
  'transferId' in state && state.terms.rail === 'stripe_transfer' ? state.transferId : undefined;

function differenceOf(
  transfer: ProviderTransfer,
  all: readonly ProviderTransfer[],
  booked: readonly BookedPayout[],
): TransferDifference['code'] | undefined {
  const { transferId, payoutId, attempt, amount } = transfer;
  const state = booked.find((one) => one.payoutId === payoutId)?.state;
  if (state === undefined || !('terms' in state) || attempt > attemptOf(state)) {
    return 'transfer.unknown';
  }
  const isBooked = transferOf(state) === transferId;
  const isOther = (one: ProviderTransfer) =>
    one.payoutId === payoutId && one.attempt === attempt && one.transferId !== transferId;
  if (!isBooked && all.some(isOther)) return 'transfer.twice';
  // What an earlier attempt paid has come back, and its story is told.
  if (!isBooked && state.status !== 'requested') return undefined;
  if (!isSame(amount, state.terms.amount)) return 'transfer.amount_differs';
  const reversed = state.status === 'settled' ? state.reversed : undefined;
  return reversed !== undefined && compare(transfer.reversed, reversed) < 0
    ? 'transfer.less_reversed'
    : undefined;
}

const isSame = (left: Money, right: Money): boolean =>
  left.currency === right.currency && compare(left, right) === 0;
