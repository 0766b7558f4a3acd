import type { RefundBooking } from '../../events/escrow/refund-settled.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import type { Money } from '../money/money.ts';
import { type Decision, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { refundIn, unknownRefund } from './decide-refund.ts';
import { evolveEscrow } from './evolve.ts';
import type { ProviderRefund } from './ports.ts';
import { totalsOf } from './refund-parts.ts';
import { isByBank, isOfCharge } from './refund-ways.ts';
import { untoldDebt } from './seller-debt.ts';
import { withSettlement } from './settlement.ts';
import {
  canRefund,
  type EscrowState,
  isFunded,
  type Refund,
  type RefundingState,
} from './state.ts';

/** Records what the provider says of a refund now. Its state follows the provider, not our intent. */
export function recordRefund(
  { refund: reported, at }: CommandOf<'RecordRefund'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const refund =
    // Stryker disable next-line ConditionalExpression: no refund has null as its id
    canRefund(state) && reported.refundId !== null ? refundIn(state, reported.refundId) : undefined;
  if (!canRefund(state) || refund === undefined) return unknownRefund(reported.refundId);
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
const isOfItsSource = ({ takenFrom }: ProviderRefund, refund: Refund): boolean =>
  takenFrom === sourceOf(refund);

function sourceOf(refund: Refund): ProviderRefund['takenFrom'] {
  if (isByBank(refund)) return 'bank';
  return isOfCharge(refund) ? undefined : 'cash_balance';
}

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
  const { refundId } = refund;
  const submitted: EscrowEvent = {
    type: 'RefundSubmitted',
    version: 1,
    refundId,
    attempt,
    providerRefundId,
    ...debitOf(refund, state),
    submittedAt: at,
  };
  const after = evolveEscrow(state, submitted);
  const debt = isFunded(after) ? untoldDebt(after, { debtId: refundId, reason: 'refund' }) : [];
  return [submitted, ...debt];
}

/** A refund of the charge is taken off the balance as it is, where the provider settles in that currency. */
function debitOf(refund: Refund, state: RefundingState): { readonly debit?: Money } {
  const { amount } = refund;
  return sourceOf(refund) === undefined &&
    isFunded(state) &&
    state.payment.settled.currency === amount.currency
    ? { debit: amount }
    : {};
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
  refund: Refund,
  { terms }: RefundingState,
): RefundBooking | undefined {
  const { amount, parts, valuation } = refund;
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
  const from = sourceOf(refund);
  return { amount, owed: all, midValue, debited, fee, ...(from === undefined ? {} : { from }) };
}
