import { STRIPE_READ, STRIPE_WRITE } from '../stripe-errors.ts';
import type { Customer, StripeState } from '../stripe-state.ts';
import { type Calling, keyed, type Metadata, type Options } from './calling.ts';
import { ofTrade } from './search.ts';

const MILLISECONDS_PER_SECOND = 1_000;

type CustomerParameters = { readonly metadata: Metadata };

export const customers = (state: StripeState, calling: Calling) => ({
  search: ({ query }: { readonly query: string }) =>
    calling({ kind: 'customers.search', subject: query, faults: STRIPE_READ }, () => ({
      object: 'search_result',
      data: ofTrade(state, state.customers.toReversed(), query).map(customerObject),
      has_more: false,
    })),
  create: (parameters: CustomerParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'customers.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const id = `cus_${state.customers.length + 1}`;
        const { metadata } = parameters;
        const tradeId = metadata['trade_id'] ?? null;
        const createdAtMs = state.sim.scheduler.nowMs();
        const customer = { id, tradeId, metadata, createdAtMs };
        state.customers.push(customer);
        return customerObject(customer);
      }),
    ),
  listCashBalanceTransactions: (customer: string) =>
    calling({ kind: 'cash.list', subject: customer, faults: STRIPE_READ }, () => ({
      object: 'list',
      data: state.cash
        .filter(({ customerId }) => customerId === customer)
        .toReversed()
        .map(({ type, amount, atMs }, index) => ({
          id: `ccsbtxn_${index}`,
          object: 'customer_cash_balance_transaction',
          type,
          net_amount: Number(amount.amountMinor),
          currency: amount.currency.toLowerCase(),
          created: Math.floor(atMs / MILLISECONDS_PER_SECOND),
        })),
      has_more: false,
    })),
});

const customerObject = ({ id, metadata, createdAtMs }: Customer) => ({
  id,
  object: 'customer',
  metadata,
  created: Math.floor(createdAtMs / MILLISECONDS_PER_SECOND),
});
