import { type Money, money } from '../../src/money/money.ts';
import type { AttemptId, TransferRail, TransferRequest } from '../../src/settlement/ports.ts';
import type { ProviderFailure } from './provider-failures.ts';

/** A rail with an account of its own, and what the suite must be able to see and to break. */
export type TransferRailUnderTest = {
  readonly rail: TransferRail;
  /** A seller that can be paid. */
  readonly destination: string;
  /** A buyer pays so much for a trade; the charge that payouts of the trade may draw on. */
  readonly charge: (tradeId: string, amount: Money) => Promise<string>;
  /** The next charges bring money that is not available at once, until that is called. */
  readonly makeAvailable: () => void;
  readonly failNext: (
    call: 'create' | 'find' | 'get' | 'reverse',
    failure: ProviderFailure,
  ) => void;
  /** The provider forgets every idempotency key. */
  readonly forgetKeys: () => void;
  /** How many transfers it made for a payout, by its own books. */
  readonly transfersOf: (payoutId: string) => Promise<number>;
  /** How often a transfer was taken back, by the provider's own books. */
  readonly reversalsOf: (transferId: string) => Promise<number>;
  /** What the seller was paid can be taken back from now on. */
  readonly arrive: () => void;
  /** The seller pays out all that the account has. */
  readonly drain: () => Promise<void>;
  /** Somebody takes a transfer back, in whole or in part. */
  readonly reverse: (transferId: string, amount?: Money) => Promise<void>;
  /** Lets the seller receive transfers, or no longer. */
  readonly restrict: (isRestricted: boolean) => void;
  /** Stripe pays the seller out to a bank, which takes the money or sends it back; the payout's id. */
  readonly payOut: (refusal?: string) => Promise<string>;
  /** So many transfers of another system's, in the same trade. */
  readonly crowd: (tradeId: string, count: number) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

/** What the parts of the suite share: the rail of the moment, and a payout that draws on a charge. */
export type TransferSuite = {
  readonly suite: () => TransferRailUnderTest;
  readonly request: (changes?: Partial<TransferRequest>) => Promise<TransferRequest>;
};

export const tradeId = 'trd_1';
export const payoutId = 'payout_1_delivery';
/** What the seller gets, of what the buyer paid. */
export const amount = money('USD', 1_121_250n);
export const price = money('USD', 1_150_000n);
/** The first attempt at that payout. */
export const attempt = {
  ...{ payoutId, tradeId, marketplaceId: 'mkt_1', attempt: 1, currency: 'USD' },
} as const satisfies AttemptId;
