import { balanceOf } from './balances.ts';
import { endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { text } from './parameters.ts';
import type { World } from './world.ts';

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
      payout: text(),
      source: text(),
      type: text(),
    },
    returns: { kind: 'balance_transaction', list: true },
    execute({ world, account, parameters }) {
      const { currency, payout, source, type } = parameters;
      if (payout !== undefined) refuseManualPayout(world, account, payout);
      const transactions = world.store
        .list('balance_transaction', account)
        .filter((transaction) => isWithin(transaction.created, parameters.created))
        .filter((transaction) => passes(transaction, { currency, source, type }))
        .filter(({ id }) => payout === undefined || world.payoutOf.get(id) === payout);
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

/** Of a manual payout Stripe can't say what went out with it. */
function refuseManualPayout(world: World, account: string, id: string): void {
  const payout = world.store.find('payout', account, id);
  if (!payout) throw resourceMissing({ what: 'payout', id, param: 'payout', status: 400 });
  if (payout.automatic) return;
  throw invalidRequest(
    'Balance transaction history can only be filtered on automatic transfers, not manual.',
    { param: 'payout' },
  );
}
