import type { CurrencyCode } from '../../../src/money/currency.ts';
import { type Money, money } from '../../../src/money/money.ts';
import type { Sim } from '../engine/sim.ts';
import type {
  StripeCash,
  StripeCharge,
  StripeDispute,
  StripeIntent,
  StripeLoggedEvent,
  StripeRefund,
  StripeReversal,
  StripeTransaction,
  StripeTransfer,
} from '../world.ts';
import {
  idempotencyMismatch,
  invalidRequest,
  keyInUse,
  replayedError,
  serverError,
} from './stripe-errors.ts';
import { movable, settle } from './stripe-money.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Intent = Mutable<StripeIntent>;

/** What Stripe tells about an object that changed. */
export type StripeEvent = {
  readonly type: string;
  readonly object: unknown;
  readonly objectId: string;
};

/** A seller's own payout; a bank may refuse it, also after it was paid. */
export type BankPayout = {
  readonly id: string;
  readonly account: string;
  status: 'paid' | 'failed';
  failureCode: string | null;
};

type Remembered = {
  readonly parameters: string;
  readonly untilMs: number;
  readonly answer: { readonly value: unknown } | { readonly error: Error };
};

/** A payer by bank transfer. */
export type Customer = {
  readonly id: string;
  readonly tradeId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
};

export type StripeState = {
  readonly sim: Sim;
  readonly intents: Map<string, Intent>;
  readonly charges: StripeCharge[];
  readonly transfers: StripeTransfer[];
  readonly refunds: StripeRefund[];
  /** What Stripe paid sellers out to their banks. */
  readonly payouts: Map<string, BankPayout>;
  readonly disputes: Mutable<StripeDispute>[];
  readonly log: readonly StripeLoggedEvent[];
  readonly cash: StripeCash[];
  readonly customers: Customer[];
  readonly balances: Map<string, bigint>;
  readonly transactions: Mutable<StripeTransaction>[];
  readonly onBooked: () => void;
  /** The platform's own money, in minor units of each currency, and what can be spent of charges. */
  readonly funds: { openingMinor: bigint; areChargesAvailable: boolean };
  /** What was taken back of transfers, in their own currency. */
  readonly reversed: Map<string, bigint>;
  readonly reversals: StripeReversal[];
  /** Accounts that have paid out all they had, so that nothing can be taken back of them. */
  readonly drained: Set<string>;
  /** Accounts that can't receive transfers for now. */
  readonly restricted: Set<string>;
  readonly keys: Map<string, Remembered>;
  /** Keys that were used again for something else. */
  readonly reusedKeys: string[];
  /** Keys under which money was asked for, whatever came of it. */
  readonly triedKeys: Set<string>;
  readonly blindRepeats: string[];
  readonly tell: (event: StripeEvent) => void;
  readonly counts: { calls: number };
};

/** Stripe keeps keys for at least a day, and then may forget them at any time. */
const KEY_LIFE_MS = 24 * 3_600_000;
/** So much of its own money that no payout waits for it, unless a test takes it away. */
const OPENING_MINOR = 100_000_000_000n;
const PROCESSING_MS = [3_600_000, 4 * 24 * 3_600_000] as const;
const LATE_BALANCE_MS = [100, 120_000] as const;

export const createStripeState = (
  sim: Sim,
  tell: StripeState['tell'],
  log: readonly StripeLoggedEvent[] = [],
  onBooked: () => void = () => {},
): StripeState => ({
  sim,
  onBooked,
  tell,
  log,
  intents: new Map(),
  charges: [],
  transfers: [],
  refunds: [],
  payouts: new Map(),
  disputes: [],
  cash: [],
  customers: [],
  balances: new Map(),
  transactions: [],
  funds: { openingMinor: OPENING_MINOR, areChargesAvailable: true },
  reversed: new Map(),
  reversals: [],
  drained: new Set(),
  restricted: new Set(),
  keys: new Map(),
  reusedKeys: [],
  triedKeys: new Set(),
  blindRepeats: [],
  counts: { calls: 0 },
});

/**
 * Answers a request under a key as Stripe promises: the first answer again, an error too, as long as
 * the key is remembered; an error of its own for other parameters.
 */
export function once<T>(
  state: StripeState,
  request: { readonly key: string; readonly parameters: unknown },
  act: () => T,
): T {
  const { sim, keys } = state;
  if (sim.strikes('keyInUse')) throw keyInUse();
  const parameters = JSON.stringify(request.parameters);
  const known = keys.get(request.key);
  if (known !== undefined && sim.scheduler.nowMs() < known.untilMs) {
    if (known.parameters !== parameters) {
      state.reusedKeys.push(request.key);
      throw idempotencyMismatch();
    }
    if ('error' in known.answer) throw known.answer.error;
    return known.answer.value as T;
  }
  const remember = (answer: Remembered['answer']): void => {
    keys.set(request.key, { parameters, answer, untilMs: sim.scheduler.nowMs() + KEY_LIFE_MS });
  };
  if (sim.strikes('rememberedError')) {
    if (sim.random.chance(0.5)) act();
    remember({ error: replayedError() });
    throw serverError();
  }
  const value = act();
  remember({ value });
  return value;
}

export function createIntent(
  state: StripeState,
  {
    tradeId,
    amount,
    customerId = null,
  }: {
    readonly tradeId: string | null;
    readonly amount: Money;
    readonly customerId?: string | null;
  },
): Intent {
  const intent: Intent = {
    id: `pi_${state.intents.size + 1}`,
    tradeId,
    status: 'requires_payment_method',
    amount,
    customerId,
    appliedMinor: 0n,
    isByTransfer: false,
    createdAtMs: state.sim.scheduler.nowMs(),
    charge: null,
  };
  state.intents.set(intent.id, intent);
  return intent;
}

/** The buyer pays. `slowly` leaves the payment in processing for hours or days before it succeeds. */
export function pay(
  state: StripeState,
  intentId: string,
  { slowly }: { readonly slowly: boolean },
): 'paid' | 'processing' | 'closed' {
  const { sim } = state;
  const intent = intentOf(state, intentId);
  if (intent.status !== 'requires_payment_method') {
    return intent.status === 'canceled' ? 'closed' : 'paid';
  }
  if (!slowly) {
    capture(state, intent);
    return 'paid';
  }
  intent.status = 'processing';
  sim.scheduler.at(sim.scheduler.nowMs() + sim.random.between(...PROCESSING_MS), () =>
    sim.scheduler.add({
      task: 'stripe',
      kind: 'stripe.capture',
      subject: intent.id,
      run: () => {
        capture(state, intent);
        return 'succeeded';
      },
    }),
  );
  return 'processing';
}

export function capture(state: StripeState, intent: Intent): void {
  const { sim } = state;
  const nowMs = sim.scheduler.nowMs();
  const { settled, fee } = settle(intent.amount, sim.random);
  const charge: StripeCharge = {
    id: `ch_${state.charges.length + 1}`,
    paymentIntentId: intent.id,
    tradeId: intent.tradeId,
    amount: intent.amount,
    settled,
    fee,
    capturedAtMs: nowMs,
    bookedAtMs: nowMs + (sim.strikes('lateBalance') ? sim.random.between(...LATE_BALANCE_MS) : 0),
  };
  intent.status = 'succeeded';
  intent.charge = charge;
  state.charges.push(charge);
  book(state, {
    category: 'charge',
    sourceId: charge.id,
    amount: settled,
    feeMinor: fee.amountMinor,
  });
  sim.changes().charges.push(charge);
  state.tell({ type: 'payment_intent.succeeded', objectId: intent.id, object: { id: intent.id } });
}

export function intentOf({ intents }: StripeState, id: string): Intent {
  const intent = intents.get(id);
  if (intent === undefined) throw invalidRequest('resource_missing');
  return intent;
}

/**
 * Pays a connected account. With a source charge it must be in the currency that the charge settled
 * in, and all transfers of one charge together must not pass it; without, the balance must cover it.
 */
export function createTransfer(
  state: StripeState,
  request: Omit<StripeTransfer, 'id' | 'createdAtMs'>,
): StripeTransfer {
  const { sim, transfers } = state;
  if (!isAccount(request.destination)) throw invalidRequest('resource_missing');
  if (state.restricted.has(request.destination)) {
    throw invalidRequest('insufficient_capabilities_for_transfer');
  }
  assertSourceCovers(state, request);
  const transfer: StripeTransfer = {
    ...request,
    id: `tr_${transfers.length + 1}`,
    createdAtMs: sim.scheduler.nowMs(),
  };
  transfers.push(transfer);
  book(state, { category: 'transfer', sourceId: transfer.id, amount: negative(transfer.amount) });
  sim.changes().transfers.push(transfer);
  state.tell({ type: 'transfer.created', objectId: transfer.id, object: { id: transfer.id } });
  return transfer;
}

function assertSourceCovers(
  state: StripeState,
  { sourceChargeId, amount }: Omit<StripeTransfer, 'id' | 'createdAtMs'>,
): void {
  const { charges, transfers } = state;
  if (sourceChargeId === null) {
    if (availableMinor(state, amount.currency) >= amount.amountMinor) return;
    throw invalidRequest('balance_insufficient');
  }
  const charge = charges.find(({ id }) => id === sourceChargeId);
  if (charge === undefined || charge.settled.currency !== amount.currency) {
    throw invalidRequest('transfer_source_currency_mismatch');
  }
  const spent = transfers
    .filter((transfer) => transfer.sourceChargeId === sourceChargeId)
    .reduce((sum, transfer) => sum + transfer.amount.amountMinor, 0n);
  if (spent + amount.amountMinor > charge.settled.amountMinor) {
    throw invalidRequest('transfer_source_balance_insufficient');
  }
}

/** Connected accounts are those that look like a seller's. */
const ACCOUNT = /^acct_seller/;

export const isAccount = (id: string): boolean => ACCOUNT.test(id);

/** Lets an account receive transfers, or no longer, and tells so. */
export function restrict(state: StripeState, accountId: string, isRestricted: boolean): void {
  if (isRestricted) state.restricted.add(accountId);
  else state.restricted.delete(accountId);
  state.tell({ type: 'account.updated', objectId: accountId, object: { id: accountId } });
}

/** What the platform can spend now. */
export const availableMinor = ({ funds, balances }: StripeState, currency: string): bigint =>
  funds.openingMinor + (funds.areChargesAvailable ? (balances.get(currency) ?? 0n) : 0n);

/** Moves the balance by the amount less its fee, and lists it. Answers the transaction's id. */
export function book(
  { sim, balances, transactions, onBooked }: StripeState,
  {
    amount: { currency, amountMinor },
    feeMinor = 0n,
    ...moved
  }: Pick<StripeTransaction, 'category' | 'sourceId'> & {
    readonly amount: Money;
    readonly feeMinor?: bigint;
  },
): string {
  const net = money(currency, amountMinor - feeMinor);
  const id = `txn_${transactions.length + 1}`;
  const atMs = sim.scheduler.nowMs();
  transactions.push({ id, ...moved, net, feeMinor, atMs, payoutId: null });
  balances.set(currency, (balances.get(currency) ?? 0n) + net.amountMinor);
  onBooked();
  return id;
}

export const negative = ({ currency, amountMinor }: Money): Money => money(currency, -amountMinor);

export const moneyOf = (units: number, currency: string): Money =>
  movable(money(currency.toUpperCase() as CurrencyCode, BigInt(units)));
