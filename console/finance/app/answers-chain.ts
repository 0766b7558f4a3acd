import type { Item, Money } from './answers.ts';

/** What the console reads of the chains (docs/api.md). */
export type Link = Item & { readonly matchedWith: readonly Item[] };

export type TradeChain = {
  readonly tradeId: string;
  readonly order: { readonly reference?: string; readonly amount: Money; readonly payIn: Money };
  readonly charge: {
    readonly paymentIntentId: string;
    readonly chargeId: string;
    readonly received: Money;
    readonly settled: Money;
    readonly fee: Money;
    readonly capturedAt: string;
    readonly provider: Link | null;
  } | null;
  readonly hold: { readonly held: Money; readonly spread: Money } | null;
  readonly releases: readonly {
    readonly milestoneId: string;
    readonly amount: Money;
    readonly net: Money;
    readonly fee: Money;
    readonly releasedAt: string;
  }[];
  readonly payouts: readonly {
    readonly payoutId: string;
    readonly attempt: number;
    readonly rail: string;
    readonly amount: Money;
    readonly settled: boolean;
    readonly transferId?: string;
    readonly endToEndId?: string;
    readonly provider?: Link | null;
    readonly bank?: Link | null;
    readonly returned?: Link | null;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly providerRefundId: string;
    readonly amount: Money;
    readonly settledAt: string;
    readonly provider: Link | null;
  }[];
};

export type LineChain = {
  readonly lineId: string;
  readonly lane: string;
  readonly line: Item;
  readonly matchedWith: readonly Item[];
  readonly transactions: readonly Item[];
  readonly payoutIds: readonly string[];
  readonly tradeIds: readonly string[];
};
