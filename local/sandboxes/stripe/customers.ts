import type { Stripe } from 'stripe';
import { type Actor, type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import {
  clearableText,
  integer,
  listOf,
  required,
  text,
  unsupportedParameters,
  type Values,
} from './parameters.ts';
import { matchesSearch, parseSearch, searchPage } from './search.ts';

const url = '/v1/customers';
const returns = { kind: 'customer' } as const;

/** @throws StripeApiError resource_missing: 404 in a path, 400 in a parameter. */
export function requireCustomer(
  { world, account }: Actor,
  id: string,
  named: { param: string; status: 400 | 404 } = { param: 'id', status: 404 },
): Stripe.Customer {
  const customer = world.store.find('customer', account, id);
  if (customer) return customer;
  throw resourceMissing({ what: 'customer', id, ...named });
}

const customerOf = (call: Call) => requireCustomer(call, call.path['id'] ?? '');

const details = {
  ...unsupportedParameters('address', 'balance', 'business_name', 'cash_balance', 'coupon'),
  ...unsupportedParameters('default_source', 'individual_name', 'invoice_prefix', 'source'),
  ...unsupportedParameters('invoice_settings', 'next_invoice_sequence', 'shipping', 'tax'),
  ...unsupportedParameters('payment_method', 'tax_exempt', 'tax_id_data', 'test_clock'),
  description: clearableText(),
  email: clearableText(),
  metadata: metadata(),
  name: clearableText(),
  phone: clearableText(),
  preferred_locales: listOf(text()),
};

function build({ world }: Actor, given: Values<typeof details>): Stripe.Customer {
  return {
    id: world.ids.next('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: world.nowSeconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: world.ids.characters(8).toUpperCase(),
    invoice_settings: {
      ...{ custom_fields: null, default_payment_method: null, footer: null },
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    preferred_locales: given.preferred_locales ?? [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

const changeable = ['description', 'email', 'name', 'phone', 'preferred_locales'] as const;

function update(call: Call<typeof details>): Stripe.Customer {
  const before = customerOf(call);
  const given = call.parameters;
  const changes = Object.fromEntries(
    changeable.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  const changed = call.world.store.change('customer', before.id, {
    ...changes,
    metadata: mergeMetadata(before.metadata, given.metadata),
  });
  emit(call, 'customer.updated', changed, { metadata: before.metadata });
  return changed;
}

const searchable = ['created', 'email', 'metadata', 'name', 'phone'];

export const customerEndpoints = [
  endpoint({
    ...{ method: 'POST', path: url, parameters: details, returns },
    execute(call) {
      const { world, account, parameters } = call;
      const customer = world.store.insert('customer', account, build(call, parameters));
      emit(call, 'customer.created', customer);
      return customer;
    },
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: { ...pagination, created: timeRange(), email: text() },
    returns: { kind: 'customer', list: true },
    execute({ world, account, parameters }) {
      const { email } = parameters;
      const customers = world.store
        .list('customer', account)
        .filter((customer) => isWithin(customer.created, parameters.created))
        .filter((customer) => passes(customer, { email }));
      return paginate(customers, parameters, { url, what: 'customer' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/search`,
    parameters: { query: required(text()), limit: integer(), page: text() },
    returns: { kind: 'customer', list: true },
    execute({ world, account, parameters }) {
      const query = parseSearch(parameters.query, { resource: 'customers', searchable });
      const found = world.store
        .list('customer', account)
        .filter((customer) => matchesSearch(customer, query));
      return searchPage(found, parameters, `${url}/search`);
    },
  }),
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: customerOf }),
  endpoint({ method: 'POST', path: `${url}/:id`, parameters: details, returns, execute: update }),
];
