import type { EscrowEvent } from '../../events/index.ts';
import { add, compare, subtract, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { earmarkAtOnce } from './decide-duties.ts';
import { cashBack, lateTransfers, receiptsBack, returnId, transferred } from './decide-parts.ts';
import { type EscrowState, type FundedState, isClosed, isFunded } from './state.ts';
import { publicStatus } from './status.ts';

/** The same request opens its trade once; another request under the same key is a conflict. */
export function openTrade(
  { terms }: CommandOf<'OpenTrade'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return decided({ type: 'TradeOpened', version: 1, ...terms });
  if (state.terms.requestHash === terms.requestHash) return nothing;
  return rejected(
    'idempotency.key_reused',
    'This Idempotency-Key has already opened a trade with a different body.',
  );
}

export function recordPaymentRequest(
  { paymentIntentId }: CommandOf<'RecordPaymentRequest'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const unpaid = state.status === 'awaiting_payment' || state.status === 'canceling';
  if (!unpaid || state.paymentIntentId !== null) return nothing;
  return decided({ type: 'PaymentRequested', version: 1, paymentIntentId });
}

/**
 * Money that came for a closed trade, or a charge of less than was quoted, is never applied by guess:
 * it is rejected, so that the message reaches a person with this reason. What is more than was quoted
 * goes back at once; the rest is the payment.
 */
export function recordPayment(
  command: CommandOf<'RecordPayment'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const { payment } = command;
  if (state.status === 'not_opened') {
    return tooEarly('escrow.not_opened', 'The payment names a trade that is not opened yet.');
  }
  if (isFunded(state)) {
    return state.payment.chargeId === payment.chargeId
      ? late(command, state)
      : rejected(
          'escrow.paid_twice',
          `A second charge arrived for a trade that is ${state.status}.`,
        );
  }
  if (isClosed(state)) {
    return rejected(
      'escrow.payment_after_close',
      `Money arrived for a trade that is ${state.status}.`,
    );
  }
  const due = state.terms.quote.sell;
  const isDue = payment.received.currency === due.currency;
  if (!isDue || compare(add(payment.received, state.parts.receipts), due) < 0) {
    return rejected('escrow.amount_mismatch', 'The charge is not the amount that was quoted.');
  }
  return decided(...fundedBy(command, state));
}

/** The payment is known; what was transferred after it, or seen after it, goes back. */
const late = (
  { payment, unused }: CommandOf<'RecordPayment'>,
  state: FundedState,
): Decision<EscrowEvent> =>
  unused === undefined
    ? nothing
    : decided(...lateTransfers(state, { unused, at: payment.capturedAt }));

/** The payment, and all that came beside it on its way back. */
function fundedBy(
  { payment, unused }: CommandOf<'RecordPayment'>,
  { terms, parts }: Extract<EscrowState, { status: 'awaiting_payment' | 'canceling' }>,
): readonly EscrowEvent[] {
  const { tradeId, quote } = terms;
  const { receiptIds: _, byReceipts: __, ...charge } = payment;
  // A charge of the whole stands alone; one of less is the rest of what receipts have paid.
  const isMixed = compare(payment.received, quote.sell) < 0;
  const received = isMixed ? add(payment.received, parts.receipts) : payment.received;
  const excess = subtract(received, quote.sell);
  const none = zero(quote.sell.currency);
  const at = payment.capturedAt;
  const tooMuch: readonly EscrowEvent[] =
    excess.amountMinor === 0n
      ? []
      : [
          {
            type: 'RefundRequested',
            version: 1,
            tradeId,
            refundId: returnId(tradeId, 'overpayment'),
            amount: excess,
            parts: [],
            reason: 'overpayment',
            requestedAt: at,
          },
        ];
  return [
    {
      type: 'EscrowFunded',
      version: 1,
      tradeId,
      ...charge,
      received,
      ...(isMixed ? { byReceipts: parts.receipts } : {}),
      ...(parts.transferred.amountMinor > 0n ? { applied: parts.transferred } : {}),
      ...(unused === undefined || unused.amountMinor === 0n ? {} : { unused }),
    },
    ...tooMuch,
    // Stryker disable next-line ArrayDeclaration: what it would put there is no refund
    ...cashBack({ terms, refunds: [] }, { unused: unused ?? none, reason: 'overpayment', at }),
    ...(isMixed ? [] : receiptsBack({ terms, parts }, { reason: 'overpayment', at })),
  ];
}

export function convertFunds(
  { conversion, at }: CommandOf<'ConvertFunds'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state)) {
    return tooEarly('escrow.not_funded', `A trade that is ${state.status} has nothing to convert.`);
  }
  if (state.converted) return nothing;
  const { terms, payment } = state;
  const { quote, midSell, spread } = conversion;
  const converted: EscrowEvent = {
    type: 'FundsConverted',
    version: 1,
    tradeId: terms.tradeId,
    quoteId: quote.id,
    rateDate: quote.reference.rateDate,
    received: payment.received,
    converted: terms.amount,
    midSell,
    spread,
    settled: payment.settled,
    ...(payment.byReceipts === undefined ? {} : { byReceipts: true }),
    convertedAt: at,
  };
  return decided(converted, ...earmarkAtOnce({ ...state, converted: true }, at));
}

export function requestCancellation(state: EscrowState): Decision<EscrowEvent> {
  switch (state.status) {
    case 'awaiting_payment':
      return decided({
        type: 'CancellationRequested',
        version: 1,
        tradeId: state.terms.tradeId,
        reason: 'marketplace',
      });
    case 'canceling':
    case 'canceled':
      return nothing;
    case 'not_opened':
      return rejected('trade.not_found', 'There is no such trade.');
    default:
      return rejected(
        `trade.cannot_cancel_${publicStatus(state)}`,
        `Only an unpaid trade can be canceled; this one is ${publicStatus(state)}.`,
      );
  }
}

/**
 * The provider has closed the payment, at our request or its own. What had come of it lies on the
 * buyer's cash balance, and goes back; receipts go back with it.
 */
export function recordPaymentClosed(
  { at, unused }: CommandOf<'RecordPaymentClosed'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') {
    return tooEarly('escrow.not_opened', 'The payment names a trade that is not opened yet.');
  }
  const received = unused ?? zero(state.terms.quote.sell.currency);
  if (isFunded(state) || isClosed(state)) {
    return decided(...lateTransfers(state, { unused: received, at }));
  }
  if (compare(received, state.parts.transferred) < 0) {
    const detail = 'The payment is closed, and what had come of it is not on the cash balance yet.';
    return tooEarly('escrow.part_not_returned', detail);
  }
  const came = transferred(state, received, at);
  const reason = 'underpayment';
  const back = [
    // Stryker disable next-line ArrayDeclaration: what it would put there is no refund
    ...cashBack({ terms: state.terms, refunds: [] }, { unused: received, reason, at }),
    ...receiptsBack(state, { reason, at }),
  ];
  const closed: EscrowEvent =
    // Stryker disable next-line ConditionalExpression: no other state has a reason
    state.status === 'canceling' && state.reason === 'payment_window_over'
      ? { type: 'TradeExpired', version: 1, expiredAt: at }
      : { type: 'TradeCanceled', version: 1, canceledAt: at };
  return decided(...came, closed, ...back);
}

export function refuseCancellation(
  { paymentStatus }: CommandOf<'RefuseCancellation'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  return state.status === 'canceling'
    ? decided({ type: 'CancellationRefused', version: 1, paymentStatus })
    : nothing;
}
