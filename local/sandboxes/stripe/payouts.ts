import type { Stripe } from 'stripe';
import { checkCurrency, checkPositive } from './amounts.ts';
import { spendableMinor } from './balances.ts';
import { bankAccountFor, failBankAccount } from './bank-accounts.ts';
import { payoutStepOf } from './currencies.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { idOf } from './references.ts';

export type PayoutRequest = {
  amount: number;
  currency: string;
  description?: string | null | undefined;
  destination?: string | undefined;
  metadata?: Metadata | null | undefined;
  method?: 'instant' | 'standard' | undefined;
  statement_descriptor?: string | undefined;
};

/**
 * Sends money of an account's available balance to its bank account.
 * @throws StripeApiError 400 balance_insufficient, or for an amount or a currency that the bank
 * account can't take.
 */
export function createPayout(
  actor: Actor,
  request: PayoutRequest,
  facts: { automatic: boolean } = { automatic: false },
): Stripe.Payout {
  const { world, account } = actor;
  const currency = request.currency.toLowerCase();
  checkCurrency(world, currency);
  checkAmount(request.amount, currency);
  const bank = bankAccountFor(actor, { currency, id: request.destination });
  if (spendableMinor(world, account, currency) < BigInt(request.amount)) throw insufficient();

  const id = world.ids.next('po');
  const instant = request.method === 'instant';
  const transaction = world.ledger.post({
    ...{ account, currency, amountMinor: -BigInt(request.amount), source: id },
    ...{ type: 'payout', reportingCategory: 'payout', availableOn: world.nowSeconds() },
    description: request.description ?? 'STRIPE PAYOUT',
  });
  const payout = world.store.insert('payout', account, {
    ...build(actor, { id, currency, request, automatic: facts.automatic }),
    arrival_date: world.nowSeconds() + (instant ? 0 : world.settings.payoutArrivalSeconds),
    balance_transaction: transaction.id,
    destination: bank.id,
  });
  emit(actor, 'payout.created', payout);
  world.arrivals.set(id, { account, dueOn: payout.arrival_date });
  settleArrivals(actor.world);
  return payout;
}

function build(
  { world }: Actor,
  facts: { id: string; currency: string; request: PayoutRequest; automatic: boolean },
): Omit<Stripe.Payout, 'arrival_date'> {
  const { request, automatic } = facts;
  return {
    id: facts.id,
    object: 'payout',
    amount: request.amount,
    application_fee: null,
    application_fee_amount: null,
    automatic,
    balance_transaction: null,
    created: world.nowSeconds(),
    currency: facts.currency,
    description: request.description ?? null,
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: mergeMetadata({}, request.metadata),
    method: request.method ?? 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: request.statement_descriptor ?? null,
    status: 'pending',
    trace_id: null,
    type: 'bank_account',
  };
}

/** Turns payouts whose day has come to `paid`, which at Stripe is not final either. */
export function settleArrivals(world: Actor['world']): void {
  const cause = { requestId: null, idempotencyKey: null };
  for (const [id, { account, dueOn }] of world.arrivals) {
    if (dueOn > world.nowSeconds()) continue;
    const payout = world.store.find('payout', account, id);
    if (payout) payPayout({ world, account, cause }, payout);
  }
}

/** @throws StripeApiError 400 for a payout that is not on its way. */
export function payPayout(actor: Actor, payout: Stripe.Payout): Stripe.Payout {
  if (!['pending', 'in_transit'].includes(payout.status)) throw unexpected(payout, 'paid');
  const { world } = actor;
  world.arrivals.delete(payout.id);
  const paid = world.store.change('payout', payout.id, {
    status: 'paid',
    trace_id: { status: 'supported', value: world.ids.characters(12).toUpperCase() },
  });
  emit(actor, 'payout.paid', paid, { status: payout.status });
  if (!paid.automatic || paid.reconciliation_status === 'completed') return paid;
  const reconciled = world.store.change('payout', paid.id, { reconciliation_status: 'completed' });
  emit(actor, 'payout.reconciliation_completed', reconciled, {
    reconciliation_status: 'in_progress',
  });
  return reconciled;
}

/** What the bank says of a payout that it sends back, by Stripe's `failure_code`. */
const failureMessages: Record<string, string> = {
  account_closed: 'The bank account has been closed.',
  could_not_process: 'The bank could not process this payout.',
  invalid_account_number: 'The routing number seems correct, but the account number is invalid.',
  no_account:
    'The bank account details on file are probably incorrect. No bank account could be located with those details.',
};

/**
 * The bank sends a payout back, perhaps days after it was `paid`. The money returns to the balance
 * and the bank account is not used again until it is mended.
 * @throws StripeApiError 400 for a payout that failed or was canceled before.
 */
export function failPayout(
  actor: Actor,
  payout: Stripe.Payout,
  code = 'could_not_process',
): Stripe.Payout {
  if (!['pending', 'in_transit', 'paid'].includes(payout.status)) {
    throw unexpected(payout, 'failed');
  }
  const { world, account } = actor;
  const failed = giveBack(actor, payout, {
    type: 'payout_failure',
    changes: {
      ...{ status: 'failed', failure_code: code },
      failure_message: failureMessages[code] ?? 'The payout failed.',
    },
  });
  emit(actor, 'payout.failed', failed, { status: payout.status });
  failBankAccount({ ...actor, world, account }, idOf(payout.destination) ?? '');
  return failed;
}

/**
 * Takes back a payout that has not been handed to the bank yet.
 * @throws StripeApiError 400.
 */
export function cancelPayout(actor: Actor, payout: Stripe.Payout): Stripe.Payout {
  if (payout.automatic) {
    throw invalidRequest('Automatic payouts can not be canceled.');
  }
  if (payout.status !== 'pending') throw unexpected(payout, 'canceled');
  const canceled = giveBack(actor, payout, {
    type: 'payout_cancel',
    changes: { status: 'canceled' },
  });
  emit(actor, 'payout.canceled', canceled, { status: payout.status });
  return canceled;
}

function giveBack(
  actor: Actor,
  payout: Stripe.Payout,
  how: { type: 'payout_failure' | 'payout_cancel'; changes: Partial<Stripe.Payout> },
): Stripe.Payout {
  const { world, account } = actor;
  world.arrivals.delete(payout.id);
  const transaction = world.ledger.post({
    ...{ account, currency: payout.currency, amountMinor: BigInt(payout.amount) },
    ...{ type: how.type, reportingCategory: 'payout_reversal', source: payout.id },
    description: how.type === 'payout_failure' ? 'PAYOUT FAILURE' : 'PAYOUT CANCEL',
    availableOn: world.nowSeconds(),
  });
  return world.store.change('payout', payout.id, {
    ...how.changes,
    failure_balance_transaction: transaction.id,
  });
}

/** Pays out, as Stripe does by itself, all that is available; its members can be asked for. */
export function sweepToBank(actor: Actor, currency: string): Stripe.Payout {
  const { world, account } = actor;
  const available = spendableMinor(world, account, currency);
  if (available <= 0n) throw insufficient();
  const members = world.store
    .list('balance_transaction', account)
    .filter((each) => each.currency === currency && each.status === 'available')
    .filter((each) => !world.payoutOf.has(each.id));
  const payout = createPayout(
    actor,
    { amount: Number(available), currency, description: 'STRIPE PAYOUT' },
    { automatic: true },
  );
  for (const { id } of members) world.payoutOf.set(id, payout.id);
  world.payoutOf.set(idOf(payout.balance_transaction) ?? '', payout.id);
  return payout;
}

function checkAmount(amount: number, currency: string): void {
  checkPositive(amount, 'amount');
  const step = payoutStepOf(currency);
  if (amount % step === 0) return;
  throw invalidRequest(
    `Payouts in ${currency.toUpperCase()} must be evenly divisible by ${step}.`,
    { code: 'parameter_invalid_integer', param: 'amount' },
  );
}

function insufficient() {
  return invalidRequest(
    'You have insufficient funds in your Stripe account for this transfer. Your card balance is ' +
      'too low.  You can use the the /v1/balance endpoint to view your Stripe balance (for more ' +
      'details, see stripe.com/docs/api#balance).',
    { code: 'balance_insufficient' },
  );
}

const unexpected = ({ id, status }: Stripe.Payout, wanted: string) =>
  invalidRequest(`Payout ${id} can not be ${wanted}: its status is ${status}.`);
