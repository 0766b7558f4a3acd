import type { CurrencyCode } from '../money/currency.ts';
import { addDays } from '../platform/target-calendar.ts';
import {
  type FinanceViews,
  type Settlement,
  type SettlementQuery,
  type SettlementState,
  settlementKey,
} from './finance-views.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const DAYS_OF_WEEK = 7;

/** What is neither paid nor given up: listed with the longest wait first, the rest with the latest. */
const waitingStates: readonly SettlementState[] = [
  'due',
  'initiated',
  'in_transit',
  'failed',
  'returned',
  'on_hold',
  'carried',
];
const WAITING: ReadonlySet<SettlementState> = new Set(waitingStates);

type Lists = Pick<FinanceViews, 'listSettlements' | 'listSellerSettlements'>;

export type SettlementPageQuery = Omit<SettlementQuery, 'state' | 'order'> & {
  /** `open` is every state in which a seller still waits. */
  readonly state?: SettlementState | 'open' | undefined;
  readonly payoutAccountId?: string | undefined;
};

/** The answer of `GET /v1/settlements`: a page, and where the next one begins. */
export async function settlementPage(views: Lists, query: SettlementPageQuery) {
  const { limit, payoutAccountId, state, ...rest } = query;
  const more = { ...rest, limit: limit + 1 };
  const listOf = (one?: SettlementState) =>
    payoutAccountId === undefined
      ? listByState(views, { ...more, state: one })
      : views.listSellerSettlements({ ...more, payoutAccountId, state: one });
  const keyOf = payoutAccountId === undefined ? settlementKey : idOf;
  const found =
    state === 'open'
      ? inOrder((await Promise.all(waitingStates.map(listOf))).flat(), keyOf)
      : await listOf(state);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { data: page.map(presentSettlement), next: last === undefined ? null : keyOf(last) };
}

const idOf = ({ payoutId }: Settlement): string => payoutId;

/** Lists that are in the order of a key each, as one. */
const inOrder = (all: readonly Settlement[], keyOf: (one: Settlement) => string) =>
  all.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));

type ByState = Omit<SettlementPageQuery, 'state'> & {
  readonly state?: SettlementState | undefined;
};

function listByState(views: Lists, { state = 'due', ...query }: ByState) {
  const order = WAITING.has(state) ? 'earliest' : 'latest';
  return views.listSettlements({ ...query, state, order });
}

const presentSettlement = ({ version: _, marketplaceId: __, ...settlement }: Settlement) =>
  settlement;

/** The Monday and the Sunday of a day's week. */
export function weekOf(day: string): { readonly from: string; readonly to: string } {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  const from = addDays(day, -sinceMonday);
  return { from, to: addDays(from, DAYS_OF_WEEK - 1) };
}

/** The sums of a currency, in its minor units. */
type Totals = {
  readonly currency: CurrencyCode;
  readonly due: { readonly todayMinor: bigint; readonly weekMinor: bigint };
  readonly inTransitMinor: bigint;
  readonly paid: { readonly todayMinor: bigint; readonly weekMinor: bigint };
  /** What failed or came back, and waits for the seller's account, and what is on hold. */
  readonly blockedMinor: bigint;
};

/**
 * The answer of `GET /v1/settlements/totals`: by currency, what is due and what was paid today and in
 * this week, what is on its way and what is blocked. Of each state so many are read, those of most
 * interest first; where there are more, the sums are not complete, and it says so.
 */
export async function settlementTotals(
  views: Lists,
  {
    marketplaceId,
    now,
    limit,
  }: { readonly marketplaceId: string; readonly now: Date; readonly limit: number },
) {
  const today = now.toISOString().slice(0, DAY_LENGTH);
  const week = weekOf(today);
  const list = (state: SettlementState, bounds: Pick<SettlementQuery, 'from' | 'until'> = {}) =>
    listByState(views, { ...{ marketplaceId, state, limit: limit + 1 }, ...bounds });
  const [due, initiated, inTransit, paid, failed, returned, onHold] = await Promise.all([
    list('due', { until: week.to }),
    list('initiated', { until: week.to }),
    list('in_transit'),
    list('paid', { from: week.from }),
    list('failed'),
    list('returned'),
    list('on_hold'),
  ]);
  const lists = [due, initiated, inTransit, paid, failed, returned, onHold];
  const currencies = new Set(lists.flat().map(({ amount }) => amount.currency));
  const owed = [...due, ...initiated];
  const totalsOf = (currency: CurrencyCode): Totals => ({
    currency,
    due: {
      todayMinor: sumOf(owed.filter(isUntil(today)), currency),
      weekMinor: sumOf(owed, currency),
    },
    inTransitMinor: sumOf(inTransit, currency),
    paid: {
      todayMinor: sumOf(
        paid.filter(({ at }) => at >= today),
        currency,
      ),
      weekMinor: sumOf(paid, currency),
    },
    blockedMinor: sumOf([...failed, ...returned, ...onHold], currency),
  });
  return {
    ...{ asOf: now.toISOString(), today, week },
    complete: lists.every(({ length }) => length <= limit),
    data: [...currencies].sort().map(totalsOf),
  };
}

const isUntil =
  (day: string) =>
  ({ at }: Settlement): boolean =>
    at.slice(0, DAY_LENGTH) <= day;

const sumOf = (settlements: readonly Settlement[], currency: CurrencyCode): bigint =>
  settlements.reduce(
    (total, { amount }) => (amount.currency === currency ? total + amount.amountMinor : total),
    0n,
  );
