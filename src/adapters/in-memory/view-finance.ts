import {
  type Case,
  caseKey,
  type DebtQuery,
  debtKey,
  type FinanceViews,
  isDebtOpen,
  keyUpTo,
  type SellerDebt,
  type Settlement,
  type SettlementQuery,
  settlementKey,
} from '../../process/finance-views.ts';
import { byKey } from './sorting.ts';
import { inMemoryLanes, type LaneTables } from './view-lanes.ts';

type Versioned = { readonly version: number };

/** Keeps an element under its key unless one of a later version is there. */
function keep<T extends Versioned>(kept: Map<string, T>, key: string, element: T): void {
  const known = kept.get(key);
  if (known === undefined || known.version <= element.version) {
    kept.set(key, structuredClone(element));
  }
}

const matches = <T extends object>(
  element: T,
  wanted: { readonly [K in keyof T]?: T[K] | undefined },
): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => value === undefined || element[name as keyof T] === value,
  );

function listSettlements(
  all: Iterable<Settlement>,
  { marketplaceId, state, currency, from = '', until = '', after, order, limit }: SettlementQuery,
): readonly Settlement[] {
  const sorted = [...all]
    .filter((one) => matches(one, { marketplaceId, state }))
    .filter((one) => settlementKey(one) >= from && settlementKey(one) <= keyUpTo(until))
    .filter(({ amount }) => currency === undefined || amount.currency === currency)
    .sort(byKey(settlementKey));
  const isLatest = order === 'latest';
  return (isLatest ? sorted.reverse() : sorted)
    .filter((one) => {
      if (after === undefined) return true;
      return isLatest ? settlementKey(one) < after : settlementKey(one) > after;
    })
    .slice(0, limit)
    .map((one) => structuredClone(one));
}

function listDebts(
  all: Iterable<SellerDebt>,
  { marketplaceId, status, payoutAccountId, currency, after = '', limit }: DebtQuery,
): readonly SellerDebt[] {
  return [...all]
    .filter((one) => matches(one, { marketplaceId, payoutAccountId }))
    .filter((one) => isDebtOpen(one) === (status === 'open') && debtKey(one) > after)
    .filter(({ amount }) => currency === undefined || amount.currency === currency)
    .sort(byKey(debtKey))
    .slice(0, limit)
    .map((one) => structuredClone(one));
}

/** What is kept: settlements by their payout's id, cases and debts by their own. */
export type FinanceTables = {
  readonly settlements: Map<string, Settlement>;
  readonly cases: Map<string, Case>;
  readonly debts: Map<string, SellerDebt>;
  readonly lanes: LaneTables;
};

export const emptyFinanceTables = (): FinanceTables => ({
  settlements: new Map(),
  cases: new Map(),
  debts: new Map(),
  lanes: { trades: new Map(), slices: new Map() },
});

/** What finance's lists are made of, without a database. */
export function inMemoryFinance(tables: FinanceTables = emptyFinanceTables()): FinanceViews {
  const { settlements, cases, debts, lanes } = tables;
  return {
    ...inMemoryLanes(lanes),
    putSettlement: async (settlement) => keep(settlements, settlement.payoutId, settlement),
    listSettlements: async (query) => listSettlements(settlements.values(), query),
    listSellerSettlements: async ({ currency, after = '', limit, ...wanted }) =>
      [...settlements.values()]
        .filter((one) => matches(one, wanted) && one.payoutId > after)
        .filter(({ amount }) => currency === undefined || amount.currency === currency)
        .sort(byKey(({ payoutId }) => payoutId))
        .slice(0, limit)
        .map((one) => structuredClone(one)),
    putDebt: async (debt) => keep(debts, debt.debtId, debt),
    listDebts: async (query) => listDebts(debts.values(), query),
    putCase: async (one) => keep(cases, one.caseId, one),
    listCases: async ({ marketplaceId, status, kind, until = '', after, limit }) => {
      const sorted = [...cases.values()]
        .filter((one) => matches(one, { marketplaceId, status, kind }))
        .filter((one) => one.kind !== 'hold' || status === 'open')
        .filter((one) => caseKey(one) <= keyUpTo(until))
        .sort(byKey(caseKey));
      const isClosed = status === 'closed';
      return (isClosed ? sorted.reverse() : sorted)
        .filter((one) => {
          if (after === undefined) return true;
          return isClosed ? caseKey(one) < after : caseKey(one) > after;
        })
        .slice(0, limit)
        .map((one) => structuredClone(one));
    },
  };
}
