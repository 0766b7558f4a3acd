import type { Stripe } from 'stripe';
import type { Ids } from './ids.ts';
import type { Store } from './store.ts';

/** One change of a balance. Amounts are minor units, negative where money leaves. */
export type Movement = {
  account: string;
  currency: string;
  amountMinor: bigint;
  feeMinor?: bigint;
  feeDescription?: string;
  type: string;
  reportingCategory: string;
  source: string;
  description?: string | null;
  /** Unix seconds from which the funds are available. */
  availableOn: number;
  exchangeRate?: number | null;
};

export type CurrencyBalance = { pendingMinor: bigint; availableMinor: bigint };

export type Ledger = {
  /** Books a movement and returns its balance transaction. */
  post(movement: Movement): Stripe.BalanceTransaction;
  /** Moves what has become due from pending to available. */
  settleDue(): void;
  balances(account: string): Map<string, CurrencyBalance>;
  balance(account: string, currency: string): CurrencyBalance;
  /** Every account that ever had a balance. */
  accounts(): string[];
};

type Pending = { id: string; account: string; currency: string; netMinor: bigint; dueOn: number };

/** Balances per account and currency, pending and available, each movement with its record. */
export function createLedger(options: {
  clock: () => Date;
  ids: Ids;
  store: Store;
  /** Told of each account whose pending funds have become available. */
  onAvailable: (account: string) => void;
}): Ledger {
  const { store, ids } = options;
  const accounts = new Map<string, Map<string, CurrencyBalance>>();
  let waiting: Pending[] = [];
  let nextDueOn = Number.POSITIVE_INFINITY;

  const nowSeconds = () => Math.floor(options.clock().getTime() / 1000);

  const balances = (account: string) => {
    const found = accounts.get(account) ?? new Map<string, CurrencyBalance>();
    accounts.set(account, found);
    return found;
  };
  const balance = (account: string, currency: string) => {
    const found = balances(account).get(currency) ?? { pendingMinor: 0n, availableMinor: 0n };
    balances(account).set(currency, found);
    return found;
  };

  const settle = (entry: Pending) => {
    const target = balance(entry.account, entry.currency);
    target.pendingMinor -= entry.netMinor;
    target.availableMinor += entry.netMinor;
    store.change('balance_transaction', entry.id, { status: 'available' });
  };

  const settleDue = () => {
    const now = nowSeconds();
    if (now < nextDueOn) return;
    const due = waiting.filter((entry) => entry.dueOn <= now);
    for (const entry of due) settle(entry);
    waiting = waiting.filter((entry) => entry.dueOn > now);
    nextDueOn = waiting.reduce(
      (earliest, entry) => Math.min(earliest, entry.dueOn),
      Number.POSITIVE_INFINITY,
    );
    for (const account of new Set(due.map((entry) => entry.account))) options.onAvailable(account);
  };

  const post = (movement: Movement): Stripe.BalanceTransaction => {
    const transaction = balanceTransaction(movement, ids.next('txn'), nowSeconds());
    const { account, currency } = movement;
    const netMinor = movement.amountMinor - (movement.feeMinor ?? 0n);
    const target = balance(account, currency);
    if (transaction.status === 'available') {
      target.availableMinor += netMinor;
    } else {
      target.pendingMinor += netMinor;
      const dueOn = movement.availableOn;
      waiting.push({ id: transaction.id, account, currency, netMinor, dueOn });
      nextDueOn = Math.min(nextDueOn, dueOn);
    }
    return store.insert('balance_transaction', account, transaction);
  };

  return { post, settleDue, balances, balance, accounts: () => [...accounts.keys()] };
}

function balanceTransaction(
  movement: Movement,
  id: string,
  now: number,
): Stripe.BalanceTransaction {
  const { currency } = movement;
  const feeMinor = movement.feeMinor ?? 0n;
  const fee = {
    amount: Number(feeMinor),
    application: null,
    currency,
    description: movement.feeDescription ?? 'Stripe processing fees',
    type: 'stripe_fee',
  };
  return {
    id,
    object: 'balance_transaction',
    amount: Number(movement.amountMinor),
    available_on: movement.availableOn,
    balance_type: 'payments',
    created: now,
    currency,
    description: movement.description ?? null,
    exchange_rate: movement.exchangeRate ?? null,
    fee: Number(feeMinor),
    fee_details: feeMinor === 0n ? [] : [fee],
    net: Number(movement.amountMinor - feeMinor),
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: movement.availableOn <= now ? 'available' : 'pending',
    type: movement.type,
  };
}
