import { money } from '../../../src/money/money.ts';
import type { StripeCharge, StripeRefund } from '../world.ts';
import { refundToCash, takeCash } from './stripe-cash.ts';
import { closeInquiry } from './stripe-dispute-turns.ts';
import { chargedMinor, endOf, isInquiry, isOpen } from './stripe-disputes.ts';
import { invalidRequest } from './stripe-errors.ts';
import { movable } from './stripe-money.ts';
import { book, type Intent, negative, type StripeState } from './stripe-state.ts';

/** A card refund goes through at once or stays pending for a while; some fail in the end. */
const PENDING_MS = [1_000, 3 * 24 * 3_600_000] as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type RefundParameters = {
  readonly chargeId: string;
  readonly amountMinor: bigint;
  readonly metadata: Readonly<Record<string, string>>;
};

const chargeOf = ({ charges }: StripeState, id: string): StripeCharge => {
  const charge = charges.find((one) => one.id === id);
  if (charge === undefined) throw invalidRequest('resource_missing');
  return charge;
};

const standing = ({ refunds }: StripeState, chargeId: string): bigint =>
  refunds
    .filter((refund) => refund.chargeId === chargeId && refund.status !== 'failed')
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

/** What refunds of so much of a charge take from the balance: differences of running totals. */
const debitedUntil = ({ amount, settled }: StripeCharge, refundedMinor: bigint): bigint =>
  (settled.amountMinor * refundedMinor) / amount.amountMinor;

/** Stripe does not say whether it gives anything back of a charge of which a dispute was lost: here, of every other. */
const isRefusedOnceLost = ({ charges }: StripeState, { id }: StripeCharge): boolean =>
  charges.findIndex((charge) => charge.id === id) % 2 === 0;

/** @throws where the charge is disputed, or less than that is left of it. */
export function createRefund(
  state: StripeState,
  { chargeId, amountMinor, metadata }: RefundParameters,
): StripeRefund {
  const { sim, refunds } = state;
  const charge = chargeOf(state, chargeId);
  const before = standing(state, chargeId);
  const own = state.disputes.filter((dispute) => dispute.chargeId === chargeId);
  const isDisputed = own.some((dispute) => isOpen(dispute) && !isInquiry(dispute));
  const isLost = own.some((dispute) => endOf(dispute) === 'lost');
  if (isDisputed || (isLost && isRefusedOnceLost(state, charge))) {
    throw invalidRequest('charge_disputed');
  }
  const lost = own
    .filter((dispute) => endOf(dispute) === 'lost')
    .reduce((sum, { amount }) => sum + chargedMinor(charge, amount), 0n);
  const leftMinor = charge.amount.amountMinor - before;
  // Also what a bank gave back of a dispute that was lost is not there to be refunded.
  if (amountMinor <= leftMinor && lost + amountMinor > leftMinor) {
    throw invalidRequest('charge_disputed');
  }
  if (amountMinor > leftMinor) {
    throw invalidRequest(
      before === charge.amount.amountMinor
        ? 'charge_already_refunded'
        : 'parameter_invalid_integer',
    );
  }
  const debitedMinor = debitedUntil(charge, before + amountMinor) - debitedUntil(charge, before);
  const refund: Mutable<StripeRefund> = {
    id: `re_${refunds.length + 1}`,
    chargeId,
    customerId: null,
    tradeId: charge.tradeId,
    refundId: metadata['refund_id'] ?? null,
    attempt: Number(metadata['attempt'] ?? '1'),
    amount: movable(money(charge.amount.currency, amountMinor)),
    debited: money(charge.settled.currency, debitedMinor),
    status: 'pending',
    createdAtMs: sim.scheduler.nowMs(),
  };
  refunds.push(refund);
  book(state, { category: 'refund', sourceId: refund.id, amount: negative(refund.debited) });
  if (sim.strikes('lateBalance')) settleLater(state, refund);
  else succeed(state, refund);
  state.tell({ type: 'refund.created', objectId: refund.id, object: { id: refund.id } });
  // Who has everything back has nothing to ask for.
  if (before + amountMinor === charge.amount.amountMinor) {
    for (const { id } of own.filter(isInquiry)) closeInquiry(state, id);
  }
  return refund;
}

/** Gives a customer's cash back. It never was on the platform's balance. */
export function refundCash(
  state: StripeState,
  {
    customerId,
    amountMinor,
    metadata,
  }: Omit<RefundParameters, 'chargeId'> & {
    readonly customerId: string;
  },
): StripeRefund {
  const { amount, tradeId } = takeCash(state, customerId, amountMinor);
  const given = money(amount.currency, amountMinor);
  const refund: StripeRefund = {
    ...{ id: `re_${state.refunds.length + 1}`, chargeId: null, customerId, tradeId },
    refundId: metadata['refund_id'] ?? null,
    attempt: Number(metadata['attempt'] ?? '1'),
    ...{ amount: given, debited: given, status: 'succeeded' },
    createdAtMs: state.sim.scheduler.nowMs(),
  };
  state.refunds.push(refund);
  state.tell({ type: 'refund.created', objectId: refund.id, object: { id: refund.id } });
  return refund;
}

const intentOfCharge = ({ intents }: StripeState, chargeId: string | null): Intent | undefined =>
  [...intents.values()].find(({ charge }) => chargeId !== null && charge?.id === chargeId);

/** What bank transfers had paid goes back to the customer's cash balance, not to the bank. */
function succeed(state: StripeState, refund: Mutable<StripeRefund>): void {
  refund.status = 'succeeded';
  const intent = intentOfCharge(state, refund.chargeId);
  if (intent?.paidBy === 'customer_balance') refundToCash(state, intent, refund.amount.amountMinor);
}

function settleLater(state: StripeState, refund: Mutable<StripeRefund>): void {
  const { sim } = state;
  sim.scheduler.at(sim.scheduler.nowMs() + sim.random.between(...PENDING_MS), () =>
    sim.scheduler.add({
      task: 'stripe',
      kind: 'stripe.refund',
      subject: refund.id,
      run: () => {
        succeed(state, refund);
        state.tell({ type: 'refund.updated', objectId: refund.id, object: { id: refund.id } });
        return refund.status;
      },
    }),
  );
}

export const refundObject = (state: StripeState, refund: StripeRefund) => {
  const { id, chargeId, customerId, amount, debited, refundId, tradeId, attempt, status } = refund;
  const intent = intentOfCharge(state, chargeId);
  return {
    id,
    object: 'refund',
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    charge: chargeId,
    customer: customerId,
    created: Math.floor(refund.createdAtMs / 1_000),
    status,
    ...(intent?.paidBy === 'customer_balance'
      ? { destination_details: { type: 'customer_cash_balance' } }
      : {}),
    metadata:
      refundId === null ? {} : { refund_id: refundId, trade_id: tradeId, attempt: String(attempt) },
    payment_intent:
      chargeId === null ? null : { metadata: intent?.tradeId ? { trade_id: intent.tradeId } : {} },
    balance_transaction:
      chargeId === null
        ? null
        : {
            object: 'balance_transaction',
            amount: -Number(debited.amountMinor),
            currency: debited.currency.toLowerCase(),
            fee: 0,
          },
  };
};
