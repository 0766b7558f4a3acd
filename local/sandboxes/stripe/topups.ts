import type { Stripe } from 'stripe';
import { checkCurrency, checkPositive } from './amounts.ts';
import { type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { paginate, pagination } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { integer, required, text, unsupportedParameters, type Values } from './parameters.ts';

const url = '/v1/topups';
const returns = { kind: 'topup' } as const;

const parameters = {
  ...unsupportedParameters('source', 'payment_method', 'payment_method_options'),
  amount: required(integer()),
  currency: required(text({ maximumLength: 3 })),
  description: text(),
  metadata: metadata(),
  statement_descriptor: text({ maximumLength: 15 }),
  transfer_group: text(),
};

/** Puts the platform's own money on its balance, at once. */
function create(call: Call<typeof parameters>): Stripe.Topup {
  const { world, account } = call;
  const given: Values<typeof parameters> = call.parameters;
  const currency = given.currency.toLowerCase();
  checkCurrency(world, currency);
  checkPositive(given.amount, 'amount');
  const id = world.ids.next('tu');
  const transaction = world.ledger.post({
    ...{ account, currency, amountMinor: BigInt(given.amount), source: id },
    ...{ type: 'topup', reportingCategory: 'topup', availableOn: world.nowSeconds() },
    description: given.description ?? null,
  });
  const topup = world.store.insert('topup', account, {
    id,
    object: 'topup',
    amount: given.amount,
    balance_transaction: transaction.id,
    created: world.nowSeconds(),
    currency,
    description: given.description ?? null,
    expected_availability_date: world.nowSeconds(),
    failure_code: null,
    failure_message: null,
    initiated_by: null,
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    source: null,
    statement_descriptor: given.statement_descriptor ?? null,
    status: 'succeeded',
    transfer_group: given.transfer_group ?? null,
  });
  emit(call, 'topup.created', topup);
  emit(call, 'topup.succeeded', topup);
  return topup;
}

export const topupEndpoints = [
  endpoint({ method: 'POST', path: url, parameters, returns, execute: create }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: pagination,
    returns: { kind: 'topup', list: true },
    execute: ({ world, account, parameters: page }) =>
      paginate(world.store.list('topup', account), page, { url, what: 'topup' }),
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns,
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const topup = world.store.find('topup', account, id);
      if (topup) return topup;
      throw resourceMissing({ what: 'topup', id, param: 'topup' });
    },
  }),
];
