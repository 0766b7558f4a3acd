import type { Stripe } from 'stripe';
import { type Actor, emit } from './endpoint.ts';
import type { World } from './world.ts';

/** What a customer has sent by bank transfer and no payment has used yet. */
export function cashOf(world: World, customer: string, currency: string): bigint {
  return world.cash.get(customer)?.get(currency) ?? 0n;
}

export function cashBalance(world: World, customer: string): Stripe.CashBalance {
  const held = [...(world.cash.get(customer) ?? [])].filter(([, amount]) => amount !== 0n);
  const available = Object.fromEntries(
    held.map(([currency, amount]) => [currency, Number(amount)]),
  );
  return {
    object: 'cash_balance',
    available: held.length === 0 ? null : available,
    customer,
    customer_account: null,
    livemode: false,
    settings: {
      reconciliation_mode: world.reconciledByHand.has(customer) ? 'manual' : 'automatic',
      using_merchant_default: !world.reconciledByHand.has(customer),
    },
  };
}

type Movement = {
  customer: string;
  currency: string;
  amountMinor: bigint;
  detail: Pick<
    Stripe.CustomerCashBalanceTransaction,
    'type' | 'applied_to_payment' | 'funded' | 'refunded_from_payment' | 'unapplied_from_payment'
  >;
};

/** Changes a customer's cash balance, with a record of the change. */
export function moveCash(
  actor: Actor,
  { customer, currency, amountMinor, detail }: Movement,
): Stripe.CustomerCashBalanceTransaction {
  const { world, account } = actor;
  const ending = cashOf(world, customer, currency) + amountMinor;
  const balances = world.cash.get(customer) ?? new Map<string, bigint>();
  world.cash.set(customer, balances.set(currency, ending));
  const transaction: Stripe.CustomerCashBalanceTransaction = {
    id: world.ids.next('ccsbtxn'),
    object: 'customer_cash_balance_transaction',
    created: world.nowSeconds(),
    currency,
    customer,
    customer_account: null,
    ending_balance: Number(ending),
    livemode: false,
    net_amount: Number(amountMinor),
    ...detail,
  };
  world.store.insert('customer_cash_balance_transaction', account, transaction);
  emit(actor, 'customer_cash_balance_transaction.created', transaction);
  return transaction;
}

/** The kind of transfer that brings a currency. */
export function transferTypeOf(currency: string) {
  const types: Record<string, 'gb_bank_transfer' | 'jp_bank_transfer' | 'us_bank_transfer'> = {
    ...{ gbp: 'gb_bank_transfer', jpy: 'jp_bank_transfer', usd: 'us_bank_transfer' },
  };
  return types[currency] ?? 'eu_bank_transfer';
}
