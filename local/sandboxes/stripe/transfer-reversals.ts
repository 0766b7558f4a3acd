import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { balanceTransactionOf } from './charges.ts';
import { formatAmount } from './currencies.ts';
import { buildDestinationRefund } from './destination-payments.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { divideHalfUp } from './fx.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { idOf } from './references.ts';

export type ReversalRequest = {
  amount: number | undefined;
  description: string | null | undefined;
  metadata: Metadata | null | undefined;
};

/** What is taken back, in the transfer's currency and in the receiving account's. */
type Taking = {
  amount: number;
  accountMinor: bigint;
  account: string;
  payment: Stripe.Charge;
  received: Stripe.BalanceTransaction;
};

/**
 * Takes a transfer back, in whole or in part, in the transfer's own currency.
 * @throws StripeApiError 400 above what is not reversed yet, or balance_insufficient where the
 * connected account's balance does not cover it.
 */
export function reverseTransfer(
  actor: Actor,
  transfer: Stripe.Transfer,
  request: ReversalRequest,
): Stripe.TransferReversal {
  const { world, account } = actor;
  const taking = checkTaking(actor, transfer, request.amount);
  const { amount } = taking;
  const id = world.ids.next('trr');
  const refund = takeBack(actor, taking, id);
  const incoming = world.ledger.post({
    ...{ account, currency: transfer.currency, amountMinor: BigInt(amount), source: id },
    ...{ type: 'transfer_refund', reportingCategory: 'transfer_reversal' },
    description: request.description ?? `REFUND FOR TRANSFER (${transfer.id})`,
    availableOn: Math.max(taking.received.available_on, world.nowSeconds()),
  });
  const reversal = world.store.insert('transfer_reversal', account, {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: incoming.id,
    created: world.nowSeconds(),
    currency: transfer.currency,
    destination_payment_refund: refund.id,
    metadata: mergeMetadata({}, request.metadata),
    source_refund: null,
    transfer: transfer.id,
  });
  recordOn(actor, transfer, reversal);
  return reversal;
}

function recordOn(
  actor: Actor,
  transfer: Stripe.Transfer,
  reversal: Stripe.TransferReversal,
): void {
  const reversals = [reversal, ...transfer.reversals.data];
  const amountReversed = transfer.amount_reversed + reversal.amount;
  const changed = actor.world.store.change('transfer', transfer.id, {
    amount_reversed: amountReversed,
    reversed: amountReversed === transfer.amount,
    reversals: {
      ...transfer.reversals,
      data: reversals.slice(0, 10),
      has_more: transfer.reversals.has_more || reversals.length > 10,
    },
  });
  emit(actor, 'transfer.reversed', changed, {
    amount_reversed: transfer.amount_reversed,
    ...(changed.reversed && { reversed: false }),
  });
}

function checkTaking(actor: Actor, transfer: Stripe.Transfer, asked: number | undefined): Taking {
  const { store, ledger, nowSeconds } = actor.world;
  const left = transfer.amount - transfer.amount_reversed;
  const print = (value: number) => formatAmount(BigInt(value), transfer.currency);
  if (left === 0) throw invalidRequest(`Transfer ${transfer.id} is already fully reversed.`);
  const amount = asked ?? left;
  checkPositive(amount, 'amount');
  if (amount > left) {
    throw invalidRequest(
      `Transfer reversal amount (${print(amount)}) is greater than unreversed amount on ` +
        `transfer (${print(left)})`,
      { param: 'amount' },
    );
  }
  const account = idOf(transfer.destination) ?? '';
  const payment = store.find('charge', account, idOf(transfer.destination_payment ?? null) ?? '');
  if (!payment) throw new Error(`${transfer.id} has no destination payment.`);
  const received = balanceTransactionOf(actor.world, payment);
  const accountMinor = shareOf(transfer, received, amount);
  if (accountMinor === 0n) {
    throw invalidRequest(
      "The reversal is too small: it converts to zero in the account's currency.",
    );
  }
  const { availableMinor } = ledger.balance(account, received.currency);
  const { connectReserve } = actor.world.settings;
  // Funds still pending are taken from where they wait.
  const isDue = received.available_on <= nowSeconds();
  if (isDue && availableMinor < accountMinor && !connectReserve) {
    throw invalidRequest(
      'The connected account has insufficient available funds to cover the transfer reversal.',
      { code: 'balance_insufficient' },
    );
  }
  return { amount, accountMinor, account, payment, received };
}

/**
 * What a reversal takes in the account's currency, at the rate the transfer arrived with. It is a
 * difference of running totals, so that parts add up to the whole.
 */
function shareOf(
  transfer: Stripe.Transfer,
  received: Stripe.BalanceTransaction,
  amount: number,
): bigint {
  const upTo = (reversed: number) =>
    divideHalfUp(BigInt(received.amount) * BigInt(reversed), BigInt(transfer.amount));
  return upTo(transfer.amount_reversed + amount) - upTo(transfer.amount_reversed);
}

function takeBack(actor: Actor, taking: Taking, reversalId: string): Stripe.Refund {
  const { world } = actor;
  const { account, amount, payment, received } = taking;
  const id = world.ids.next('pyr');
  const outgoing = world.ledger.post({
    ...{ account, currency: received.currency, amountMinor: -taking.accountMinor, source: id },
    ...{ type: 'payment_refund', reportingCategory: 'refund' },
    availableOn: Math.max(received.available_on, world.nowSeconds()),
    exchangeRate: received.exchange_rate,
  });
  world.store.change('charge', payment.id, {
    amount_refunded: payment.amount_refunded + amount,
    refunded: payment.amount_refunded + amount === payment.amount,
  });
  const refund = buildDestinationRefund(world, { id, payment, amount, reversalId });
  return world.store.insert('refund', account, { ...refund, balance_transaction: outgoing.id });
}
