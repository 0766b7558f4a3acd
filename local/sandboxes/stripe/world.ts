import type { Stripe } from 'stripe';
import { balanceOf } from './balances.ts';
import { createEventLog, type EventLog } from './events.ts';
import { createExchangeDesk, type ExchangeDesk } from './fx.ts';
import { createIds, type Ids } from './ids.ts';
import type { Instrument } from './instruments.ts';
import { createLedger, type Ledger } from './ledger.ts';
import {
  illustrativeRates,
  readSettings,
  type Settings,
  type StripeSandboxOptions,
} from './options.ts';
import type { UsedMethod } from './payment-methods.ts';
import { platformAccount } from './references.ts';
import { createStore, type Store } from './store.ts';
import { createWebhookSender, type WebhookSender } from './webhooks.ts';

/** A debit that has been started, and how and when it will end. */
export type RunningDebit = {
  account: string;
  dueOn: number;
  settles: 'succeeds' | 'fails';
  used: UsedMethod;
};

/** The state behind the wire: everything that an operation reads or changes. */
export type World = {
  settings: Settings;
  clock: () => Date;
  /** The clock in whole Unix seconds, as the API counts time. */
  nowSeconds: () => number;
  ids: Ids;
  store: Store;
  ledger: Ledger;
  exchange: ExchangeDesk;
  events: EventLog;
  webhooks: WebhookSender;
  /** What stands behind each payment method. */
  instruments: Map<string, Instrument>;
  /** Debits on their way, by payment intent. */
  debits: Map<string, RunningDebit>;
  /** What ends unless something happens first: authorizations and refunds that wait, by id. */
  expiries: Map<string, { account: string; dueOn: number }>;
  /** The mandate that each intent's debit is made under. */
  mandates: Map<string, string>;
  /** What customers have sent and not used, by customer and currency. */
  cash: Map<string, Map<string, bigint>>;
  /** What version 2 of the API keeps of an account beyond version 1. */
  accountDetails: Map<string, { dashboard: string; display_name?: string }>;
  balanceSettings: Map<string, Stripe.BalanceSettings['payments']>;
  /** Customers whose transfers pay nothing until they are told what. */
  reconciledByHand: Set<string>;
  /** What of it each payment intent has used. */
  applied: Map<string, bigint>;
  /** Payouts on their way, with the second on which they arrive. */
  arrivals: Map<string, { account: string; dueOn: number }>;
  /** The automatic payout that each balance transaction went out with. */
  payoutOf: Map<string, string>;
  /** Tells that funds of an account have become available. */
  announceBalance(account: string): void;
  /** Lets time pass for balances, payouts and keys, but not for signatures. */
  advanceClock(seconds: number): void;
  /** Payment intents that asked for redirecting methods, and so need a `return_url`. */
  redirecting: Set<string>;
};

const defaultRetryDelaysMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000];

/** An account of its own, empty, with nothing shared between two worlds. */
export function createWorld(options: StripeSandboxOptions = {}): World {
  const settings = readSettings(options);
  const wallClock = options.clock ?? (() => new Date());
  let advancedMs = 0;
  const clock = () => new Date(wallClock().getTime() + advancedMs);
  const ids = createIds(options.random);
  const store = createStore();
  const exchange = createExchangeDesk(
    options.rates ?? illustrativeRates,
    options.fxFeeBasisPoints ?? 100,
  );
  if (!exchange.supports(settings.settlementCurrency)) {
    throw new RangeError(`There is no rate for the currency ${settings.settlementCurrency}.`);
  }
  const webhooks = createWebhookSender({
    clock: wallClock,
    retryDelaysMs: options.webhookRetryDelaysMs ?? defaultRetryDelaysMs,
    timeoutMs: options.webhookTimeoutMs ?? 10_000,
    onDelivered: (delivery) => events.markDelivered(delivery),
  });
  const nowSeconds = () => Math.floor(clock().getTime() / 1000);
  const events = createEventLog({
    ...{ ids, nowSeconds, store, webhooks, platformAccount },
    apiVersion: settings.apiVersion,
    observe: options.observe,
  });
  const ledger = createLedger({
    ...{ clock, ids, store },
    onAvailable: (account) => world.announceBalance(account),
  });
  const world: World = {
    ...{ settings, clock, nowSeconds, ids, store, ledger, exchange, events, webhooks },
    ...{
      instruments: new Map(),
      debits: new Map(),
      expiries: new Map(),
      mandates: new Map(),
      cash: new Map(),
      reconciledByHand: new Set(),
    },
    ...{ applied: new Map(), accountDetails: new Map(), balanceSettings: new Map() },
    ...{ redirecting: new Set(), arrivals: new Map(), payoutOf: new Map() },
    announceBalance: (account) =>
      events.emit({
        ...{ type: 'balance.available', account, object: balanceOf(world, account) },
        cause: { requestId: null, idempotencyKey: null },
      }),
    advanceClock: (seconds) => {
      advancedMs += seconds * 1000;
    },
  };
  return world;
}
