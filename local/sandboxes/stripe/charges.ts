import type { Stripe } from 'stripe';
import { settlementCurrencyOf, settlesIn } from './amounts.ts';
import type { TestCard } from './cards.ts';
import { type Conversion, divideHalfUp } from './fx.ts';
import { chargeDetails, type Instrument } from './instruments.ts';
import type { UsedMethod } from './payment-methods.ts';
import { idOf } from './references.ts';
import type { World } from './world.ts';

/** A charge, before the bank's answer is written into it. */
export function buildCharge(
  world: World,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.Charge {
  const { instrument, paymentMethod } = used;
  const id = world.ids.next(instrument.type === 'card' ? 'ch' : 'py');
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: paymentMethod.billing_details as Stripe.Charge.BillingDetails,
    calculated_statement_descriptor:
      instrument.type === 'card'
        ? (intent.statement_descriptor ?? 'Tradelane sandbox').toUpperCase()
        : null,
    captured: false,
    created: world.nowSeconds(),
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: outcomeOf(instrument),
    paid: false,
    payment_intent: intent.id,
    payment_method: used.paymentMethod.id,
    payment_method_details: methodDetailsOf(world, intent, used),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'failed',
    transfer_data: transferDataOf(intent),
    transfer_group: intent.transfer_group,
  };
}

function transferDataOf({ transfer_data: data }: Stripe.PaymentIntent) {
  return data ? { amount: data.amount ?? null, destination: data.destination } : null;
}

function methodDetailsOf(
  world: World,
  intent: Stripe.PaymentIntent,
  { instrument, paymentMethod }: UsedMethod,
): Stripe.Charge.PaymentMethodDetails {
  return instrument.type === 'card'
    ? cardDetails(world, intent, { card: instrument, paymentMethod })
    : chargeDetails(instrument, world.mandates.get(intent.id) ?? null);
}

function cardDetails(
  world: World,
  intent: Stripe.PaymentIntent,
  { card, paymentMethod }: { card: TestCard; paymentMethod: Stripe.PaymentMethod },
): Stripe.Charge.PaymentMethodDetails {
  const manual = intent.capture_method === 'manual';
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: card.outcome.result === 'declined' ? null : world.ids.characters(6),
      brand: card.brand,
      // Card networks hold an authorization for seven days.
      ...(manual && { capture_before: world.nowSeconds() + 7 * 24 * 60 * 60 }),
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: paymentMethod.card?.exp_month ?? 12,
      exp_year: paymentMethod.card?.exp_year ?? 2030,
      extended_authorization: { status: 'disabled' },
      fingerprint: paymentMethod.card?.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

function outcomeOf(instrument: Instrument): Stripe.Charge.Outcome {
  const { outcome } = instrument;
  const declined = outcome.result === 'declined' ? outcome : undefined;
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: declined ? '01' : null,
    network_status: declined ? 'declined_by_network' : 'approved_by_network',
    reason: declined?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 10,
    seller_message: declined
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: declined ? 'issuer_declined' : 'authorized',
  };
}

/**
 * Books a captured amount on the account's balance: converted where the account does not settle
 * in the charge's currency, less Stripe's fee.
 */
export function settleCharge(
  world: World,
  account: string,
  charge: { object: Stripe.Charge; capturedMinor: bigint; used: UsedMethod },
): Stripe.BalanceTransaction {
  const { instrument } = charge.used;
  const converted = toSettlement(world, account, {
    amountMinor: charge.capturedMinor,
    currency: charge.object.currency,
  });
  const { currency, amountMinor } = converted;
  const isCard = instrument.type === 'card';
  const skipsPending = bypassesPending(instrument);
  const transaction = world.ledger.post({
    ...{ account, currency, amountMinor },
    feeMinor: feeFor(world, instrument, { currency, amountMinor }),
    type: isCard ? 'charge' : 'payment',
    reportingCategory: 'charge',
    source: charge.object.id,
    description: charge.object.description,
    availableOn: world.nowSeconds() + (skipsPending ? 0 : world.settings.availableDelaySeconds),
    exchangeRate: converted.exchangeRate,
  });
  if (skipsPending) world.announceBalance(account);
  return transaction;
}

/** Whether the funds skip the pending balance, as one test card's do. */
const bypassesPending = ({ outcome }: Instrument): boolean =>
  outcome.result === 'approved' && outcome.bypassPending === true;

/** Stripe's fee: a share, rounded half up, and a fixed part, by method and currency. */
function feeFor(
  world: World,
  instrument: Instrument,
  settled: { amountMinor: bigint; currency: string },
): bigint {
  const { processingFee, methodFees } = world.settings;
  const own = methodFees.find(
    (fee) => fee.method === instrument.type && fee.currency === settled.currency,
  );
  const { basisPoints, fixedMinor } = own ?? processingFee;
  return divideHalfUp(settled.amountMinor * BigInt(basisPoints), 10_000n) + BigInt(fixedMinor);
}

/** An amount in the account's own currency; the rate is null where nothing was converted. */
export function toSettlement(
  world: World,
  account: string,
  money: { amountMinor: bigint; currency: string },
): { amountMinor: bigint; currency: string; exchangeRate: Conversion['exchangeRate'] | null } {
  const { amountMinor, currency: from } = money;
  const to = settlesIn(world, account, from) ? from : settlementCurrencyOf(world, account);
  if (from === to) return { amountMinor, currency: to, exchangeRate: null };
  return { ...world.exchange.convert({ amountMinor, from, to }), currency: to };
}

/**
 * The amounts a charge or transfer's own record states of its balance transaction.
 * @throws Error for a reference that the ledger does not know, which is a fault of the sandbox.
 */
export function balanceTransactionOf(
  world: World,
  object: { id: string; balance_transaction: string | Stripe.BalanceTransaction | null },
): Stripe.BalanceTransaction {
  const { balance_transaction: reference } = object;
  const found =
    typeof reference === 'string'
      ? world.store.findAnywhere('balance_transaction', reference)
      : reference;
  if (found) return found;
  throw new Error(`${object.id} has no balance transaction.`);
}
