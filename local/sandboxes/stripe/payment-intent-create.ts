import type { Stripe } from 'stripe';
import { checkChargeAmount, checkCurrency } from './amounts.ts';
import { transferTypeOf } from './cash-balances.ts';
import { requireCustomer } from './customers.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest, unsupportedBySandbox } from './errors.ts';
import { instrumentTypes } from './instruments.ts';
import { mergeMetadata } from './metadata.ts';
import { methodMissing, returnUrlMissing } from './payment-intent-confirm.ts';
import { chooseMethod } from './payment-intent-method.ts';
import type { CreateValues } from './payment-intent-parameters.ts';

/** Creates a payment intent that waits for its payment method, or for its confirmation. */
export function createPaymentIntent(actor: Actor, given: CreateValues): Stripe.PaymentIntent {
  const { world, account } = actor;
  const currency = given.currency.toLowerCase();
  checkCurrency(world, currency);
  checkChargeAmount(world, { amount: given.amount, currency, account, types: typesOf(given) });
  checkCombination(given);
  if (given.customer !== undefined) {
    requireCustomer(actor, given.customer, { param: 'customer', status: 400 });
  }
  const intent = build(actor, given, currency);
  world.store.insert('payment_intent', account, intent);
  const { automatic_payment_methods: automatic } = given;
  if (automatic && redirects(automatic)) world.redirecting.add(intent.id);
  emit(actor, 'payment_intent.created', intent);
  return intent;
}

function build(actor: Actor, given: CreateValues, currency: string): Stripe.PaymentIntent {
  const { world } = actor;
  const id = world.ids.next('pi');
  const paymentMethod = chooseMethod(actor, id, given) ?? null;
  const types = typesOf(given) ?? ['card'];
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automaticMethods(given),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${world.ids.characters(25)}`,
    confirmation_method: given.confirmation_method ?? 'automatic',
    created: world.nowSeconds(),
    currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, given.metadata),
    next_action: null,
    on_behalf_of: given.on_behalf_of ?? null,
    payment_method: paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: optionsOf(given, types),
    payment_method_types: [...types],
    payment_record: null,
    processing: null,
    receipt_email: given.receipt_email ?? null,
    review: null,
    setup_future_usage: given.setup_future_usage ?? null,
    shipping: shippingOf(given),
    source: null,
    statement_descriptor: given.statement_descriptor ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    status: paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    ...destinationOf(id, given),
  };
}

const typesOf = (given: CreateValues): readonly string[] | undefined =>
  given.allowed_payment_method_types ?? given.payment_method_types;

function redirects(automatic: NonNullable<CreateValues['automatic_payment_methods']>): boolean {
  return automatic.enabled && automatic.allow_redirects !== 'never';
}

/** A charge made for another account has a group of its own, unless one is given. */
function destinationOf(
  id: string,
  { transfer_data: data, transfer_group: group }: CreateValues,
): Pick<Stripe.PaymentIntent, 'transfer_data' | 'transfer_group'> {
  if (!data) return { transfer_data: null, transfer_group: group ?? null };
  return {
    transfer_data: { ...data } as Stripe.PaymentIntent.TransferData,
    transfer_group: group ?? `group_${id}`,
  };
}

/** The options of every method that the intent may be paid by. */
function optionsOf(
  given: CreateValues,
  types: readonly string[],
): Stripe.PaymentIntent.PaymentMethodOptions {
  const transfer = given.payment_method_options?.customer_balance;
  const known: Stripe.PaymentIntent.PaymentMethodOptions = {
    card: cardOptions(),
    sepa_debit: {},
    alipay: {},
    wechat_pay: { app_id: null, client: null },
    customer_balance: {
      funding_type: transfer?.funding_type ?? null,
      ...(transfer?.bank_transfer && {
        bank_transfer: { type: transferTypeOf(given.currency.toLowerCase()) },
      }),
    },
  };
  return Object.fromEntries(Object.entries(known).filter(([type]) => types.includes(type)));
}

function cardOptions(): Stripe.PaymentIntent.PaymentMethodOptions.Card {
  return {
    ...{ installments: null, mandate_options: null, network: null },
    request_three_d_secure: 'automatic',
  };
}

function automaticMethods(given: CreateValues): Stripe.PaymentIntent['automatic_payment_methods'] {
  const { automatic_payment_methods: automatic } = given;
  if (typesOf(given) || automatic?.enabled === false) return null;
  return { allow_redirects: automatic?.allow_redirects ?? 'always', enabled: true };
}

function checkCombination(given: CreateValues): void {
  const unpayable = typesOf(given)?.find((type) => !instrumentTypes.includes(type as never));
  if (unpayable !== undefined) {
    throw unsupportedBySandbox(`the payment method type '${unpayable}'`, 'payment_method_types');
  }
  if (typesOf(given) && given.automatic_payment_methods?.enabled) {
    throw invalidRequest(
      'You may only specify one of these parameters: automatic_payment_methods, ' +
        'payment_method_types.',
      { param: 'automatic_payment_methods' },
    );
  }
  if (given.confirm === true) {
    const { automatic_payment_methods: automatic } = given;
    if (automatic && redirects(automatic) && !given.return_url) throw returnUrlMissing();
    if (given.payment_method === undefined && !given.payment_method_data) throw methodMissing();
    return;
  }
  for (const name of ['return_url', 'off_session', 'error_on_requires_action'] as const) {
    if (given[name] === undefined) continue;
    throw invalidRequest(
      `The parameter \`${name}\` cannot be passed when creating a PaymentIntent unless ` +
        '`confirm` is set to true.',
      { param: name },
    );
  }
}

type ShippingValues = Pick<CreateValues, 'shipping'>;

export function shippingOf({ shipping }: ShippingValues): Stripe.PaymentIntent.Shipping | null {
  if (!shipping) return null;
  const { address: place } = shipping;
  return {
    address: {
      ...{ city: place?.city ?? null, country: place?.country ?? null },
      ...{ line1: place?.line1 ?? null, line2: place?.line2 ?? null },
      ...{ postal_code: place?.postal_code ?? null, state: place?.state ?? null },
    },
    carrier: shipping.carrier ?? null,
    ...(shipping.name !== undefined && { name: shipping.name }),
    phone: shipping.phone ?? null,
    tracking_number: shipping.tracking_number ?? null,
  };
}
