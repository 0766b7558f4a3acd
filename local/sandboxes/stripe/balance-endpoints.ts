import type { Stripe } from 'stripe';
import { settlementCurrencyOf } from './amounts.ts';
import { endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import type { CurrencyBalance } from './ledger.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { text, unsupported } from './parameters.ts';
import type { World } from './world.ts';

/** An account's balance as the API shows it; its own currency is there even at zero. */
export function balanceOf(world: World, account: string): Stripe.Balance {
  world.ledger.balance(account, settlementCurrencyOf(world, account));
  const balances = [...world.ledger.balances(account)];
  const amounts = (choose: (balance: CurrencyBalance) => bigint) =>
    balances.map(([currency, balance]) => {
      const amount = Number(choose(balance));
      return { amount, currency, source_types: { card: amount } };
    });
  return {
    object: 'balance',
    available: amounts((balance) => balance.availableMinor),
    livemode: false,
    pending: amounts((balance) => balance.pendingMinor),
  };
}

const url = '/v1/balance_transactions';

export const balanceEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/balance',
    parameters: {},
    returns: { kind: null },
    execute: ({ world, account }) => balanceOf(world, account),
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: {
      ...pagination,
      created: timeRange(),
      currency: text(),
      payout: unsupported(),
      source: text(),
      type: text(),
    },
    returns: { kind: 'balance_transaction', list: true },
    execute({ world, account, parameters }) {
      const { currency, source, type } = parameters;
      const transactions = world.store
        .list('balance_transaction', account)
        .filter((transaction) => isWithin(transaction.created, parameters.created))
        .filter((transaction) => passes(transaction, { currency, source, type }));
      return paginate(transactions, parameters, { url, what: 'balance transaction' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns: { kind: 'balance_transaction' },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const transaction = world.store.find('balance_transaction', account, id);
      if (transaction) return transaction;
      throw resourceMissing({ what: 'balance transaction', id, param: 'id' });
    },
  }),
];
