import type { Stripe } from 'stripe';
import { findAccount } from './accounts.ts';
import { checkCurrency, checkPositive } from './amounts.ts';
import { spendableMinor } from './balances.ts';
import { balanceTransactionOf, toSettlement } from './charges.ts';
import { formatAmount } from './currencies.ts';
import { buildDestinationPayment } from './destination-payments.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { idOf } from './references.ts';

export type TransferRequest = {
  amount: number;
  currency: string;
  destination: string;
  source_transaction: string | undefined;
  transfer_group: string | undefined;
  description: string | null | undefined;
  metadata: Metadata | null | undefined;
};

/** The charge that a transfer draws on, with the money that the charge brought. */
type Source = { charge: Stripe.Charge; settled: Stripe.BalanceTransaction };

/**
 * Moves money from the platform's balance to a connected account's. With a source transaction it
 * succeeds whatever is available, up to what that charge settled as, and becomes available when
 * the charge does; without one it needs an available balance.
 * @throws StripeApiError 400 resource_missing, insufficient_capabilities_for_transfer,
 * balance_insufficient, or the refusal of a currency or an amount that the source can't cover.
 */
export function createTransfer(actor: Actor, request: TransferRequest): Stripe.Transfer {
  const { world, account } = actor;
  checkPositive(request.amount, 'amount');
  const currency = request.currency.toLowerCase();
  checkCurrency(world, currency);
  checkDestination(actor, request.destination);
  const given = { ...request, currency };
  const source = takeSource(actor, given);
  if (!source) checkAvailable(actor, given);
  const transfer_group = groupOf(actor, given, source);

  const id = world.ids.next('tr');
  const now = world.nowSeconds();
  const availableOn = Math.max(source?.settled.available_on ?? now, now);
  const outgoing = world.ledger.post({
    ...{ account, currency, amountMinor: -BigInt(request.amount), availableOn },
    ...{ type: 'transfer', reportingCategory: 'transfer', source: id },
    description: request.description ?? null,
  });
  const payment = receive(actor, { transferId: id, request: given, availableOn });
  const transfer = world.store.insert('transfer', account, {
    id,
    object: 'transfer',
    amount: request.amount,
    amount_reversed: 0,
    balance_transaction: outgoing.id,
    created: now,
    currency,
    description: request.description ?? null,
    destination: request.destination,
    destination_payment: payment.id,
    livemode: false,
    metadata: mergeMetadata({}, request.metadata),
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: source?.charge.id ?? null,
    source_type: 'card',
    transfer_group,
  });
  emit(actor, 'transfer.created', transfer);
  return transfer;
}

/** The payment as the receiving account sees it, converted to that account's currency. */
function receive(
  actor: Actor,
  facts: { transferId: string; request: TransferRequest; availableOn: number },
): Stripe.Charge {
  const { world } = actor;
  const { amount, currency, destination } = facts.request;
  const received = toSettlement(world, destination, { amountMinor: BigInt(amount), currency });
  const payment = buildDestinationPayment(world, {
    ...{ amount, currency, transferId: facts.transferId },
  });
  const incoming = world.ledger.post({
    ...{ account: destination, amountMinor: received.amountMinor, source: payment.id },
    currency: findAccount(world, destination)?.default_currency ?? currency,
    ...{ type: 'payment', reportingCategory: 'charge', availableOn: facts.availableOn },
    exchangeRate: received.exchangeRate,
  });
  return world.store.insert('charge', destination, {
    ...payment,
    balance_transaction: incoming.id,
  });
}

function checkDestination(actor: Actor, id: string): void {
  const destination = findAccount(actor.world, id);
  if (!destination || id === actor.account) {
    throw resourceMissing({ what: 'destination', id, param: 'destination', status: 400 });
  }
  if (destination.capabilities?.transfers === 'active') return;
  throw invalidRequest(
    'Your destination account needs to have at least one of the following capabilities enabled: ' +
      'transfers, crypto_transfers, legacy_payments',
    { code: 'insufficient_capabilities_for_transfer' },
  );
}

function takeSource(actor: Actor, request: TransferRequest): Source | undefined {
  const { source_transaction: id, currency } = request;
  if (id === undefined) return undefined;
  const param = 'source_transaction';
  const charge = actor.world.store.find('charge', actor.account, id);
  if (!charge) throw resourceMissing({ what: 'charge', id, param, status: 400 });
  if (!charge.paid || charge.balance_transaction === null) {
    throw invalidRequest(
      `The source_transaction ${id} has no funds yet: it is not a succeeded, captured charge.`,
      { param },
    );
  }
  const settled = balanceTransactionOf(actor.world, charge);
  if (settled.currency !== currency) {
    throw invalidRequest(
      `The currency of source_transaction's balance transaction (${settled.currency}) must be ` +
        `the same as the transfer currency (${currency})`,
      { param },
    );
  }
  checkSourceCovers(actor, request, { charge, settled });
  return { charge, settled };
}

function checkSourceCovers(actor: Actor, request: TransferRequest, source: Source): void {
  const drawn = actor.world.store
    .list('transfer', actor.account)
    .filter((transfer) => transfer.source_transaction === source.charge.id);
  const drawnMinor = drawn.reduce((sum, each) => sum + each.amount - each.amount_reversed, 0);
  if (drawnMinor + request.amount <= source.settled.amount) return;
  const print = (amount: number) => formatAmount(BigInt(amount), request.currency);
  const already =
    drawn.length === 1
      ? ` (There is already a transfer using this source, amounting to ${print(drawnMinor)}.)`
      : ` (There are already ${drawn.length} transfers using this source, amounting to ${print(drawnMinor)}.)`;
  throw invalidRequest(
    'Transfers using this transaction as a source must not exceed the source amount of ' +
      `${print(source.settled.amount)}.${drawn.length === 0 ? '' : already}`,
  );
}

function checkAvailable(actor: Actor, { amount, currency }: TransferRequest): void {
  if (spendableMinor(actor.world, actor.account, currency) >= BigInt(amount)) return;
  throw invalidRequest(
    'You have insufficient available funds in your Stripe account. Try adding funds directly to ' +
      'your available balance by creating Charges using the 4000000000000077 test card. See: ' +
      'https://stripe.com/docs/testing#available-balance',
    { code: 'balance_insufficient' },
  );
}

/** A transfer from a charge shares the charge's group; where there is none, Stripe makes one. */
function groupOf(
  actor: Actor,
  request: TransferRequest,
  source: Source | undefined,
): string | null {
  if (!source) return request.transfer_group ?? null;
  const { charge } = source;
  const asked = request.transfer_group;
  if (charge.transfer_group !== null) {
    if (asked === undefined || asked === charge.transfer_group) return charge.transfer_group;
    throw invalidRequest(
      `The transfer_group '${asked}' differs from that of the source_transaction, ` +
        `'${charge.transfer_group}'.`,
      { param: 'transfer_group' },
    );
  }
  const made = asked ?? `group_${idOf(charge.payment_intent) ?? charge.id}`;
  actor.world.store.change('charge', charge.id, { transfer_group: made });
  return made;
}
