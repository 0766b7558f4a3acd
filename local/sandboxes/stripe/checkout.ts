import type { Stripe } from 'stripe';
import { checkCurrency } from './amounts.ts';
import { type Call, emit, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { paginate, pagination } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { group, integer, listOf, oneOf, required, text, type Values } from './parameters.ts';

const url = '/v1/checkout/sessions';
const returns = { kind: 'checkout.session' } as const;

const parameters = {
  cancel_url: text(),
  client_reference_id: text(),
  line_items: required(listOf(group({ price: required(text()), quantity: integer() }))),
  metadata: metadata(),
  mode: required(oneOf(['payment'])),
  payment_method_types: listOf(text()),
  success_url: required(text()),
};

const secondsToPay = 24 * 60 * 60;

/** What the lines come to; they must be in one currency. */
function totalOf({ world, account }: Call, lines: Values<typeof parameters>['line_items']) {
  const priced = lines.map((line) => {
    const price = world.store.find('price', account, line.price ?? '');
    if (price?.unit_amount) return { price, amount: price.unit_amount * (line.quantity ?? 1) };
    const named = { what: 'price', id: line.price ?? '', param: 'line_items' };
    throw resourceMissing({ ...named, status: 400 });
  });
  const currency = priced[0]?.price.currency ?? world.settings.settlementCurrency;
  if (priced.some(({ price }) => price.currency !== currency)) {
    throw invalidRequest('All prices of a Checkout Session must have one currency.');
  }
  return { currency, total: priced.reduce((sum, { amount }) => sum + amount, 0) };
}

/** A page of Stripe's to pay on. Only its own life is kept here: it is open, then it expires. */
function create(call: Call<typeof parameters>): Stripe.Checkout.Session {
  const { world, account, parameters: given } = call;
  const { currency, total } = totalOf(call as Call, given.line_items);
  const id = `cs_test_${world.ids.characters(58)}`;
  return world.store.insert('checkout.session', account, {
    ...unusedParts(),
    id,
    object: 'checkout.session',
    amount_subtotal: total,
    amount_total: total,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    created: world.nowSeconds(),
    currency,
    expires_at: world.nowSeconds() + secondsToPay,
    metadata: mergeMetadata({}, given.metadata),
    mode: given.mode,
    payment_method_types: given.payment_method_types ?? ['card'],
    payment_status: 'unpaid',
    status: 'open',
    success_url: given.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    url: `https://checkout.stripe.com/c/pay/${id}`,
  });
}

/** The fields of a session that belong to features which are not used here. */
const unusedParts = () => ({
  ...{ adaptive_pricing: { enabled: false }, after_expiration: null, allow_promotion_codes: null },
  ...{ allowed_payment_method_types: null, billing_address_collection: null },
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  ...{ client_secret: null, collected_information: null, consent: null, consent_collection: null },
  ...{ currency_conversion: null, custom_fields: [], customer: null, customer_account: null },
  custom_text: {
    ...{ after_submit: null, shipping_address: null, submit: null },
    terms_of_service_acceptance: null,
  },
  ...{ customer_creation: 'if_required', customer_details: null, customer_email: null },
  ...{ discounts: [], integration_identifier: null, invoice: null, invoice_creation: null },
  ...{ livemode: false, locale: null, managed_payments: null, origin_context: null },
  ...{ payment_intent: null, payment_link: null, payment_method_collection: 'if_required' },
  ...{ payment_method_configuration_details: null, payment_method_options: {} },
  ...{ permissions: null, phone_number_collection: { enabled: false }, recovered_from: null },
  ...{ saved_payment_method_options: null, setup_intent: null, shipping_options: [] },
  ...{ shipping_address_collection: null, shipping_cost: null, submit_type: null },
  ...{ subscription: null, ui_mode: 'hosted_page', wallet_options: null },
});

function sessionOf({ world, account, path }: Call): Stripe.Checkout.Session {
  const id = path['id'] ?? '';
  const session = world.store.find('checkout.session', account, id);
  if (session) return session;
  throw resourceMissing({ what: 'checkout.session', id, param: 'session' });
}

function expire(call: Call): Stripe.Checkout.Session {
  const session = sessionOf(call);
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  const expired = call.world.store.change('checkout.session', session.id, {
    ...{ status: 'expired', url: null },
  });
  emit(call, 'checkout.session.expired', expired);
  return expired;
}

export const checkoutEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/products',
    parameters: { description: text(), metadata: metadata(), name: required(text()) },
    returns: { kind: 'product' },
    execute({ world, account, parameters: given }) {
      return world.store.insert('product', account, {
        ...{ id: world.ids.next('prod'), object: 'product', active: true, type: 'service' },
        ...{ created: world.nowSeconds(), updated: world.nowSeconds(), default_price: null },
        ...{ name: given.name, description: given.description ?? null, images: [] },
        ...{ livemode: false, marketing_features: [], package_dimensions: null, shippable: null },
        ...{ statement_descriptor: null, tax_code: null, tax_details: null, unit_label: null },
        ...{ url: null, metadata: mergeMetadata({}, given.metadata) },
      });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/prices',
    parameters: {
      ...{ currency: required(text()), metadata: metadata(), product: required(text()) },
      unit_amount: required(integer()),
    },
    returns: { kind: 'price' },
    execute({ world, account, parameters: given }) {
      const currency = given.currency.toLowerCase();
      checkCurrency(world, currency);
      const product = world.store.find('product', account, given.product);
      if (!product) {
        const named = { what: 'product', id: given.product, param: 'product' };
        throw resourceMissing({ ...named, status: 400 });
      }
      return world.store.insert('price', account, {
        ...{ id: world.ids.next('price'), object: 'price', active: true, currency },
        ...{ billing_scheme: 'per_unit', created: world.nowSeconds(), custom_unit_amount: null },
        ...{ livemode: false, lookup_key: null, nickname: null, product: product.id },
        ...{ metadata: mergeMetadata({}, given.metadata), recurring: null, tiers_mode: null },
        ...{ tax_behavior: 'unspecified', transform_quantity: null, type: 'one_time' },
        unit_amount: given.unit_amount,
        // On the wire a decimal is text; the SDK makes an object of it.
        unit_amount_decimal: String(given.unit_amount) as never,
      });
    },
  }),
  endpoint({ method: 'POST', path: url, parameters, returns, execute: create }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: pagination,
    returns: { kind: 'checkout.session', list: true },
    execute: ({ world, account, parameters: page }) =>
      paginate(world.store.list('checkout.session', account), page, { url, what: 'session' }),
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: sessionOf }),
  endpoint({
    ...{ method: 'POST', path: `${url}/:id/expire`, parameters: {}, returns },
    execute: expire,
  }),
];
