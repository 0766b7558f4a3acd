import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import type { RefundFate } from './cards.ts';
import { moveCash } from './cash-balances.ts';
import { balanceTransactionOf, toSettlement } from './charges.ts';
import { formatAmount } from './currencies.ts';
import { closeAnsweredInquiries, refuseWhileDisputed } from './disputes.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { idOf } from './references.ts';
import { failRefund } from './refund-outcomes.ts';

export type RefundRequest = {
  charge: string | undefined;
  payment_intent: string | undefined;
  amount: number | undefined;
  metadata: Metadata | null | undefined;
  reason: string | undefined;
};

/**
 * Sends money of a charge back to the buyer. It never touches a transfer, and the platform's
 * balance may become negative by it, as it does at Stripe until the bank account is debited.
 * @throws StripeApiError 400 charge_already_refunded, or an amount above what is left.
 */
export function createRefund(actor: Actor, request: RefundRequest): Stripe.Refund {
  const { world, account } = actor;
  const charge = chargeToRefund(actor, request);
  refuseWhileDisputed(actor, charge);
  const left = charge.amount - charge.amount_refunded;
  if (charge.refunded || left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const amount = request.amount ?? left;
  checkPositive(amount, 'amount');
  if (amount > left) throw moreThanLeft({ amount, left, currency: charge.currency });

  const id = world.ids.next('re');
  const transaction = postRefund(actor, { id, charge, amount });
  const refund = world.store.insert('refund', account, {
    ...buildRefund(actor, { id, charge, amount }),
    balance_transaction: transaction.id,
    metadata: mergeMetadata({}, request.metadata),
    reason: request.reason ?? null,
    ...(fateOf(actor, charge) === 'pending' && { status: 'pending' }),
  });
  emit(actor, 'refund.created', refund);
  returnCash(actor, charge, refund);
  markRefunded(actor, charge, amount);
  if (fateOf(actor, charge) === 'fails') failRefund(actor, refund);
  closeAnsweredInquiries(actor, charge.id);
  return refund;
}

/** The refunds of some test cards wait for the bank, or come back from it; wallets' always wait. */
function fateOf({ world }: Actor, charge: Stripe.Charge): RefundFate | undefined {
  const instrument = world.instruments.get(charge.payment_method ?? '');
  if (instrument?.type === 'card') {
    return instrument.outcome.result === 'approved' ? instrument.outcome.refund : undefined;
  }
  return instrument === undefined || instrument.type === 'customer_balance' ? undefined : 'pending';
}

/** Where a refund goes: back the way the money came, or onto the customer's cash balance. */
function destinationOf(charge: Stripe.Charge): Pick<Stripe.Refund, 'destination_details'> {
  const type = charge.payment_method_details?.type;
  switch (type) {
    case 'card':
      return {
        destination_details: {
          type,
          card: {
            reference_status: 'pending',
            reference_type: 'acquirer_reference_number',
            type: 'refund',
          },
        },
      };
    case 'alipay':
    case 'wechat_pay':
      return { destination_details: { type, [type]: {} } };
    case 'customer_balance':
      return {
        destination_details: { type: 'customer_cash_balance', customer_cash_balance: {} },
      };
    default:
      return {};
  }
}

/** A refund of a bank transfer is the customer's cash again. */
function returnCash(actor: Actor, charge: Stripe.Charge, refund: Stripe.Refund): void {
  const customer = idOf(charge.customer);
  if (charge.payment_method_details?.type !== 'customer_balance' || customer === null) return;
  moveCash(actor, {
    ...{ customer, currency: charge.currency, amountMinor: BigInt(refund.amount) },
    detail: { type: 'refunded_from_payment', refunded_from_payment: { refund: refund.id } },
  });
}

function markRefunded(actor: Actor, charge: Stripe.Charge, amount: number): void {
  const amountRefunded = charge.amount_refunded + amount;
  const changed = actor.world.store.change('charge', charge.id, {
    amount_refunded: amountRefunded,
    refunded: amountRefunded === charge.amount,
  });
  emit(actor, 'charge.refunded', changed, {
    amount_refunded: charge.amount_refunded,
    ...(changed.refunded && { refunded: false }),
  });
}

/** Gives an authorization back that was never captured: no balance moves. */
export function releaseAuthorization(actor: Actor, charge: Stripe.Charge): void {
  const released = { id: actor.world.ids.next('re'), charge, amount: charge.amount };
  actor.world.store.insert('refund', actor.account, buildRefund(actor, released));
  markRefunded(actor, charge, charge.amount);
}

function buildRefund(
  actor: Actor,
  facts: { id: string; charge: Stripe.Charge; amount: number },
): Stripe.Refund {
  const { id, charge, amount } = facts;
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: actor.world.nowSeconds(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    ...destinationOf(charge),
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

/**
 * Takes the refund from the balance that the charge settled in. Converted amounts are differences
 * of running totals, so that refunds in parts add up to the refund of the whole.
 */
function postRefund(
  actor: Actor,
  facts: { id: string; charge: Stripe.Charge; amount: number },
): Stripe.BalanceTransaction {
  const { world, account } = actor;
  const { id, charge, amount } = facts;
  const settled = balanceTransactionOf(world, charge);
  const { currency } = charge;
  const uncaptured = charge.amount - charge.amount_captured;
  const before = BigInt(charge.amount_refunded - uncaptured);
  const after = toSettlement(world, account, { amountMinor: before + BigInt(amount), currency });
  const already = toSettlement(world, account, { amountMinor: before, currency });
  return world.ledger.post({
    ...{ account, currency: settled.currency },
    amountMinor: already.amountMinor - after.amountMinor,
    type: charge.payment_method_details?.type === 'card' ? 'refund' : 'payment_refund',
    reportingCategory: 'refund',
    source: id,
    description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ''}`,
    availableOn: Math.max(settled.available_on, world.nowSeconds()),
    exchangeRate: after.exchangeRate,
  });
}

function chargeToRefund(actor: Actor, request: RefundRequest): Stripe.Charge {
  const { store } = actor.world;
  if (request.charge !== undefined) {
    const charge = store.find('charge', actor.account, request.charge);
    if (!charge) {
      throw resourceMissing({ what: 'charge', id: request.charge, param: 'charge', status: 400 });
    }
    return refundable(charge, `Charge ${charge.id} has not been paid, so it can't be refunded.`);
  }
  if (request.payment_intent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      { code: 'parameter_missing' },
    );
  }
  const id = request.payment_intent;
  const intent = store.find('payment_intent', actor.account, id);
  if (!intent) {
    const param = 'payment_intent';
    throw resourceMissing({ what: 'payment_intent', id, param, status: 400 });
  }
  const charge = store.find('charge', actor.account, idOf(intent.latest_charge) ?? '');
  return refundable(
    charge,
    `This PaymentIntent (${id}) does not have a successful charge to refund.`,
  );
}

function refundable(charge: Stripe.Charge | undefined, otherwise: string): Stripe.Charge {
  if (charge?.paid && charge.captured) return charge;
  throw invalidRequest(otherwise);
}

function moreThanLeft({
  amount,
  left,
  currency,
}: {
  amount: number;
  left: number;
  currency: string;
}) {
  const asked = formatAmount(BigInt(amount), currency);
  return invalidRequest(
    `Refund amount (${asked}) is greater than unrefunded amount on charge ` +
      `(${formatAmount(BigInt(left), currency)})`,
    { param: 'amount' },
  );
}
