import { balanceOf } from './balances.ts';
import type { TestCard } from './cards.ts';
import { createEventLog, type EventLog } from './events.ts';
import { createExchangeDesk, type ExchangeDesk } from './fx.ts';
import { createIds, type Ids } from './ids.ts';
import { createLedger, type Ledger } from './ledger.ts';
import {
  illustrativeRates,
  readSettings,
  type Settings,
  type StripeSandboxOptions,
} from './options.ts';
import { platformAccount } from './references.ts';
import { createStore, type Store } from './store.ts';
import { createWebhookSender, type WebhookSender } from './webhooks.ts';

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
  /** The test card that each payment method was made from. */
  cards: Map<string, TestCard>;
  /** Payouts on their way, with the second on which they arrive. */
  arrivals: Map<string, { account: string; dueOn: number }>;
  /** The automatic payout that each balance transaction went out with. */
  payoutOf: Map<string, string>;
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
  });
  const ledger = createLedger({
    ...{ clock, ids, store },
    onAvailable: (account) =>
      events.emit({
        ...{ type: 'balance.available', account, object: balanceOf(world, account) },
        cause: { requestId: null, idempotencyKey: null },
      }),
  });
  const world: World = {
    ...{ settings, clock, nowSeconds, ids, store, ledger, exchange, events, webhooks },
    ...{ cards: new Map(), redirecting: new Set(), arrivals: new Map(), payoutOf: new Map() },
    advanceClock: (seconds) => {
      advancedMs += seconds * 1000;
    },
  };
  return world;
}
