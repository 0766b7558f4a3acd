import type { Stripe } from 'stripe';
import { requireCustomer } from './customers.ts';
import { type Actor, type Call, emit, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing, StripeApiError } from './errors.ts';
import { createMandate, mandateData } from './mandates.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import {
  flag,
  group,
  integer,
  listOf,
  oneOf,
  required,
  text,
  unsupportedParameters,
  type Values,
} from './parameters.ts';
import { takePaymentMethod } from './payment-methods.ts';

const url = '/v1/setup_intents';
const returns = { kind: 'setup_intent' } as const;

const parameters = {
  ...unsupportedParameters('attach_to_self', 'automatic_payment_methods', 'flow_directions'),
  ...unsupportedParameters('confirmation_token', 'customer_account', 'on_behalf_of'),
  ...unsupportedParameters('payment_method_data', 'payment_method_options', 'return_url'),
  ...unsupportedParameters('payment_method_configuration', 'use_stripe_sdk'),
  confirm: flag(),
  customer: text(),
  description: text(),
  mandate_data: group(mandateData),
  metadata: metadata(),
  payment_method: text(),
  payment_method_types: listOf(text()),
  single_use: group({ amount: required(integer()), currency: required(text()) }),
  usage: oneOf(['off_session', 'on_session']),
};

type Given = Values<typeof parameters>;

function build({ world }: Actor, given: Given): Stripe.SetupIntent {
  const id = world.ids.next('seti');
  const types = given.payment_method_types ?? ['card'];
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${world.ids.characters(25)}`,
    created: world.nowSeconds(),
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergeMetadata({}, given.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: types.includes('card')
      ? { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } }
      : {},
    payment_method_types: types,
    single_use_mandate: null,
    status:
      given.payment_method === undefined ? 'requires_payment_method' : 'requires_confirmation',
    usage: given.usage ?? 'off_session',
  };
}

/** Prepares a payment method for later, under the mandate that comes with it. */
function confirm(actor: Actor, intent: Stripe.SetupIntent, given: Given): Stripe.SetupIntent {
  const { world, account } = actor;
  const method = given.payment_method ?? intent.payment_method;
  if (method === null) throw invalidRequest('This SetupIntent is missing a payment method.');
  const used = takePaymentMethod(world, account, String(method));
  const { outcome } = used.instrument;
  const changes = {
    payment_method: used.paymentMethod.id,
    latest_attempt: world.ids.next('setatt'),
  };
  if (outcome.result === 'authentication_required') {
    return move(actor, intent, 'setup_intent.requires_action', {
      ...{ ...changes, status: 'requires_action' },
      next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
    });
  }
  if (outcome.result === 'declined') {
    const { code, declineCode: decline_code, message } = outcome;
    const refused = { ...{ type: 'card_error' as const, code, decline_code, message } };
    const error = { ...refused, payment_method: used.paymentMethod };
    move(actor, intent, 'setup_intent.setup_failed', {
      ...{ ...changes, status: 'requires_payment_method', last_setup_error: error },
    });
    throw new StripeApiError(402, error);
  }
  const { customer } = intent;
  if (customer !== null) {
    world.store.change('payment_method', used.paymentMethod.id, { customer: String(customer) });
  }
  const mandate = given.mandate_data
    ? createMandate(actor, { data: given.mandate_data, used, singleUse: singleUseOf(given) })
    : null;
  return move(actor, intent, 'setup_intent.succeeded', {
    ...{ ...changes, status: 'succeeded', last_setup_error: null },
    [given.single_use ? 'single_use_mandate' : 'mandate']: mandate?.id ?? null,
  });
}

const singleUseOf = ({ single_use: single }: Given) =>
  single && { amount: single.amount, currency: single.currency.toLowerCase() };

function move(
  actor: Actor,
  intent: Stripe.SetupIntent,
  type: Parameters<typeof emit>[1],
  changes: Partial<Stripe.SetupIntent>,
): Stripe.SetupIntent {
  const changed = actor.world.store.change('setup_intent', intent.id, changes);
  emit(actor, type, changed);
  return changed;
}

function intentOf({ world, account, path }: Call): Stripe.SetupIntent {
  const id = path['id'] ?? '';
  const intent = world.store.find('setup_intent', account, id);
  if (intent) return intent;
  throw resourceMissing({ what: 'setupintent', id, param: 'intent' });
}

export const setupIntentEndpoints = [
  endpoint({
    ...{ method: 'POST', path: url, parameters, returns },
    execute(call) {
      const { world, account } = call;
      const { customer } = call.parameters;
      if (customer !== undefined) {
        requireCustomer(call, customer, { param: 'customer', status: 400 });
      }
      const intent = world.store.insert('setup_intent', account, build(call, call.parameters));
      emit(call, 'setup_intent.created', intent);
      return call.parameters.confirm ? confirm(call, intent, call.parameters) : intent;
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: intentOf }),
  endpoint({
    method: 'POST',
    path: `${url}/:id/confirm`,
    parameters,
    returns,
    execute: (call) => confirm(call, intentOf(call), call.parameters),
  }),
  endpoint({
    method: 'POST',
    path: `${url}/:id/cancel`,
    parameters: {
      cancellation_reason: oneOf(['abandoned', 'duplicate', 'requested_by_customer']),
    },
    returns,
    execute(call) {
      const { cancellation_reason: reason = null } = call.parameters;
      return move(call, intentOf(call), 'setup_intent.canceled', {
        ...{ status: 'canceled', cancellation_reason: reason },
      });
    },
  }),
];
