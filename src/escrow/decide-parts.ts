import type { RefundSource } from '../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { add, compare, type Money, subtract, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { refundIdFor } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import {
  type EscrowState,
  type FundedState,
  isClosed,
  isFunded,
  type RefundingState,
} from './state.ts';

type Requested = Extract<EscrowEvent, { type: 'RefundRequested' }>;
type Opened = Exclude<EscrowState, { status: 'not_opened' }>;

/**
 * What bank transfers have brought to a payment that the provider charges only as a whole. A trade
 * that does not wait for it any more learns of it when its payment is closed.
 */
export function recordTransfers(
  { received, at }: CommandOf<'RecordTransfers'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') {
    return tooEarly('escrow.not_opened', 'The payment names a trade that is not opened yet.');
  }
  if (isFunded(state) || isClosed(state)) return nothing;
  if (received.currency !== state.terms.quote.sell.currency) {
    return rejected('escrow.amount_mismatch', 'The transfer is not in the currency quoted.');
  }
  const { receipts } = state.parts;
  return decided(...transferred(state, received, at), ...restOf(state, { received, receipts }));
}

/**
 * Transfers to the provider and receipts together are the whole: the provider is asked to charge what the
 * receipts have not paid. None, while something is missing, or one of them is the whole alone.
 */
function restOf(
  state: Exclude<Opened, FundedState>,
  { received, receipts }: { readonly received: Money; readonly receipts: Money },
): readonly EscrowEvent[] {
  const { quote, tradeId } = state.terms;
  const rest = subtract(quote.sell, receipts);
  // Stryker disable next-line ConditionalExpression,LogicalOperator,EqualityOperator: without receipts the rest is the whole, and receipts of the whole have funded the trade
  const isMixed = receipts.amountMinor > 0n && rest.amountMinor > 0n;
  const isWhole = compare(received, rest) >= 0 && compare(received, quote.sell) < 0;
  if (state.status !== 'awaiting_payment' || !isMixed || !isWhole) return [];
  if (state.rest?.amountMinor === rest.amountMinor) return [];
  return [{ type: 'RestRequested', version: 1, tradeId, rest }];
}

/** The part that is new of what has been transferred; none, where nothing is. */
export function transferred(state: Opened, received: Money, at: string): readonly EscrowEvent[] {
  const { parts, terms } = state;
  const added = subtract(received, parts.transferred);
  if (added.amountMinor <= 0n) return [];
  const { tradeId } = terms;
  const reference = intentOf(state) ?? tradeId;
  return [
    {
      type: 'PartialPaymentReceived',
      version: 1,
      tradeId,
      way: 'transfer',
      ...{ reference, added, received, receivedAt: at },
    },
  ];
}

const intentOf = (state: Opened): string | null =>
  isFunded(state) ? state.payment.paymentIntentId : state.paymentIntentId;

/**
 * Finance has found out that a receipt on the segregated account is the buyer's money for this
 * trade. Together with the receipts before it, it funds the trade as soon as it is enough; what is
 * too much, or comes too late, goes back.
 */
export function applyReceipt(
  command: CommandOf<'ApplyReceipt'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  const { receiptId, amount, at } = command;
  const { parts, terms } = state;
  if (parts.receiptIds.includes(receiptId)) return nothing;
  const due = terms.quote.sell;
  if (amount.currency !== due.currency) {
    return rejected('receipt.currency_mismatch', `The trade is to be paid in ${due.currency}.`);
  }
  const received = add(parts.receipts, amount);
  const { tradeId } = terms;
  const part: EscrowEvent = {
    type: 'PartialPaymentReceived',
    version: 1,
    tradeId,
    way: 'receipt',
    ...{ reference: receiptId, added: amount, received, receivedAt: at },
  };
  if (isFunded(state) || isClosed(state)) {
    const refundId = refundIdFor(tradeId, receiptId);
    return decided(part, giveBack(state, { refundId, amount, from: 'bank', at }));
  }
  if (compare(received, due) < 0) {
    const { transferred: came } = parts;
    return decided(part, ...restOf(state, { received: came, receipts: received }));
  }
  const funded: EscrowEvent = {
    type: 'EscrowFunded',
    version: 1,
    tradeId,
    paymentIntentId: state.paymentIntentId ?? receiptId,
    chargeId: receiptId,
    received,
    settled: received,
    fee: zero(due.currency),
    capturedAt: at,
    receiptIds: [...parts.receiptIds, receiptId],
  };
  const tooMuch = excess(state, { amount: subtract(received, due), from: 'bank', at });
  return decided(funded, { type: 'PaymentNoLongerNeeded', version: 1, tradeId }, ...tooMuch);
}

/** What is beyond the price, on its way back; none, where nothing is. */
const excess = (
  { terms: { tradeId } }: Opened,
  { amount, from, at }: Pick<Return, 'amount' | 'from' | 'at'>,
): readonly EscrowEvent[] =>
  amount.amountMinor > 0n
    ? [returning({ tradeId, refundId: returnId(tradeId, 'overpayment'), amount, from, at })]
    : [];

type Return = {
  readonly refundId: string;
  readonly amount: Money;
  readonly from: RefundSource;
  readonly at: string;
};

/** A refund of what belongs to no milestone. */
const giveBack = (state: RefundingState, { refundId, amount, from, at }: Return): EscrowEvent => ({
  ...returning({ tradeId: state.terms.tradeId, refundId, amount, from, at }),
  reason: isFunded(state) ? 'overpayment' : 'underpayment',
});

const returning = ({
  tradeId,
  refundId,
  amount,
  from,
  at,
}: Return & { readonly tradeId: string }): Requested => ({
  type: 'RefundRequested',
  version: 1,
  tradeId,
  refundId,
  amount,
  parts: [],
  reason: 'overpayment',
  from,
  requestedAt: at,
});

/** A trade gives back what came each way once, under an id that says which. */
export const returnId = (tradeId: string, what: string): string =>
  `rfd_${tradeId.slice(tradeId.indexOf('_') + 1)}_${what}`;

/** Receipts that came beside the payment of a trade, on their way back. */
export function receiptsBack(
  { terms, parts }: Pick<Opened, 'terms' | 'parts'>,
  { reason, at }: { readonly reason: Requested['reason']; readonly at: string },
): readonly Requested[] {
  const { tradeId } = terms;
  const { receipts: amount } = parts;
  if (amount.amountMinor === 0n) return [];
  const refundId = returnId(tradeId, 'receipts');
  return [{ ...returning({ tradeId, refundId, amount, from: 'bank', at }), reason }];
}

/**
 * What was transferred and no payment uses, on its way back: all of it that is not yet, under an id
 * that says how many times something was.
 *
 * @param unused all that ever was, as the provider says it.
 */
export function cashBack(
  { terms: { tradeId }, refunds }: Pick<RefundingState, 'terms' | 'refunds'>,
  {
    unused,
    reason,
    at,
  }: { readonly unused: Money; readonly reason: Requested['reason']; readonly at: string },
): readonly Requested[] {
  const before = refunds.filter(({ from }) => from === 'cash_balance');
  const amount = before.reduce((left, refund) => subtract(left, refund.amount), unused);
  if (amount.amountMinor <= 0n) return [];
  const ordinal = before.length === 0 ? 'cash' : `cash_${before.length + 1}`;
  const refundId = returnId(tradeId, ordinal);
  return [{ ...returning({ tradeId, refundId, amount, from: 'cash_balance', at }), reason }];
}

/** What came too late by transfer is booked, and goes back. */
export const lateTransfers = (
  state: RefundingState,
  { unused, at }: { readonly unused: Money; readonly at: string },
): readonly EscrowEvent[] => [
  ...transferred(state, unused, at),
  ...cashBack(state, { unused, reason: isFunded(state) ? 'overpayment' : 'underpayment', at }),
];
