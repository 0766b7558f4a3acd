import type { Stripe } from 'stripe';
import { type TestCard, testCard } from './cards.ts';
import { requireCustomer } from './customers.ts';
import { type Actor, type Call, emit, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { debitFrom, type Instrument, instrumentTypes, methodDetails } from './instruments.ts';
import { paginate, pagination, passes } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import {
  group,
  missing,
  oneOf,
  required,
  text,
  unsupportedParameters,
  type Values,
} from './parameters.ts';
import type { World } from './world.ts';

export const emptyAddress: Stripe.Address = {
  ...{ city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
};

/** The buyer's details, none of which a test token carries. */
export function emptyBillingDetails() {
  return { address: { ...emptyAddress }, email: null, name: null, phone: null, tax_id: null };
}

export type UsedMethod = { paymentMethod: Stripe.PaymentMethod; instrument: Instrument };

/**
 * What to pay with. Each use of a `pm_card_…` token makes a payment method of its own, as Stripe
 * does.
 * @throws StripeApiError 400 resource_missing for a token or id that the sandbox does not know.
 */
export function takePaymentMethod(world: World, account: string, id: string): UsedMethod {
  const existing = world.store.find('payment_method', account, id);
  const known = world.instruments.get(id);
  if (existing && known) return { paymentMethod: existing, instrument: known };
  const card = testCard(id);
  if (!card) {
    throw resourceMissing({ what: 'PaymentMethod', id, param: 'payment_method', status: 400 });
  }
  return keep(world, account, { instrument: { ...card, type: 'card' } });
}

function keep(
  world: World,
  account: string,
  facts: { instrument: Instrument; billing?: Partial<Stripe.PaymentMethod.BillingDetails> },
): UsedMethod {
  const { instrument } = facts;
  const built: Stripe.PaymentMethod = {
    id: world.ids.next('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { ...emptyBillingDetails(), ...facts.billing },
    ...(instrument.type === 'card' && { card: cardOf(world, instrument) }),
    ...methodDetails(instrument),
    created: world.nowSeconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: instrument.type,
  };
  const paymentMethod = world.store.insert('payment_method', account, built);
  world.instruments.set(paymentMethod.id, instrument);
  return { paymentMethod, instrument };
}

function cardOf(world: World, card: TestCard): Stripe.PaymentMethod.Card {
  return {
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: 'unchecked',
    },
    country: card.country,
    display_brand: card.brand,
    exp_month: world.clock().getUTCMonth() + 1,
    exp_year: world.clock().getUTCFullYear() + 1,
    fingerprint: `sandbox${card.brand}${card.last4}`,
    funding: card.funding,
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

const addressParameters = group({
  ...{ city: text(), country: text(), line1: text(), line2: text() },
  ...{ postal_code: text(), state: text() },
});

/** What describes a new payment method, also inside `payment_method_data`. */
export const methodParameters = {
  ...{ alipay: group({}), customer_balance: group({}), wechat_pay: group({}) },
  ...unsupportedParameters('allow_redisplay', 'radar_options', 'us_bank_account'),
  billing_details: group({
    ...{ address: addressParameters, email: text(), name: text(), phone: text() },
  }),
  card: group({ token: required(text()) }),
  metadata: metadata(),
  sepa_debit: group({ iban: required(text()) }),
  type: required(oneOf(instrumentTypes)),
};

export type MethodValues = Values<typeof methodParameters>;

/** Makes a payment method of what is told of it. */
export function createPaymentMethod(actor: Actor, given: MethodValues): UsedMethod {
  const { world, account } = actor;
  const { billing_details: buyer } = given;
  const place = Object.entries(buyer?.address ?? {}).filter(([, value]) => value !== undefined);
  const made = keep(world, account, {
    instrument: instrumentFrom(given),
    billing: {
      ...{ email: buyer?.email ?? null, name: buyer?.name ?? null, phone: buyer?.phone ?? null },
      address: { ...emptyAddress, ...Object.fromEntries(place) },
    },
  });
  const changed = world.store.change('payment_method', made.paymentMethod.id, {
    metadata: mergeMetadata({}, given.metadata),
  });
  return { ...made, paymentMethod: changed };
}

/** How a buyer pays by bank transfer. */
export const bankTransferMethod = ({ world, account }: Actor): UsedMethod =>
  keep(world, account, {
    instrument: { type: 'customer_balance', outcome: { result: 'cash' } },
    billing: { email: null, name: null, phone: null, address: emptyAddress },
  });

function instrumentFrom(given: MethodValues): Instrument {
  switch (given.type) {
    case 'card':
      return cardFrom(given.card?.token);
    case 'sepa_debit':
      if (!given.sepa_debit) throw missing('sepa_debit');
      return debitFrom(given.sepa_debit.iban);
    case 'customer_balance':
      return { type: given.type, outcome: { result: 'cash' } };
    default:
      return { type: given.type, outcome: { result: 'redirected' } };
  }
}

/** `tok_visa` is the card behind `pm_card_visa`. Numbers of cards are never taken. */
function cardFrom(token: string | undefined): Instrument {
  const card = testCard(`pm_card_${token?.replace(/^tok_/, '')}`);
  if (token === undefined || !card) {
    throw resourceMissing({ what: 'token', id: token ?? '', param: 'card[token]', status: 400 });
  }
  return { ...card, type: 'card' };
}

const url = '/v1/payment_methods';
const returns = { kind: 'payment_method' } as const;

/** @throws StripeApiError 404 for an id that is neither a payment method nor a test token. */
function methodOf({ world, account, path }: Call): Stripe.PaymentMethod {
  const id = path['id'] ?? '';
  const found = world.store.find('payment_method', account, id);
  if (found) return found;
  if (testCard(id)) return takePaymentMethod(world, account, id).paymentMethod;
  throw resourceMissing({ what: 'PaymentMethod', id, param: 'payment_method' });
}

function attach(call: Call, customer: string): Stripe.PaymentMethod {
  const method = methodOf(call);
  requireCustomer(call, customer, { param: 'customer', status: 400 });
  if (method.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
    );
  }
  const attached = call.world.store.change('payment_method', method.id, { customer });
  emit(call, 'payment_method.attached', attached);
  return attached;
}

function detach(call: Call): Stripe.PaymentMethod {
  const method = methodOf(call);
  if (method.customer === null) {
    throw invalidRequest('The payment method you provided is not attached to a customer.');
  }
  const detached = call.world.store.change('payment_method', method.id, { customer: null });
  emit(call, 'payment_method.detached', detached, { customer: method.customer });
  return detached;
}

export const paymentMethodEndpoints = [
  endpoint({
    ...{ method: 'POST', path: url, parameters: methodParameters, returns },
    execute: (call) => createPaymentMethod(call, call.parameters).paymentMethod,
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, customer: text(), type: oneOf(instrumentTypes) },
    returns: { kind: 'payment_method', list: true },
    execute({ world, account, parameters }) {
      const { customer, type } = parameters;
      const methods = world.store
        .list('payment_method', account)
        .filter((method) => passes(method, { customer, type }));
      return paginate(methods, parameters, { url, what: 'PaymentMethod' });
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: methodOf }),
  endpoint({
    method: 'POST',
    path: `${url}/:id`,
    parameters: { metadata: metadata() },
    returns,
    execute(call) {
      const method = methodOf(call);
      const merged = mergeMetadata(method.metadata ?? {}, call.parameters.metadata);
      const changed = call.world.store.change('payment_method', method.id, { metadata: merged });
      emit(call, 'payment_method.updated', changed, { metadata: method.metadata });
      return changed;
    },
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id/attach`,
    parameters: { customer: required(text()) },
    returns,
    execute: (call) => attach(call, call.parameters.customer),
  }),
  endpoint({
    ...{ method: 'POST', path: `${url}/:id/detach`, parameters: {}, returns },
    execute: detach,
  }),
];
