import { inMemoryBreaks } from '../../../src/adapters/in-memory/view-breaks.ts';
import {
  emptyFinanceTables,
  type FinanceTables,
  inMemoryFinance,
} from '../../../src/adapters/in-memory/view-finance.ts';
import type { FinanceViews } from '../../../src/process/finance-views.ts';
import {
  type Deadline,
  type LedgerViews,
  type Posting,
  postingKey,
  type SliceKey,
  type TradeSummary,
  type TurnoverSlice,
  type ViewStore,
} from '../../../src/process/views.ts';
import { batchPrefix } from '../../../src/settlement/batch.ts';
import type { CallFaults } from '../engine/calls.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

/** The views table, as the view store's promises have it: conditional puts, nothing incremented. */
export type ViewsTable = {
  readonly storeFor: (task: Task) => ViewStore;
  readonly trades: ReadonlyMap<string, TradeSummary>;
  readonly postings: ReadonlyMap<string, Posting>;
  readonly slices: ReadonlyMap<string, TurnoverSlice>;
  readonly trackers: ReadonlyMap<string, string>;
  readonly deadlines: ReadonlyMap<string, Deadline>;
  /** Which payout each payment of a bank file is of. */
  readonly payments: ReadonlyMap<string, string>;
  /** What finance's lists are made of. */
  readonly finance: FinanceTables;
};

type Tables = {
  /** The postings of each slice, so that summing one does not read them all. */
  readonly bySlice: Map<string, Map<string, Posting>>;
  readonly trades: Map<string, TradeSummary>;
  readonly postings: Map<string, Posting>;
  readonly slices: Map<string, TurnoverSlice>;
  readonly trackers: Map<string, string>;
  readonly deadlines: Map<string, Deadline>;
  readonly batches: Map<string, string>;
  readonly payments: Map<string, string>;
  readonly breaks: ReturnType<typeof inMemoryBreaks>;
  readonly finance: FinanceTables;
};

export const sliceKey = ({ account, currency, minute }: SliceKey): string =>
  `${account}#${currency}#${minute}`;

const deadlineKey = ({ dueAt, deadline, subjectId }: Deadline): string =>
  `${dueAt}#${deadline}#${subjectId}`;

/** The order of a sort key. */
const by =
  <T>(keyOf: (item: T) => string) =>
  (left: T, right: T): number =>
    keyOf(left) < keyOf(right) ? -1 : Number(keyOf(left) > keyOf(right));

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const MINUTE_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

/** `onDeadline` is told of every deadline that is put. */
export function createViews(sim: Sim, onDeadline: (deadline: Deadline) => void): ViewsTable {
  const tables: Tables = {
    bySlice: new Map(),
    trades: new Map(),
    postings: new Map(),
    slices: new Map(),
    trackers: new Map(),
    deadlines: new Map(),
    batches: new Map(),
    payments: new Map(),
    breaks: inMemoryBreaks(),
    finance: emptyFinanceTables(),
  };
  return { ...tables, storeFor: (task) => viewStore({ sim, task, tables, onDeadline }) };
}

type Context = {
  readonly sim: Sim;
  readonly task: Task;
  readonly tables: Tables;
  readonly onDeadline: (deadline: Deadline) => void;
};

const callOf =
  ({ sim, task }: Context, faults: CallFaults) =>
  <T>(kind: string, subject: string, effect: () => T | Promise<T>): Promise<T> =>
    sim.calls.call<T>(task, {
      ...{ kind: `views.${kind}`, subject, faults },
      effect: effect as () => T,
    });

const viewStore = (context: Context): ViewStore => ({
  ...ledgerStore(context),
  ...deadlineStore(context),
  ...breakStore(context),
  ...financeStore(context),
  putTrade: (summary) =>
    callOf(context, AWS_WRITE)('put_trade', `${summary.tradeId} ${summary.version}`, () => {
      const { trades } = context.tables;
      if ((trades.get(summary.tradeId)?.version ?? 0) <= summary.version) {
        trades.set(summary.tradeId, summary);
      }
    }),
  listTrades: ({ marketplaceId, status, limit }) =>
    callOf(context, AWS_READ)('list_trades', status, () =>
      [...context.tables.trades.values()]
        .filter((trade) => trade.marketplaceId === marketplaceId && trade.status === status)
        .sort(by(({ openedAt }) => openedAt))
        .reverse()
        .slice(0, limit),
    ),
  putBatch: ({ batchId, marketplaceId }) =>
    callOf(context, AWS_WRITE)('put_batch', batchId, () => {
      context.tables.batches.set(batchId, marketplaceId);
    }),
  listBatches: ({ marketplaceId, month, limit }) =>
    callOf(context, AWS_READ)('list_batches', marketplaceId, () =>
      [...context.tables.batches]
        .filter(([, owner]) => owner === marketplaceId)
        .map(([batchId]) => batchId)
        .filter((batchId) => batchId.startsWith(batchPrefix(month)))
        .sort(by((batchId) => batchId))
        .reverse()
        .slice(0, limit),
    ),
  putPayment: (endToEndId, payoutId) =>
    callOf(context, AWS_WRITE)('put_payment', endToEndId, () => {
      context.tables.payments.set(endToEndId, payoutId);
    }),
  findPayment: (endToEndId) =>
    callOf(context, AWS_READ)('find_payment', endToEndId, () =>
      context.tables.payments.get(endToEndId),
    ),
  putTracker: (provider, trackerId, shipmentId) =>
    callOf(context, AWS_WRITE)('put_tracker', trackerId, () => {
      context.tables.trackers.set(`${provider}#${trackerId}`, shipmentId);
    }),
  findTracker: (provider, trackerId) =>
    callOf(context, AWS_READ)('find_tracker', trackerId, () =>
      context.tables.trackers.get(`${provider}#${trackerId}`),
    ),
});

/** The store is the one that tests use. */
function breakStore(context: Context): Pick<ViewStore, 'putBreak' | 'findBreak' | 'listBreaks'> {
  const { breaks } = context.tables;
  return {
    putBreak: (summary) =>
      callOf(context, AWS_WRITE)('put_break', summary.breakId, () => void breaks.putBreak(summary)),
    findBreak: (breakId) =>
      callOf(context, AWS_READ)('find_break', breakId, () => breaks.findBreak(breakId)),
    listBreaks: (query) =>
      callOf(context, AWS_READ)('list_breaks', query.status, () => breaks.listBreaks(query)),
  };
}

/** As with breaks: what is written is faulty at times, and the store is the one that tests use. */
function financeStore(context: Context): FinanceViews {
  const finance = inMemoryFinance(context.tables.finance);
  const write = callOf(context, AWS_WRITE);
  return {
    ...finance,
    putSettlement: (one) =>
      write('put_settlement', one.payoutId, () => void finance.putSettlement(one)),
    putCase: (one) => write('put_case', one.caseId, () => void finance.putCase(one)),
    putLaneTrade: (one) =>
      write('put_lane_trade', one.tradeId, () => void finance.putLaneTrade(one)),
    putLane: (one) => write('put_lane', one.span, () => void finance.putLane(one)),
  };
}

const ledgerStore = (context: Context): LedgerViews => ({
  putPostings: (postings) =>
    callOf(context, AWS_WRITE)('put_postings', String(postings.length), () => {
      for (const posting of postings) keepPosting(context.tables, posting);
    }),
  listLatePostings: (month) =>
    callOf(context, AWS_READ)('list_late_postings', month, () =>
      [...context.tables.postings.values()].filter(
        ({ occurredAt }) => occurredAt?.startsWith(month) === true,
      ),
    ),
  listPostings: ({ account, currency, day, after = '', limit }) =>
    callOf(context, AWS_READ)('list_postings', account, () =>
      [...context.tables.postings.values()]
        .filter(
          (posting) =>
            posting.account === account &&
            posting.currency === currency &&
            posting.bookedAt.startsWith(day) &&
            postingKey(posting) > after,
        )
        .sort(by(postingKey))
        .slice(0, limit),
    ),
  sumSlice: (key) =>
    callOf(context, AWS_READ)('sum_slice', sliceKey(key), () => sum(context.tables, key)),
  putSlice: (slice) =>
    callOf(context, AWS_WRITE)('put_slice', sliceKey(slice), () => {
      const { slices } = context.tables;
      if ((slices.get(sliceKey(slice))?.postings ?? 0) <= slice.postings) {
        slices.set(sliceKey(slice), slice);
      }
    }),
  listLedgerDays: (until) =>
    callOf(context, AWS_READ)('list_ledger_days', until, () =>
      [
        ...new Set(
          [...context.tables.slices.values()].map(({ minute }) => minute.slice(0, DAY_LENGTH)),
        ),
      ]
        .filter((day) => day <= until)
        .sort(),
    ),
  listSlices: (day, of) =>
    callOf(context, AWS_READ)('list_slices', day, () =>
      [...context.tables.slices.values()]
        .filter(({ minute }) => minute.startsWith(day))
        .filter(({ account }) => of === undefined || account === of.account)
        .filter(({ currency }) => of === undefined || currency === of.currency)
        .sort(by(sliceKey)),
    ),
});

function keepPosting({ postings, bySlice }: Tables, posting: Posting): void {
  const { account, currency, bookedAt } = posting;
  const key = sliceKey({ account, currency, minute: bookedAt.slice(0, MINUTE_LENGTH) });
  const slice = bySlice.get(key) ?? new Map<string, Posting>();
  bySlice.set(key, slice.set(posting.postingId, posting));
  postings.set(posting.postingId, posting);
}

function sum({ bySlice }: Tables, key: SliceKey): TurnoverSlice {
  const slice = bySlice.get(sliceKey(key)) ?? new Map<string, Posting>();
  const amounts = [...slice.values()].map(({ amountMinor }) => amountMinor);
  const total = (list: readonly bigint[]): bigint =>
    list.reduce((subtotal, amount) => subtotal + amount, 0n);
  return {
    ...key,
    postings: amounts.length,
    debitMinor: total(amounts.filter((amount) => amount > 0n)),
    creditMinor: -total(amounts.filter((amount) => amount < 0n)),
  };
}

type DeadlineStore = Pick<ViewStore, 'putDeadlines' | 'dueDeadlines' | 'removeDeadlines'>;

/** A write of no items is no call. */
const deadlineStore = (context: Context): DeadlineStore => ({
  putDeadlines: async (deadlines) => {
    if (deadlines.length === 0) return;
    await callOf(context, AWS_WRITE)('put_deadlines', String(deadlines.length), () => {
      for (const deadline of deadlines) {
        context.tables.deadlines.set(deadlineKey(deadline), deadline);
        context.onDeadline(deadline);
      }
    });
  },
  dueDeadlines: ({ at, limit }) =>
    callOf(context, AWS_READ)('due_deadlines', at, () =>
      [...context.tables.deadlines.values()]
        .filter(({ dueAt }) => dueAt <= at)
        .sort(by(deadlineKey))
        .slice(0, limit),
    ),
  removeDeadlines: (deadlines) =>
    callOf(context, AWS_WRITE)('remove_deadlines', String(deadlines.length), () => {
      for (const deadline of deadlines) context.tables.deadlines.delete(deadlineKey(deadline));
    }),
});
