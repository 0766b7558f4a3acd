import type { CurrencyCode } from '../../money/currency.ts';
import {
  type FinanceViews,
  type LaneSlice,
  type LaneSliceKey,
  type LaneTrade,
  laneSpans,
  type TradeLane,
} from '../../process/finance-views.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const [TEN_MINUTES = 0, DAY = 0, MONTH = 0] = laneSpans;

const laneOf = ({ sellerCountry, buyerCountry, currency }: TradeLane): string =>
  `${currency}#${sellerCountry}#${buyerCountry}`;

const tradesKey = (lane: TradeLane, day: string): string =>
  `lane-trades#${lane.marketplaceId}#${laneOf(lane)}#${day}`;
const slicesKey = (lane: TradeLane): string => `lane#${lane.marketplaceId}#${laneOf(lane)}`;
const monthKey = (marketplaceId: string, month: string): string =>
  `lanes#${marketplaceId}#${month}`;

/** Months stand together, to be read at once; finer spans by lane, each length apart. */
const keyOf = (slice: LaneSliceKey): Item =>
  slice.span.length === MONTH
    ? { pk: { S: monthKey(slice.marketplaceId, slice.span) }, sk: { S: laneOf(slice) } }
    : { pk: { S: slicesKey(slice) }, sk: { S: `${slice.span.length}#${slice.span}` } };

const toTradeItem = (trade: LaneTrade): Item => ({
  pk: { S: tradesKey(trade, trade.paidAt.slice(0, DAY)) },
  sk: { S: `${trade.paidAt}#${trade.tradeId}` },
  trades: { N: '1' },
  amountMinor: { N: trade.amountMinor.toString() },
});

const toSliceItem = (slice: LaneSlice): Item => ({
  ...keyOf(slice),
  trades: { N: String(slice.trades) },
  amountMinor: { N: slice.amountMinor.toString() },
});

function fromMonthItem(item: Item, marketplaceId: string, month: string): LaneSlice {
  const [currency = '', sellerCountry = '', buyerCountry = ''] = textOf(item, 'sk').split('#');
  return {
    ...{ marketplaceId, sellerCountry, buyerCountry, currency: currency as CurrencyCode },
    ...{ span: month, trades: Number(textOf(item, 'trades')) },
    amountMinor: BigInt(textOf(item, 'amountMinor')),
  };
}

/** Where the parts of a slice stand: trades, or the slices of the next finer span. */
function partsOf(key: LaneSliceKey): readonly [partition: string, prefix: string] {
  const { span } = key;
  if (span.length === TEN_MINUTES) return [tradesKey(key, span.slice(0, DAY)), span];
  return [slicesKey(key), `${span.length === MONTH ? DAY : TEN_MINUTES}#${span}`];
}

async function sumLane(table: ViewTable, key: LaneSliceKey): Promise<LaneSlice> {
  const [partition, prefix] = partsOf(key);
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
    ProjectionExpression: 'trades, amountMinor',
    ExpressionAttributeValues: { ':partition': { S: partition }, ':prefix': { S: prefix } },
  });
  return {
    ...key,
    trades: items.reduce((total, item) => total + Number(textOf(item, 'trades')), 0),
    amountMinor: items.reduce((total, item) => total + BigInt(textOf(item, 'amountMinor')), 0n),
  };
}

/** What is sold from where to where: each trade once, and its sums by ten minutes, day and month. */
export const laneViews = (
  table: ViewTable,
): Pick<FinanceViews, 'putLaneTrade' | 'sumLane' | 'putLane' | 'listLanes'> => ({
  putLaneTrade: (trade) => writeAll(table, [{ PutRequest: { Item: toTradeItem(trade) } }]),
  sumLane: (key) => sumLane(table, key),
  putLane: (slice) => putUnlessNewer(table, toSliceItem(slice), 'trades'),
  listLanes: async ({ marketplaceId, month }) => {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': { S: monthKey(marketplaceId, month) } },
    });
    return items.map((item) => fromMonthItem(item, marketplaceId, month));
  },
});
