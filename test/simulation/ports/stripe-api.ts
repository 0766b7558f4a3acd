import type Stripe from 'stripe';
import type { Call, CallFaults } from '../engine/calls.ts';
import type { Task } from '../engine/tasks.ts';
import type { StripeRefund, StripeTransfer } from '../world.ts';
import { cancel, lower } from './stripe-cash.ts';
import { contestDispute, disputeObject, endDispute } from './stripe-disputes.ts';
import { invalidRequest, lockTimeout, STRIPE_READ, STRIPE_WRITE } from './stripe-errors.ts';
import { type EventsQuery, listEvents } from './stripe-events.ts';
import { createRefund, refundCash, refundObject } from './stripe-refunds.ts';
import { createReversal, reversalObject, reversalsOf } from './stripe-reversals.ts';
import {
  availableMinor,
  createIntent,
  createTransfer,
  type Intent,
  intentOf,
  isAccount,
  moneyOf,
  once,
  type StripeState,
} from './stripe-state.ts';

/** Stripe's search shows what was made up to a minute late, in an outage later. */
const SEARCH_LAG_MS = 60_000;
const DEFAULT_PAGE = 10;
const MILLISECONDS_PER_SECOND = 1_000;
const BALANCES = ['USD', 'GBP', 'EUR'];

type Metadata = Readonly<Record<string, string>>;
type Options = { readonly idempotencyKey?: string };

type IntentParameters = {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Metadata;
  readonly customer?: string;
};

type TransferParameters = IntentParameters & {
  readonly destination: string;
  readonly source_transaction?: string;
};

/** As much of Stripe's client as the adapters use, over the simulated Stripe. */
export function stripeClient(state: StripeState, task: Task): Stripe {
  const calling = callingStripe(state, task);
  return {
    paymentIntents: paymentIntents(state, calling),
    transfers: transfers(state, calling),
    refunds: refunds(state, calling),
    disputes: disputes(state, calling),
    payouts: payouts(state, calling),
    events: events(state, calling),
    balance: balance(state, calling),
    accounts: accounts(state, calling),
    customers: customers(state, calling),
  } as unknown as Stripe;
}

type Calling = <T>(
  call: { readonly kind: string; readonly subject: string; readonly faults: CallFaults },
  effect: Call<T>['effect'],
) => Promise<T>;

/** By which calls a run learns what became of what it asked for before. */
const LOOK_UPS: Readonly<Record<string, readonly string[]>> = {
  'transfers.create': ['transfers.list'],
  'refunds.create': ['refunds.list', 'cash.list'],
};

function callingStripe(state: StripeState, task: Task): Calling {
  const { sim, counts, triedKeys, blindRepeats } = state;
  const asked = new Set<string>();
  return ({ kind, subject, faults }, effect) => {
    asked.add(kind);
    const lookUps = LOOK_UPS[kind];
    if (lookUps !== undefined) {
      const isBlind = triedKeys.has(subject) && !lookUps.some((lookUp) => asked.has(lookUp));
      if (isBlind) blindRepeats.push(subject);
      triedKeys.add(subject);
    }
    return sim.calls.call(task, {
      kind: `stripe.${kind}`,
      subject,
      faults,
      effect: () => {
        counts.calls += 1;
        if (faults.profile === 'write' && sim.strikes('lockTimeout')) throw lockTimeout();
        return effect();
      },
    });
  };
}

const paymentIntents = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'intents.retrieve', subject: id, faults: STRIPE_READ }, () =>
      intentObject(state, intentOf(state, id)),
    ),
  search: ({ query }: { readonly query: string }) =>
    calling({ kind: 'intents.search', subject: query, faults: STRIPE_READ }, () => ({
      object: 'search_result',
      data: searchIntents(state, query).map((intent) => intentObject(state, intent)),
      has_more: false,
    })),
  list: ({ customer }: { readonly customer: string }) =>
    calling({ kind: 'intents.list', subject: customer, faults: STRIPE_READ }, () => ({
      object: 'list',
      data: [...state.intents.values()]
        .filter(({ customerId }) => customerId === customer)
        .map((intent) => intentObject(state, intent)),
      has_more: false,
    })),
  create: (parameters: IntentParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'intents.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { amount, currency, metadata } = parameters;
        const intent = createIntent(state, {
          tradeId: metadata['trade_id'] ?? null,
          amount: moneyOf(amount, currency),
          customerId: parameters.customer ?? null,
        });
        return intentObject(state, intent);
      }),
    ),
  update: (id: string, { amount }: { readonly amount: number }) =>
    calling({ kind: 'intents.update', subject: id, faults: STRIPE_WRITE }, () =>
      intentObject(state, lower(state, id, BigInt(amount))),
    ),
  cancel: (id: string) =>
    calling({ kind: 'intents.cancel', subject: id, faults: STRIPE_WRITE }, () =>
      intentObject(state, cancel(state, id)),
    ),
});

const balance = (state: StripeState, calling: Calling) => ({
  retrieve: () =>
    calling({ kind: 'balance.retrieve', subject: '', faults: STRIPE_READ }, () => ({
      object: 'balance',
      available: BALANCES.map((currency) => ({
        currency: currency.toLowerCase(),
        amount: Number(availableMinor(state, currency)),
      })),
    })),
});

const customers = (state: StripeState, calling: Calling) => ({
  create: (parameters: unknown, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'customers.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const id = `cus_${state.customers.length + 1}`;
        state.customers.push(id);
        return { id, object: 'customer' };
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

const accounts = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'accounts.retrieve', subject: id, faults: STRIPE_READ }, () => {
      if (!isAccount(id)) throw invalidRequest('account_invalid');
      const transfersNow = state.restricted.has(id) ? 'inactive' : 'active';
      return { id, object: 'account', capabilities: { transfers: transfersNow } };
    }),
});

const transfers = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'transfers.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const transfer = state.transfers.find((one) => one.id === id);
      if (transfer === undefined) throw invalidRequest('resource_missing');
      return transferObject(state, transfer);
    }),
  list: (page: ListParameters) =>
    calling({ kind: 'transfers.list', subject: page.transfer_group, faults: STRIPE_READ }, () =>
      listTransfers(state, page),
    ),
  create: (parameters: TransferParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'transfers.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { amount, currency, metadata, destination, source_transaction } = parameters;
        const transfer = createTransfer(state, {
          payoutId: metadata['payout_id'] ?? null,
          attempt: Number(metadata['attempt'] ?? 1),
          tradeId: metadata['trade_id'] ?? null,
          destination,
          amount: moneyOf(amount, currency),
          sourceChargeId: source_transaction ?? null,
        });
        return transferObject(state, transfer);
      }),
    ),
  listReversals: (id: string) =>
    calling({ kind: 'transfers.listReversals', subject: id, faults: STRIPE_READ }, () => ({
      object: 'list',
      data: reversalsOf(state, id),
      has_more: false,
    })),
  createReversal: (
    transferId: string,
    parameters: { readonly amount: number; readonly metadata?: Metadata },
    { idempotencyKey }: Options = {},
  ) =>
    calling({ kind: 'transfers.createReversal', subject: transferId, faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters: { transferId, ...parameters } }, () => {
        const { amount, metadata = {} } = parameters;
        const amountMinor = BigInt(amount);
        return reversalObject(createReversal(state, { transferId, amountMinor, metadata }));
      }),
    ),
});

type RefundRequest = {
  readonly charge?: string;
  readonly customer?: string;
  readonly amount: number;
  readonly metadata: Metadata;
};

type RefundList = {
  readonly charge?: string;
  readonly created?: { readonly gte: number; readonly lte: number };
};

const isListed = (
  { chargeId, createdAtMs }: StripeRefund,
  { charge, created }: RefundList,
): boolean => {
  if (charge !== undefined) return chargeId === charge;
  const seconds = Math.floor(createdAtMs / MILLISECONDS_PER_SECOND);
  return created !== undefined && seconds >= created.gte && seconds <= created.lte;
};

const refunds = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'refunds.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const refund = state.refunds.find((one) => one.id === id);
      if (refund === undefined) throw invalidRequest('resource_missing');
      return refundObject(state, refund);
    }),
  list: (which: RefundList) =>
    calling({ kind: 'refunds.list', subject: which.charge ?? '', faults: STRIPE_READ }, () => ({
      object: 'list',
      data: state.refunds
        .filter((refund) => isListed(refund, which))
        .reverse()
        .map((refund) => refundObject(state, refund)),
      has_more: false,
    })),
  create: (parameters: RefundRequest, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'refunds.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { charge: chargeId, customer: customerId = '', amount, metadata } = parameters;
        const amountMinor = BigInt(amount);
        const refund =
          chargeId === undefined
            ? refundCash(state, { customerId, amountMinor, metadata })
            : createRefund(state, { chargeId, amountMinor, metadata });
        return refundObject(state, refund);
      }),
    ),
});

/** Whatever happened, the platform is told; an account's own list is empty here. */
const events = (state: StripeState, calling: Calling) => ({
  list: (query: EventsQuery, { stripeAccount }: OnAccount = {}) =>
    calling({ kind: 'events.list', subject: stripeAccount ?? '', faults: STRIPE_READ }, () =>
      stripeAccount === undefined
        ? listEvents(state, query)
        : { object: 'list', data: [], has_more: false },
    ),
});

type OnAccount = { readonly stripeAccount?: string };

const payouts = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string, _parameters: object, { stripeAccount }: OnAccount = {}) =>
    calling({ kind: 'payouts.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const payout = state.payouts.get(id);
      if (payout === undefined || payout.account !== stripeAccount) {
        throw invalidRequest('resource_missing');
      }
      const { status, failureCode } = payout;
      return { id, object: 'payout', status, failure_code: failureCode };
    }),
});

type DisputeParameters = { readonly metadata?: Metadata; readonly submit?: boolean };

const disputes = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'disputes.retrieve', subject: id, faults: STRIPE_READ }, () =>
      disputeObject(state, id),
    ),
  update: (id: string, parameters: DisputeParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'disputes.update', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        contestDispute(state, id, parameters.metadata ?? {});
        return disputeObject(state, id);
      }),
    ),
  close: (id: string, parameters: DisputeParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'disputes.close', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        endDispute(state, id, 'lost');
        return disputeObject(state, id);
      }),
    ),
});

const keyed = <T>(
  state: StripeState,
  request: { readonly idempotencyKey: string | undefined; readonly parameters: unknown },
  act: () => T,
): T =>
  request.idempotencyKey === undefined
    ? act()
    : once(state, { key: request.idempotencyKey, parameters: request.parameters }, act);

/** Search is not read after write: what is younger than its lag may be missing. */
function searchIntents({ sim, intents }: StripeState, query: string): readonly Intent[] {
  const tradeId = /^metadata\['trade_id'\]:'([^']+)'$/.exec(query)?.[1];
  const shownUntilMs = sim.scheduler.nowMs() - SEARCH_LAG_MS;
  return [...intents.values()].filter(
    (intent) =>
      intent.tradeId === tradeId &&
      (intent.createdAtMs <= shownUntilMs || !sim.strikes('staleSearch')),
  );
}

const intentObject = (state: StripeState, intent: Intent) => {
  const { id, status, amount, tradeId, customerId, appliedMinor } = intent;
  return {
    id,
    object: 'payment_intent',
    status,
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    client_secret: `${id}_secret`,
    customer: customerId,
    next_action:
      status === 'requires_action'
        ? {
            type: 'display_bank_transfer_instructions',
            display_bank_transfer_instructions: {
              amount_remaining: Number(amount.amountMinor - appliedMinor),
            },
          }
        : null,
    metadata: tradeId === null ? {} : { trade_id: tradeId },
    latest_charge: chargeObject(state, intent),
  };
};

function chargeObject({ sim }: StripeState, { charge, isByTransfer }: Intent) {
  if (charge === null) return null;
  const { settled, fee, amount } = charge;
  return {
    id: charge.id,
    object: 'charge',
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    created: Math.floor(charge.capturedAtMs / MILLISECONDS_PER_SECOND),
    payment_method_details: { type: isByTransfer ? 'customer_balance' : 'card' },
    balance_transaction:
      charge.bookedAtMs > sim.scheduler.nowMs()
        ? null
        : {
            object: 'balance_transaction',
            amount: Number(settled.amountMinor),
            currency: settled.currency.toLowerCase(),
            fee: Number(fee.amountMinor),
            available_on: Math.floor(charge.capturedAtMs / MILLISECONDS_PER_SECOND),
          },
  };
}

type ListParameters = {
  readonly transfer_group: string;
  readonly limit?: number;
  readonly starting_after?: string;
};

/** Newest first, page by page. */
function listTransfers(state: StripeState, page: ListParameters) {
  const { transfer_group: tradeId, limit = DEFAULT_PAGE, starting_after: after } = page;
  const all = state.transfers.filter((one) => one.tradeId === tradeId).reverse();
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  return {
    object: 'list',
    data: all.slice(start, start + limit).map((one) => transferObject(state, one)),
    has_more: all.length > start + limit,
  };
}

/** A transfer holds its latest ten reversals itself. */
const MOST_REVERSALS = 10;

const transferObject = (
  state: StripeState,
  { id, amount, payoutId, attempt, tradeId, destination }: StripeTransfer,
) => ({
  id,
  object: 'transfer',
  amount: Number(amount.amountMinor),
  currency: amount.currency.toLowerCase(),
  destination,
  metadata: {
    ...(payoutId === null ? {} : { payout_id: payoutId }),
    ...(attempt === 1 ? {} : { attempt: String(attempt) }),
    ...(tradeId === null ? {} : { trade_id: tradeId }),
  },
  transfer_group: tradeId,
  reversed: state.reversed.get(id) === amount.amountMinor,
  amount_reversed: Number(state.reversed.get(id) ?? 0n),
  reversals: {
    object: 'list',
    data: reversalsOf(state, id).slice(0, MOST_REVERSALS),
    has_more: reversalsOf(state, id).length > MOST_REVERSALS,
  },
});
