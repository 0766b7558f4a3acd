import type { Stripe } from 'stripe';
import { endpoint } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { isWithin, paginate, pagination, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { flag, integer, oneOf, required, text, unsupportedParameters } from './parameters.ts';
import { intentOf, view } from './payment-intent-access.ts';
import { cancelPaymentIntent, capturePaymentIntent } from './payment-intent-capture.ts';
import { confirmPaymentIntent } from './payment-intent-confirm.ts';
import { createPaymentIntent } from './payment-intent-create.ts';
import { chooseMethod } from './payment-intent-method.ts';
import { createParameters, howToPay, updateParameters } from './payment-intent-parameters.ts';
import { updatePaymentIntent } from './payment-intent-update.ts';
import { matchesSearch, parseSearch, searchPage } from './search.ts';

const url = '/v1/payment_intents';
const returns = { kind: 'payment_intent' } as const;

const create = endpoint({
  method: 'POST',
  path: url,
  parameters: createParameters,
  returns,
  execute(call) {
    const { parameters } = call;
    const intent = createPaymentIntent(call, parameters);
    if (!parameters.confirm) return intent;
    return confirmPaymentIntent(call, intent, {
      returnUrl: parameters.return_url,
      offSession: parameters.off_session || parameters.error_on_requires_action,
    });
  },
});

const list = endpoint({
  method: 'GET',
  path: url,
  parameters: { ...pagination, created: timeRange(), customer: text() },
  returns: { kind: 'payment_intent', list: true },
  execute({ world, account, parameters }) {
    const { customer } = parameters;
    const intents = world.store
      .list('payment_intent', account)
      .filter((intent) => isWithin(intent.created, parameters.created))
      .filter((intent) => customer === undefined || intent.customer === customer);
    return paginate(intents, parameters, { url, what: 'payment_intent' });
  },
});

const searchable = ['amount', 'created', 'currency', 'customer', 'metadata', 'status'];

const search = endpoint({
  method: 'GET',
  path: `${url}/search`,
  parameters: { query: required(text()), limit: integer(), page: text() },
  returns: { kind: 'payment_intent', list: true },
  execute({ world, account, parameters }) {
    const query = parseSearch(parameters.query, { resource: 'payment_intents', searchable });
    const found = world.store
      .list('payment_intent', account)
      .filter((intent) => matchesSearch(intent, query));
    return searchPage(found, parameters, `${url}/search`);
  },
});

const retrieve = endpoint({
  method: 'GET',
  path: `${url}/:id`,
  parameters: { client_secret: text() },
  returns,
  publishable: true,
  execute: (call) => view(call, intentOf(call, call.parameters.client_secret)),
});

const update = endpoint({
  method: 'POST',
  path: `${url}/:id`,
  parameters: updateParameters,
  returns,
  execute: (call) => updatePaymentIntent(call, intentOf(call), call.parameters),
});

/** A `manual` intent is confirmed by the platform's server alone. */
function refuseManual(intent: Stripe.PaymentIntent): never {
  throw invalidRequest(
    'When `confirmation_method` is `manual`, a PaymentIntent can only be confirmed with a secret key.',
    { code: 'payment_intent_invalid_parameter', payment_intent: intent },
  );
}

const confirm = endpoint({
  method: 'POST',
  path: `${url}/:id/confirm`,
  parameters: {
    ...unsupportedParameters('confirmation_token', 'radar_options'),
    ...unsupportedParameters('amount_details', 'amount_to_confirm', 'hooks', 'shipping'),
    ...unsupportedParameters('payment_details', 'capture_method', 'payment_method_types'),
    ...unsupportedParameters('allowed_payment_method_types', 'excluded_payment_method_types'),
    ...unsupportedParameters('receipt_email', 'setup_future_usage'),
    client_secret: text(),
    error_on_requires_action: flag(),
    off_session: flag(),
    ...howToPay,
    return_url: text(),
    use_stripe_sdk: flag(),
  },
  returns,
  publishable: true,
  execute(call) {
    const { parameters } = call;
    const intent = intentOf(call, parameters.client_secret);
    if (call.publishable && intent.confirmation_method === 'manual') refuseManual(intent);
    const paymentMethod = chooseMethod(call, intent.id, parameters);
    const confirmed = confirmPaymentIntent(call, intent, {
      ...{ paymentMethod, returnUrl: parameters.return_url },
      offSession: parameters.off_session || parameters.error_on_requires_action,
    });
    return view(call, confirmed);
  },
});

const capture = endpoint({
  method: 'POST',
  path: `${url}/:id/capture`,
  parameters: {
    ...unsupportedParameters('amount_details', 'application_fee_amount', 'final_capture', 'hooks'),
    ...unsupportedParameters('payment_details', 'statement_descriptor', 'transfer_data'),
    ...unsupportedParameters('statement_descriptor_suffix'),
    amount_to_capture: integer(),
    metadata: metadata(),
  },
  returns,
  execute(call) {
    const { amount_to_capture: amount, metadata: change } = call.parameters;
    const captured = capturePaymentIntent(call, intentOf(call), amount);
    const merged = mergeMetadata(captured.metadata, change);
    return call.world.store.change('payment_intent', captured.id, { metadata: merged });
  },
});

const cancel = endpoint({
  method: 'POST',
  path: `${url}/:id/cancel`,
  parameters: {
    cancellation_reason: oneOf(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']),
  },
  returns,
  execute: (call) => cancelPaymentIntent(call, intentOf(call), call.parameters.cancellation_reason),
});

export const paymentIntentEndpoints = [
  ...[create, list, search, retrieve, update, confirm, capture, cancel],
];
