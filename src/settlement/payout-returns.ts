import type { PayoutEvent } from '../../events/index.ts';
import { isTooLittleBack } from '../money/bank-charges.ts';
import { type Money, subtract, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf, StateOf } from './payout-commands.ts';
import {
  cameBackBefore,
  early,
  isRefused,
  paysNothing,
  sameTransfer,
  secondTransfer,
  settled,
} from './payout-outcomes.ts';
import type { PayoutState } from './payout-state.ts';

/**
 * The bank gives back what it had paid out, perhaps before we have heard of the debit. All of it is owed
 * again then, so what banks kept of it may be no more than their charges.
 */
export function recordReturn(
  command: CommandOf<'RecordReturn'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const { transferId, returned, limits } = command;
  if (cameBackBefore(state, transferId)) return nothing;
  if (state.status === 'not_requested' || state.status === 'requested') {
    return tooEarly('payout.not_submitted', 'Money came back for a payout that is not sent yet.');
  }
  // The bank debits what it had refused, and gives it back: both are told at once, in any order.
  if (isRefused(state, transferId)) {
    return tooEarly('payout.not_debited', 'A refused payment came back before its debit is known.');
  }
  if (state.status === 'returned') return sameTransfer(state.transferId, transferId);
  if (state.status !== 'submitted' && state.status !== 'settled') return paysNothing(state);
  if (state.transferId !== transferId) return secondTransfer(state.transferId, transferId);
  const { amount } = state.terms;
  if (returned.currency !== amount.currency || returned.amountMinor > amount.amountMinor) {
    return rejected('payout.returned_too_much', 'More or other money came back than was paid.');
  }
  if (isTooLittleBack(limits, { paid: amount, returned })) return tooLittle(amount, returned);
  if (state.status === 'settled' && state.reversed !== undefined) return paysNothing(state);
  const first = state.status === 'submitted' ? settled(command, state.terms) : [];
  return decided(...first, returnedEvent(command, state));
}

const tooLittle = (paid: Money, returned: Money): Decision<never> =>
  rejected(
    'payout.returned_too_little',
    `${returned.amountMinor} of ${paid.amountMinor} ${paid.currency} (minor units) came back: banks keep less.`,
  );

function returnedEvent(
  { transferId, returned, code, at }: CommandOf<'RecordReturn'>,
  { terms }: StateOf<'submitted' | 'settled'>,
): PayoutEvent {
  const { payoutId, tradeId, milestoneId, sellerId, amount, parts, attempt = 1 } = terms;
  return {
    ...{ type: 'PayoutReturned', version: 1, payoutId, tradeId, milestoneId, sellerId },
    ...{
      destination: terms.destination,
      attempt,
      transferId,
      amount,
      returned,
      ...(parts === undefined ? {} : { parts }),
    },
    ...{ code, returnedAt: at },
  };
}

/** What the provider says is taken back in all; each rise is recorded once, whatever order it comes in. */
export function recordReversal(
  command: CommandOf<'RecordReversal'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const { transferId, totalReversed, reversals, at } = command;
  if (state.status === 'not_requested' || state.status === 'requested') return early();
  if (state.status !== 'submitted' && state.status !== 'settled') return paysNothing(state);
  if (state.transferId !== transferId) return secondTransfer(state.transferId, transferId);
  const { amount: paid, attempt = 1, payoutId, tradeId, milestoneId, ...seller } = state.terms;
  if (totalReversed.currency !== paid.currency || totalReversed.amountMinor > paid.amountMinor) {
    return rejected(
      'payout.reversed_too_much',
      'More or other money was taken back than was paid.',
    );
  }
  const before = (state.status === 'settled' ? state.reversed : undefined) ?? zero(paid.currency);
  const amount = subtract(totalReversed, before);
  if (amount.amountMinor <= 0n) return nothing;
  const first = state.status === 'submitted' ? settled(command, state.terms) : [];
  return decided(...first, {
    ...{ type: 'PayoutReversed', version: 1, payoutId, tradeId, milestoneId, attempt },
    ...{
      sellerId: seller.sellerId,
      destination: seller.destination,
      transferId,
      amount,
      totalReversed,
      reversedAt: at,
      ...(reversals === undefined ? {} : { reversals: [...reversals] }),
    },
  });
}
