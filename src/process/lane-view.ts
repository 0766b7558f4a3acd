import type { CurrencyCode } from '../money/currency.ts';
import { money } from '../money/money.ts';
import type { FinanceViews, LaneSlice } from './finance-views.ts';

const PAGE_SIZE = 500;

/**
 * The answer of `GET /v1/trade-lanes`: what was sold in a month from where to where, by currency and
 * then by volume, a page of it, with the totals of all. A page that there is not is empty.
 */
export async function lanePage(
  views: Pick<FinanceViews, 'listLanes'>,
  {
    marketplaceId,
    month,
    currency,
    page,
  }: {
    readonly marketplaceId: string;
    readonly month: string;
    readonly currency?: CurrencyCode | undefined;
    readonly page: number;
  },
) {
  const all = await views.listLanes({ marketplaceId, month });
  const lanes = all.filter((lane) => currency === undefined || lane.currency === currency);
  const sorted = [...lanes].sort(byVolume);
  return {
    ...{ month, page, pages: Math.max(1, Math.ceil(sorted.length / PAGE_SIZE)) },
    totals: totalsOf(sorted),
    data: sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(presentLane),
  };
}

const presentLane = ({
  sellerCountry,
  buyerCountry,
  currency,
  trades,
  amountMinor,
}: LaneSlice) => ({
  ...{ sellerCountry, buyerCountry, trades },
  volume: money(currency, amountMinor),
});

/** Amounts of different currencies are never compared: those of one stand together. */
function byVolume(left: LaneSlice, right: LaneSlice): number {
  if (left.currency !== right.currency) return left.currency < right.currency ? -1 : 1;
  if (left.amountMinor !== right.amountMinor) return left.amountMinor > right.amountMinor ? -1 : 1;
  return nameOf(left) < nameOf(right) ? -1 : 1;
}

const nameOf = ({ sellerCountry, buyerCountry }: LaneSlice): string => sellerCountry + buyerCountry;

function totalsOf(lanes: readonly LaneSlice[]) {
  const currencies = [...new Set(lanes.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const own = lanes.filter((lane) => lane.currency === currency);
    const amountMinor = own.reduce((total, lane) => total + lane.amountMinor, 0n);
    return {
      trades: own.reduce((total, { trades }) => total + trades, 0),
      volume: money(currency, amountMinor),
    };
  });
}
