import type { EscrowEvent } from '../../events/index.ts';
import { payableStep } from '../money/currency.ts';
import { exchange } from '../money/exchange.ts';
import { add, compare, type Money, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { endsOf } from './evolve-chargebacks.ts';
import {
  chargedPart,
  disputedIds,
  isRefundFrozen,
  refundable,
  spreadPart,
  tradedPart,
  undisputedMilestones,
} from './holdings.ts';
import { partsOf, takeable, totalsOf } from './refund-parts.ts';
import {
  bankPartOf,
  byWays,
  isByBank,
  isChargeSpent,
  isOfCharge,
  refundableBy,
} from './refund-ways.ts';
import {
  canRefund,
  type EscrowState,
  type FundedState,
  isFunded,
  type Refund,
  type RefundingState,
} from './state.ts';
import { publicStatus } from './status.ts';

/**
 * Gives money back to the buyer, in the currency that was charged. It comes first out of what is
 * held, then out of what was released.
 */
export function requestRefund(
  command: CommandOf<'RequestRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  if (!isFunded(state)) return cannotRefund(state);
  const ids = [command.refundId, bankPartOf(command.refundId)];
  const known = state.refunds.filter(({ refundId }) => ids.includes(refundId));
  if (known.length > 0) return repeated(known, command);
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not held yet.');
  }
  return isRefundFrozen(state) ? cannotRefund(state) : refundOf(command, state);
}

const cannotRefund = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_refund_${publicStatus(state)}`,
    `A trade that is ${publicStatus(state)} can't be refunded.`,
  );

/** A refund that goes back by two ways is two, of one request. */
function repeated(
  known: readonly Refund[],
  { amount: requested, refundId }: CommandOf<'RequestRefund'>,
): Decision<EscrowEvent> {
  // Stryker disable next-line ObjectLiteral: what is asked for again is known
  const [{ amount: first } = { amount: requested }, ...others] = known;
  const amount = others.reduce((total, other) => add(total, other.amount), first);
  return amount.currency === requested.currency && amount.amountMinor === requested.amountMinor
    ? nothing
    : rejected('refund.id_reused', `Another amount is refunded under ${refundId}.`);
}

function refundOf(
  { refundId, amount, reason, at }: CommandOf<'RequestRefund'>,
  state: FundedState,
): Decision<EscrowEvent> {
  const left = refundable(state);
  if (amount.currency !== left.currency) {
    return rejected(
      'refund.currency_mismatch',
      `The buyer was charged in ${left.currency}, and is refunded in it.`,
    );
  }
  if (compare(amount, left) > 0) return exceedsLeft(left);
  const step = payableStep(amount.currency);
  const isPayable = amount.amountMinor % step === 0n || compare(amount, left) === 0;
  if (!isPayable && refundableBy(state, 'charge').amountMinor > 0n) {
    return rejected(
      'refund.amount_not_payable',
      `${amount.currency} is paid back in multiples of ${step} minor units.`,
    );
  }
  const open = undisputedMilestones(state);
  const parts = partsOf(state, tradedPart(state, amount), open);
  if (parts === undefined) {
    return disputedIds(state).size > 0
      ? cannotRefund(state)
      : exceedsLeft(chargedPart(state, takeable(state, open)));
  }
  const { tradeId } = state.terms;
  const requested = { tradeId, refundId, amount, parts: [...parts], reason, requestedAt: at };
  return decided(...byWays(state, { type: 'RefundRequested', version: 1, ...requested }));
}

const exceedsLeft = (left: Money): Decision<EscrowEvent> =>
  rejected(
    'refund.exceeds_left',
    `Of what the buyer paid, ${left.amountMinor} minor units of ${left.currency} are left.`,
  );

/** A refund of a trade by its id. */
export const refundIn = (state: RefundingState, refundId: string): Refund | undefined =>
  state.refunds.find((refund) => refund.refundId === refundId);

/** No such refund: whoever names it is wrong. */
export const unknownRefund = (refundId: string | null): Decision<EscrowEvent> =>
  rejected('refund.unknown', `No refund ${refundId ?? 'without an id'} was asked for.`);

/** Fixes what a refund is worth, once, right before it is made. */
export function valueRefund(
  { refundId, mid, at }: CommandOf<'ValueRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund = canRefund(state) ? refundIn(state, refundId) : undefined;
  if (!canRefund(state) || refund === undefined) return unknownRefund(refundId);
  if (refund.status !== 'requested') return nothing;
  if (isFunded(state) && isRefundFrozen(state)) {
    return tooEarly('refund.charge_disputed', "The buyer's bank disputes the charge.");
  }
  const { terms } = state;
  const { held, net, fee, all } = totalsOf(refund.parts, terms.amount.currency);
  const to = terms.quote.sell.currency;
  return decided({
    type: 'RefundValued',
    version: 1,
    tradeId: terms.tradeId,
    refundId,
    sellerId: terms.seller.partyId,
    amount: refund.amount,
    held,
    net,
    fee,
    ...(refund.reason === 'overpayment' || !isFunded(state)
      ? { midValue: refund.amount, spread: zero(to), unapplied: true }
      : {
          midValue: exchange(all, { to, rate: mid.rate, rounding: 'halfEven' }),
          spread: spreadPart(state, held),
        }),
    ...(mid.rateDate === null ? {} : { rateDate: mid.rateDate }),
    valuedAt: at,
  });
}

const cannotRetry = ({ status }: Refund): Decision<EscrowEvent> =>
  rejected(
    `refund.cannot_retry_${status}`,
    `Only a failed refund can be tried anew; this one is ${status}.`,
  );

const chargedBack: Decision<EscrowEvent> = rejected(
  'refund.cannot_retry_charged_back',
  "The buyer's bank has given the buyer this money; what it left is another refund.",
);

/** Whether it would go back out of the charge, of which a lost chargeback has left nothing. */
const isGivenByBank = (state: FundedState, refund: Refund): boolean =>
  isOfCharge(refund) && refund.reason !== 'overpayment' && isChargeSpent(state);

/** Tries a failed refund anew. */
export function retryRefund(
  { refundId, at }: CommandOf<'RetryRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund = canRefund(state) ? refundIn(state, refundId) : undefined;
  if (refund === undefined) return rejected('refund.not_found', 'There is no such refund.');
  if (refund.status !== 'failed') {
    return refund.status === 'canceled' ? chargedBack : cannotRetry(refund);
  }
  if (isFunded(state) && isGivenByBank(state, refund)) return chargedBack;
  const attempt = refund.attempt + 1;
  return decided({ type: 'RefundRetried', version: 1, refundId, attempt, requestedAt: at });
}

/**
 * The provider refuses a refund since its charge was disputed. Once every chargeback has ended it will not change
 * its mind, and finance pays the refund by bank; until then, what becomes of it follows from their ends.
 * After an end that was not known then, the provider is to be asked again.
 */
export function turnRefund(
  { refundId, afterChargebacks, at }: CommandOf<'TurnRefundToBank'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund = canRefund(state) ? refundIn(state, refundId) : undefined;
  if (refund === undefined) return unknownRefund(refundId);
  const chargebacks = isFunded(state) ? state.chargebacks : [];
  const isOpen = chargebacks.length === 0 || chargebacks.some(({ status }) => status === 'open');
  if (isOpen || endsOf(chargebacks) > afterChargebacks) {
    return tooEarly(
      'refund.charge_disputed',
      "The buyer's bank disputes the charge; what becomes of the refund follows from that.",
    );
  }
  if (refund.status !== 'valued' || !isOfCharge(refund) || isByBank(refund)) return nothing;
  return decided({ type: 'RefundTurnedToBank', version: 1, refundId, turnedAt: at });
}
