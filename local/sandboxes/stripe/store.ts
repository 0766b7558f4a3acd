import type { Stripe } from 'stripe';

/** Every kind of object that the sandbox keeps, by the `object` that names it. */
export type Objects = {
  account: Stripe.Account;
  balance_transaction: Stripe.BalanceTransaction;
  bank_account: Stripe.BankAccount;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  customer: Stripe.Customer;
  customer_cash_balance_transaction: Stripe.CustomerCashBalanceTransaction;
  dispute: Stripe.Dispute;
  event: Stripe.EventBase;
  mandate: Stripe.Mandate;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  payout: Stripe.Payout;
  price: Stripe.Price;
  product: Stripe.Product;
  'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning;
  'reporting.report_run': Stripe.Reporting.ReportRun;
  refund: Stripe.Refund;
  setup_intent: Stripe.SetupIntent;
  token: Stripe.Token;
  topup: Stripe.Topup;
  transfer: Stripe.Transfer;
  transfer_reversal: Stripe.TransferReversal;
  webhook_endpoint: Stripe.WebhookEndpoint;
};

export type Kind = keyof Objects;

type Kept<K extends Kind> = { account: string; object: Objects[K] };

/** Objects in memory, each owned by one account, in order of creation. */
export type Store = {
  insert<K extends Kind>(kind: K, account: string, object: Objects[K]): Objects[K];
  /** Replaces fields of an object that exists and returns it whole. */
  change<K extends Kind>(kind: K, id: string, changes: Partial<Objects[K]>): Objects[K];
  remove(kind: Kind, id: string): void;
  /** What the account owns under that id. */
  find<K extends Kind>(kind: K, account: string, id: string): Objects[K] | undefined;
  /** The object whoever owns it, for following a reference. */
  findAnywhere<K extends Kind>(kind: K, id: string): Objects[K] | undefined;
  ownerOf(kind: Kind, id: string): string | undefined;
  /** What the account owns, newest first, as Stripe lists. */
  list<K extends Kind>(kind: K, account: string): Objects[K][];
  /** What every account owns, newest first. */
  listAnywhere<K extends Kind>(kind: K): Objects[K][];
};

export function createStore(): Store {
  const kept = new Map<Kind, Map<string, Kept<Kind>>>();
  const all = <K extends Kind>(kind: K): Map<string, Kept<K>> => {
    const objects = kept.get(kind) ?? new Map<string, Kept<Kind>>();
    kept.set(kind, objects);
    return objects as Map<string, Kept<K>>;
  };
  return {
    insert(kind, account, object) {
      all(kind).set(object.id, { account, object });
      return object;
    },
    change(kind, id, changes) {
      const current = all(kind).get(id);
      if (!current) throw new Error(`There is no ${kind} ${id} to change.`);
      const object = { ...current.object, ...changes };
      all(kind).set(id, { account: current.account, object });
      return object;
    },
    remove(kind, id) {
      all(kind).delete(id);
    },
    find(kind, account, id) {
      const found = all(kind).get(id);
      return found?.account === account ? found.object : undefined;
    },
    ownerOf: (kind, id) => all(kind).get(id)?.account,
    findAnywhere: (kind, id) => all(kind).get(id)?.object,
    list: (kind, account) =>
      [...all(kind).values()]
        .filter((entry) => entry.account === account)
        .map((entry) => entry.object)
        .reverse(),
    listAnywhere: (kind) => [...all(kind).values()].map((entry) => entry.object).reverse(),
  };
}
