import { type Money, money } from '../../../src/money/money.ts';
import type { Sim } from '../engine/sim.ts';
import type {
  KeyAnswer,
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

export type Remembered = {
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
  /** Every answer under a key, in their order. */
  readonly keyLog: KeyAnswer[];
  /** Keys under which money was asked for, whatever came of it. */
  readonly triedKeys: Set<string>;
  readonly blindRepeats: string[];
  readonly tell: (event: StripeEvent) => void;
  readonly counts: { calls: number };
};

/** So much of its own money that no payout waits for it, unless a test takes it away. */
const OPENING_MINOR = 100_000_000_000n;

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
  keyLog: [],
  triedKeys: new Set(),
  blindRepeats: [],
  counts: { calls: 0 },
});

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
