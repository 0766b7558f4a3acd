import {
  type FinanceViews,
  type LaneSlice,
  type LaneTrade,
  laneSpans,
  type TradeLane,
} from '../../process/finance-views.ts';
import { byKey } from './sorting.ts';

const laneOf = ({ marketplaceId, currency, sellerCountry, buyerCountry }: TradeLane): string =>
  `${marketplaceId}#${currency}#${sellerCountry}#${buyerCountry}`;

const sliceKey = (slice: TradeLane & Pick<LaneSlice, 'span'>): string =>
  `${laneOf(slice)}#${slice.span}`;

/** What is kept: trades by their id, slices by lane and span. */
export type LaneTables = {
  readonly trades: Map<string, LaneTrade>;
  readonly slices: Map<string, LaneSlice>;
};

/** What is sold from where to where: each trade once, and its sums by span. */
export function inMemoryLanes({
  trades,
  slices,
}: LaneTables): Pick<FinanceViews, 'putLaneTrade' | 'sumLane' | 'putLane' | 'listLanes'> {
  const [finest] = laneSpans;
  return {
    putLaneTrade: async (trade) => {
      trades.set(trade.tradeId, { ...trade });
    },
    sumLane: async (key) => {
      const finer = laneSpans[laneSpans.indexOf(key.span.length) - 1];
      const parts =
        key.span.length === finest
          ? [...trades.values()]
              .filter((trade) => laneOf(trade) === laneOf(key) && trade.paidAt.startsWith(key.span))
              .map(({ amountMinor }) => ({ trades: 1, amountMinor }))
          : [...slices.values()].filter(
              (slice) =>
                laneOf(slice) === laneOf(key) &&
                slice.span.length === finer &&
                slice.span.startsWith(key.span),
            );
      return {
        ...key,
        trades: parts.reduce((total, part) => total + part.trades, 0),
        amountMinor: parts.reduce((total, part) => total + part.amountMinor, 0n),
      };
    },
    putLane: async (slice) => {
      const kept = slices.get(sliceKey(slice));
      if (kept === undefined || kept.trades <= slice.trades) {
        slices.set(sliceKey(slice), { ...slice });
      }
    },
    listLanes: async ({ marketplaceId, month }) =>
      [...slices.values()]
        .filter((slice) => slice.marketplaceId === marketplaceId && slice.span === month)
        .sort(byKey(laneOf))
        .map((slice) => ({ ...slice })),
  };
}
