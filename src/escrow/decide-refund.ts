import type { RefundBooking } from '../../events/escrow/refund-settled.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { exchange } from '../money/exchange.ts';
import { add, compare, type Money, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { isFrozen, refundable, spreadPart, tradedPart, undisputedMilestones } from './holdings.ts';
import type { ProviderRefund } from './ports.ts';
import { partsOf, totalsOf } from './refund-parts.ts';
import { bankPartOf, byWays } from './refund-ways.ts';
import { withSettlement } from './settlement.ts';
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
  return isFrozen(state) ? cannotRefund(state) : refundOf(command, state);
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
  if (compare(amount, left) > 0) {
    return rejected(
      'refund.exceeds_left',
      `Of what the buyer paid, ${left.amountMinor} minor units of ${left.currency} are left.`,
    );
  }
  const parts = partsOf(state, tradedPart(state, amount), undisputedMilestones(state));
  if (parts === undefined) return cannotRefund(state);
  const { tradeId } = state.terms;
  const requested = { tradeId, refundId, amount, parts: [...parts], reason, requestedAt: at };
  return decided(...byWays(state, { type: 'RefundRequested', version: 1, ...requested }));
}

const find = (state: RefundingState, refundId: string): Refund | undefined =>
  state.refunds.find((refund) => refund.refundId === refundId);

const unknown = (refundId: string | null): Decision<EscrowEvent> =>
  rejected('refund.unknown', `No refund ${refundId ?? 'without an id'} was asked for.`);

/** Fixes what a refund is worth, once, right before it is made. */
export function valueRefund(
  { refundId, mid, at }: CommandOf<'ValueRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund = canRefund(state) ? find(state, refundId) : undefined;
  if (!canRefund(state) || refund === undefined) return unknown(refundId);
  if (refund.status !== 'requested') return nothing;
  if (isFunded(state) && isFrozen(state)) {
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

/** Records what the provider says of a refund now. Its state follows the provider, not our intent. */
export function recordRefund(
  { refund: reported, at }: CommandOf<'RecordRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund =
    // Stryker disable next-line ConditionalExpression: no refund has null as its id
    canRefund(state) && reported.refundId !== null ? find(state, reported.refundId) : undefined;
  if (!canRefund(state) || refund === undefined) return unknown(reported.refundId);
  if (refund.status === 'requested') {
    return tooEarly('refund.not_valued', 'The provider knows a refund that is not valued yet.');
  }
  if (compareAmounts(refund.amount, reported.amount)) return amountMismatch(reported);
  if (reported.providerRefundId === refund.creditedBy) return toldAgain(reported);
  if (reported.attempt !== refund.attempt) return ofAnotherAttempt(reported, refund);
  return follow(reported, { refund, state, at });
}

const compareAmounts = (left: Money, right: Money): boolean =>
  left.currency !== right.currency || left.amountMinor !== right.amountMinor;

const amountMismatch = ({ providerRefundId }: ProviderRefund): Decision<EscrowEvent> =>
  rejected(
    'refund.amount_mismatch',
    `${providerRefundId} is of another amount than was asked for.`,
  );

const ofAnotherAttempt = (
  { status, providerRefundId, attempt }: ProviderRefund,
  refund: Refund,
): Decision<EscrowEvent> =>
  // Stryker disable next-line EqualityOperator: it is another attempt
  status === 'failed' && attempt < refund.attempt
    ? nothing
    : rejected(
        'refund.second_refund',
        `${providerRefundId} is beside attempt ${refund.attempt}, which is ${refund.status}.`,
      );

/** How a refund came to lie on the cash balance, told again while it waits there, leaves it or has left. */
const toldAgain = ({ status, providerRefundId }: ProviderRefund): Decision<EscrowEvent> =>
  status === 'failed'
    ? rejected(
        'refund.failed_after_credit',
        `${providerRefundId} was credited, and failed after all.`,
      )
    : nothing;

/** What was asked for of the charge, of the cash balance or of our bank is not another of these. */
const isOfItsSource = ({ takenFrom }: ProviderRefund, { from, creditedBy }: Refund): boolean =>
  (takenFrom === 'cash_balance') === (from === 'cash_balance' || creditedBy !== undefined);

const secondRefund = (
  { providerRefundId }: ProviderRefund,
  refund: Refund,
): Decision<EscrowEvent> =>
  rejected(
    'refund.second_refund',
    `${providerRefundId} is beside ${refund.providerRefundId ?? 'the one that was asked for'}.`,
  );

type Recorded = { readonly refund: Refund; readonly state: RefundingState; readonly at: string };

function follow(reported: ProviderRefund, recorded: Recorded): Decision<EscrowEvent> {
  const { refund } = recorded;
  if (refund.status === 'canceled') {
    return reported.status === 'failed'
      ? nothing
      : rejected('refund.made_though_canceled', `${reported.providerRefundId} was called off.`);
  }
  const isNew = refund.status === 'valued' || refund.status === 'credited';
  const isKnown = refund.providerRefundId === reported.providerRefundId;
  if (!isOfItsSource(reported, refund) || !(isKnown || isNew))
    return secondRefund(reported, refund);
  const events = [...submission(reported, recorded), ...outcome(reported, recorded)];
  return withSettlement(recorded.state, events, recorded.at);
}

/** A seller's debt is told once the provider has the refund: until then it may still be called off. */
function submission(
  { providerRefundId, attempt }: ProviderRefund,
  { refund, state, at }: Recorded,
): readonly EscrowEvent[] {
  if (refund.status !== 'valued' && refund.status !== 'credited') return [];
  const { refundId, parts } = refund;
  const { tradeId, seller, amount } = state.terms;
  const { net } = totalsOf(parts, amount.currency);
  const submitted: EscrowEvent = {
    type: 'RefundSubmitted',
    version: 1,
    refundId,
    attempt,
    providerRefundId,
    ...debitOf(refund, state),
    submittedAt: at,
  };
  if (net.amountMinor === 0n || attempt > 1 || refund.creditedBy !== undefined) return [submitted];
  const debt: EscrowEvent = {
    type: 'SellerDebtIncurred',
    version: 1,
    tradeId,
    sellerId: seller.partyId,
    debtId: refundId,
    amount: net,
    reason: 'refund',
  };
  return [submitted, debt];
}

/** A refund of the charge is taken off the balance as it is, where the provider settles in that currency. */
function debitOf(
  { amount, from, creditedBy }: Refund,
  state: RefundingState,
): { readonly debit?: Money } {
  const isOfCharge = from === 'charge' && creditedBy === undefined && isFunded(state);
  return isOfCharge && state.payment.settled.currency === amount.currency ? { debit: amount } : {};
}

function outcome(
  reported: ProviderRefund,
  { refund, state, at }: Recorded,
): readonly EscrowEvent[] {
  const { refundId } = refund;
  const { providerRefundId, attempt, failureReason } = reported;
  const { tradeId } = state.terms;
  const body = { version: 1, tradeId, refundId, attempt, providerRefundId } as const;
  if (reported.status === 'failed' && refund.status !== 'failed') {
    const { booking } = refund;
    return [
      {
        type: 'RefundFailed',
        ...body,
        reason: failureReason ?? 'unknown',
        ...(booking === null ? {} : { returned: booking }),
        failedAt: at,
      },
    ];
  }
  const isOpen = ['valued', 'submitted', 'credited'].includes(refund.status);
  const booking = isOpen ? bookingOf(reported, refund, state) : undefined;
  if (booking === undefined) return [];
  if (reported.landsOn !== undefined) {
    return [{ type: 'RefundCredited', ...body, booking, creditedAt: at }];
  }
  return [{ type: 'RefundSettled', ...body, booking, settledAt: at }];
}

/** What is booked of a refund that has gone through; undefined while it has not. */
function bookingOf(
  { status, debited, fee }: ProviderRefund,
  { amount, parts, valuation, from: origin, creditedBy }: Refund,
  { terms }: RefundingState,
): RefundBooking | undefined {
  if (
    status !== 'succeeded' ||
    debited === null ||
    fee === null ||
    // Stryker disable next-line ConditionalExpression: an open refund is valued
    valuation === null
  ) {
    return undefined;
  }
  const { all } = totalsOf(parts, terms.amount.currency);
  const { midValue } = valuation;
  const from = creditedBy === undefined ? origin : 'cash_balance';
  return { amount, owed: all, midValue, debited, fee, ...(from === 'charge' ? {} : { from }) };
}

/** Tries a failed refund anew. */
export function retryRefund(
  { refundId, at }: CommandOf<'RetryRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund = canRefund(state) ? find(state, refundId) : undefined;
  if (refund === undefined) return rejected('refund.not_found', 'There is no such refund.');
  if (refund.status !== 'failed') {
    return rejected(
      `refund.cannot_retry_${refund.status}`,
      `Only a failed refund can be tried anew; this one is ${refund.status}.`,
    );
  }
  const attempt = refund.attempt + 1;
  return decided({ type: 'RefundRetried', version: 1, refundId, attempt, requestedAt: at });
}
