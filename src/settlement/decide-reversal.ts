import type { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import type { SellerEvent } from '../../events/index.ts';
import type { TransferReversalRequested } from '../../events/seller/transfer-reversal-requested.v1.ts';
import { compare, isZero, type Money, money, subtract, sum } from '../money/money.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import { reversalIdFor } from '../platform/ids.ts';
import type { Reversal } from './seller-debts.ts';
import type { SellerState } from './seller-state.ts';

/**
 * A transfer of the debt's own trade, and what of it is that trade's and not taken back by others.
 * What we take back ourselves is known to the seller's stream.
 */
export type Recallable = {
  readonly payoutId: string;
  readonly milestoneId: string;
  readonly transferId: string;
  readonly available: Money;
  /** It is taken back in multiples of so many minor units. */
  readonly stepMinor: bigint;
};

export type ReversalCommand =
  | {
      readonly type: 'RecordTransferReversed';
      readonly reversalId: string;
      readonly providerReversalId: string;
      readonly amount: Money;
      readonly at: string;
    }
  | {
      readonly type: 'RefuseTransferReversal';
      readonly reversalId: string;
      readonly code: string;
      readonly at: string;
    };

type CommandOf<T extends ReversalCommand['type']> = Extract<ReversalCommand, { readonly type: T }>;

/** What is taken back for a debt that is just recorded: of its trade's transfers, in their order. */
export function requestReversals(
  sellerAccountId: string,
  {
    debt,
    recallable,
  }: { readonly debt: SellerDebtIncurred; readonly recallable: readonly Recallable[] },
  { reversals }: SellerState,
): readonly SellerEvent[] {
  const { debtId, tradeId, sellerId } = debt;
  let open = debt.amount;
  const requests: TransferReversalRequested[] = [];
  for (const { payoutId, milestoneId, transferId, available, stepMinor } of recallable) {
    if (available.currency !== open.currency) continue;
    const left = subtract(available, takenOf(transferId, available, reversals));
    const most = compare(left, open) < 0 ? left : open;
    const amount = money(most.currency, most.amountMinor - (most.amountMinor % stepMinor));
    if (amount.amountMinor <= 0n) continue;
    open = subtract(open, amount);
    const reversalId = reversalIdFor(debtId, payoutId);
    requests.push({
      ...{ type: 'TransferReversalRequested', version: 1, sellerAccountId, reversalId, debtId },
      ...{ payoutId, tradeId, milestoneId, sellerId, transferId, amount },
    });
  }
  return requests;
}

/** What we have taken back of a transfer, or are about to. */
const takenOf = (
  transferId: string,
  { currency }: Money,
  reversals: ReadonlyMap<string, Reversal>,
): Money =>
  sum(
    currency,
    [...reversals.values()]
      .filter((reversal) => reversal.transferId === transferId && reversal.status !== 'refused')
      .map(({ amount }) => amount),
  );

/** Decides what the provider made of a reversal. */
export function decideReversal(
  sellerAccountId: string,
  command: ReversalCommand,
  state: SellerState,
): Decision<SellerEvent> {
  const reversal = state.reversals.get(command.reversalId);
  if (reversal === undefined) {
    return rejected('seller.reversal_unknown', `Nobody asked for reversal ${command.reversalId}.`);
  }
  if (command.type === 'RecordTransferReversed') {
    return recordReversed(sellerAccountId, { command, reversal }, state);
  }
  if (reversal.status !== 'requested') return nothing;
  const { reversalId, debtId, amount } = reversal;
  const { code, at } = command;
  return decided({
    ...{ type: 'TransferReversalRefused', version: 1, sellerAccountId, reversalId, debtId },
    ...{ amount, code, refusedAt: at },
  });
}

/**
 * What was refused and done after all may find its debt netted meanwhile: the seller is owed so much
 * again, and nobody pays a debt twice.
 */
function recordReversed(
  sellerAccountId: string,
  {
    command,
    reversal,
  }: { readonly command: CommandOf<'RecordTransferReversed'>; readonly reversal: Reversal },
  { debts }: SellerState,
): Decision<SellerEvent> {
  const { providerReversalId, amount, at } = command;
  const { status, providerReversalId: known, ...request } = reversal;
  if (status === 'reversed') {
    return known === providerReversalId
      ? nothing
      : rejected('seller.second_reversal', `${providerReversalId} was reported beside ${known}.`);
  }
  const isSame = amount.currency === request.amount.currency;
  if (!isSame || compare(amount, request.amount) !== 0) {
    return rejected(
      'seller.reversal_differs',
      `${providerReversalId} is not the amount that was asked for.`,
    );
  }
  const open = status === 'requested' ? amount : (debts.get(request.debtId)?.remaining ?? amount);
  const owed = compare(open, amount) < 0 ? subtract(amount, open) : subtract(amount, amount);
  return decided({
    ...{ type: 'TransferReversed', version: 1, sellerAccountId, ...request, providerReversalId },
    ...(isZero(owed) ? {} : { owed }),
    reversedAt: at,
  });
}
