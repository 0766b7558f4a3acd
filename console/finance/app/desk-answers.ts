import type { Money } from './answers.ts';

/** What the screens about pay, cases, lanes and rates read of the API's answers (docs/api.md). */
export type Page<T> = { readonly data: readonly T[]; readonly next: string | null };

export type Settlement = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly reference?: string;
  readonly milestoneId: string;
  readonly payoutAccountId: string;
  readonly state: string;
  readonly at: string;
  readonly amount: Money;
  readonly netted?: Money;
  readonly reversed?: Money;
  readonly rail?: string;
  readonly attempt: number;
  readonly transferId?: string;
  readonly code?: string;
  readonly carrierPayoutId?: string;
};

export type Debt = {
  readonly id: string;
  readonly tradeId: string;
  readonly payoutAccountId: string;
  readonly status: 'open' | 'write_off_proposed' | 'written_off' | 'recovered';
  readonly amount: Money;
  readonly remaining: Money;
  readonly proposal?: { readonly amount: Money; readonly reason: string; readonly by: string };
  /** Only the list of all sellers says these. */
  readonly reference?: string;
  readonly since?: string;
  readonly reason?: 'chargeback' | 'refund';
};

export type Totals = {
  readonly today: string;
  readonly week: { readonly from: string; readonly to: string };
  readonly complete: boolean;
  readonly data: readonly {
    readonly currency: string;
    readonly due: { readonly todayMinor: string; readonly weekMinor: string };
    readonly inTransitMinor: string;
    readonly paid: { readonly todayMinor: string; readonly weekMinor: string };
    readonly blockedMinor: string;
  }[];
};

export type Case = {
  readonly id: string;
  readonly kind: string;
  readonly tradeId: string;
  readonly reference?: string;
  readonly stage: string;
  readonly reason?: string;
  readonly amount: Money;
  readonly openedAt: string;
  readonly respondBy?: string;
  readonly closedAt?: string;
  readonly deadline: {
    readonly kind: string;
    readonly dueAt: string;
    readonly daysLeft: number;
  } | null;
};

export type Lane = {
  readonly sellerCountry: string;
  readonly buyerCountry: string;
  readonly trades: number;
  readonly volume: Money;
};

export type LanePage = {
  readonly month: string;
  readonly page: number;
  readonly pages: number;
  readonly totals: readonly Pick<Lane, 'trades' | 'volume'>[];
  readonly data: readonly Lane[];
};

export type RateSource = {
  readonly source: string;
  readonly rateDate: string;
  readonly fetchedAt: string;
  readonly ageDays: number;
  readonly level: string;
  readonly rates: readonly { readonly currency: string; readonly perBase: string }[];
};

export type RatesAnswer = {
  readonly marginBasisPoints: number;
  readonly sources: readonly RateSource[];
  readonly pegs: readonly {
    readonly currency: string;
    readonly anchor: string;
    readonly perAnchor: string;
  }[];
};
