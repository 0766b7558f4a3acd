import type { EscrowStatus } from '../../src/escrow/state.ts';
import { money } from '../../src/money/money.ts';
import type { Deadline, TradeSummary, ViewStore } from '../../src/process/views.ts';
import { later } from './builders.ts';
import { describeBreakViews } from './describe-break-views.ts';
import { describeFinanceViews } from './describe-finance-views.ts';
import { describeLedgerViews } from './describe-ledger-views.ts';

/** What every adapter of the read models promises. `make` gives empty ones. */
export const describeViewStore = (name: string, make: () => Promise<ViewStore>): void => {
  describe(`${name} as the read models`, () => {
    let views: ViewStore;
    beforeEach(async () => {
      views = await make();
    });

    describeTrades(() => views);
    describeTradeLists(() => views);
    describeTrackers(() => views);
    describeBatches(() => views);
    describeBreakViews(() => views);
    describeFinanceViews(() => views);
    describeLedgerViews(() => views, make);
    describeDeadlines(() => views);
    describeManyDeadlines(() => views);
  });
};

const noon = '2026-11-23T12:00:00.000Z';

const summaryOf = (changes: Partial<TradeSummary> = {}): TradeSummary => ({
  tradeId: 'trd_1',
  marketplaceId: 'mkt_1',
  status: 'awaiting_payment',
  version: 1,
  amount: money('USD', 1_150_000n),
  payIn: money('EUR', 1_024_674n),
  openedAt: noon,
  updatedAt: noon,
  ...changes,
});

const describeTrades = (views: () => ViewStore): void => {
  describe('a trade', () => {
    const list = (status: EscrowStatus, marketplaceId = 'mkt_1') =>
      views().listTrades({ marketplaceId, status, limit: 100 });

    it('is listed as it was put, amounts and all', async () => {
      const summary = summaryOf({ reference: 'PO-1', amount: money('USD', 10n ** 17n + 1n) });
      await views().putTrade(summary);
      expect(await list('awaiting_payment')).toEqual([summary]);
    });

    it('moves from one status to the next, and is in one list only', async () => {
      await views().putTrade(summaryOf());
      await views().putTrade(summaryOf({ status: 'funded', version: 3 }));
      expect(await list('awaiting_payment')).toEqual([]);
      expect(await list('funded')).toEqual([summaryOf({ status: 'funded', version: 3 })]);
    });

    it('is never taken back by an older version that comes late', async () => {
      await views().putTrade(summaryOf({ status: 'settled', version: 11 }));
      await views().putTrade(summaryOf({ status: 'funded', version: 3 }));
      await views().putTrade(summaryOf({ status: 'released', version: 9 }));
      expect(await list('funded')).toEqual([]);
      expect(await list('released')).toEqual([]);
      expect(await list('settled')).toHaveLength(1);
    });

    it('is as its latest version, in whatever order its versions come at once', async () => {
      const versions = [4, 10, 1, 7, 2, 9, 3, 8, 5, 6];
      await Promise.all(
        versions.map((version) =>
          views().putTrade(summaryOf({ version, status: version === 10 ? 'settled' : 'funded' })),
        ),
      );
      expect(await list('funded')).toEqual([]);
      expect(await list('settled')).toEqual([summaryOf({ version: 10, status: 'settled' })]);
    });

    it('may be put again as it is', async () => {
      await views().putTrade(summaryOf());
      await views().putTrade(summaryOf());
      expect(await list('awaiting_payment')).toEqual([summaryOf()]);
    });

    it('is listed for its own marketplace only', async () => {
      await views().putTrade(summaryOf());
      expect(await list('awaiting_payment', 'mkt_2')).toEqual([]);
    });
  });
};

const describeTradeLists = (views: () => ViewStore): void => {
  describe('a list of trades', () => {
    const fill = async (count: number) => {
      const minutes = Array.from({ length: count }, (_, index) => (index * 7) % count);
      for (const minute of minutes) {
        const openedAt = later(noon, minute * 60);
        await views().putTrade(summaryOf({ tradeId: `trd_${minute}`, openedAt }));
      }
    };
    const list = async (limit: number) => {
      const query = { marketplaceId: 'mkt_1', status: 'awaiting_payment', limit } as const;
      return (await views().listTrades(query)).map(({ tradeId }) => tradeId);
    };

    it('is newest first', async () => {
      await fill(5);
      expect(await list(100)).toEqual(['trd_4', 'trd_3', 'trd_2', 'trd_1', 'trd_0']);
    });

    it('is as long as was asked for, with the newest', async () => {
      await fill(12);
      expect(await list(3)).toEqual(['trd_11', 'trd_10', 'trd_9']);
    });

    it('holds trades that were opened at the same instant, each once', async () => {
      for (const tradeId of ['trd_1', 'trd_2', 'trd_3'])
        await views().putTrade(summaryOf({ tradeId }));
      expect((await list(100)).toSorted()).toEqual(['trd_1', 'trd_2', 'trd_3']);
    });
  });
};

const describeBatches = (views: () => ViewStore): void => {
  describe('a batch for the bank', () => {
    const [older, newer] = ['batch_20260709_krw_a_1', 'batch_20260710_krw_a_1'];
    const list = (marketplaceId: string, limit = 10) =>
      views().listBatches({ marketplaceId, limit });

    it('is listed for its marketplace, once, the latest first', async () => {
      for (const batchId of [older, newer, older]) {
        await views().putBatch({ marketplaceId: 'mkt_1', batchId });
      }
      expect(await list('mkt_1')).toEqual([newer, older]);
      expect(await list('mkt_1', 1)).toEqual([newer]);
      expect(await list('mkt_2')).toEqual([]);
    });

    it('is listed for the month of its day', async () => {
      const next = 'batch_20260801_krw_a_1';
      for (const batchId of [older, next]) {
        await views().putBatch({ marketplaceId: 'mkt_1', batchId });
      }
      const of = (month: string) =>
        views().listBatches({ marketplaceId: 'mkt_1', month, limit: 10 });
      expect(await of('2026-07')).toEqual([older]);
      expect(await of('2026-08')).toEqual([next]);
      expect(await of('2026-09')).toEqual([]);
    });

    it('has payments that are found by what the bank knows them as', async () => {
      await views().putPayment('TL1', 'payout_1');
      await views().putPayment('TL1', 'payout_1');
      expect(await views().findPayment('TL1')).toBe('payout_1');
      expect(await views().findPayment('TL2')).toBeUndefined();
    });
  });
};

const describeTrackers = (views: () => ViewStore): void => {
  describe('a tracker', () => {
    it('leads to the shipment that it follows', async () => {
      await views().putTracker('easypost', 'trk_1', 'ship_1');
      expect(await views().findTracker('easypost', 'trk_1')).toBe('ship_1');
    });

    it('may be put again as it is', async () => {
      await views().putTracker('easypost', 'trk_1', 'ship_1');
      await views().putTracker('easypost', 'trk_1', 'ship_1');
      expect(await views().findTracker('easypost', 'trk_1')).toBe('ship_1');
    });

    it('is unknown until it was put, and is unknown to other providers', async () => {
      await views().putTracker('easypost', 'trk_1', 'ship_1');
      expect(await views().findTracker('easypost', 'trk_2')).toBeUndefined();
      expect(await views().findTracker('ship24', 'trk_1')).toBeUndefined();
    });
  });
};

const deadlineOf = (changes: Partial<Deadline> = {}): Deadline => ({
  deadline: 'payment_due',
  tradeId: 'trd_1',
  marketplaceId: 'mkt_1',
  subjectId: 'trd_1',
  dueAt: noon,
  ...changes,
});

const describeDeadlines = (views: () => ViewStore): void => {
  describe('a deadline', () => {
    const due = (at: string) => views().dueDeadlines({ at, limit: 100 });

    it('is due at its exact instant, and not a millisecond before', async () => {
      await views().putDeadlines([deadlineOf()]);
      expect(await due('2026-11-23T11:59:59.999Z')).toEqual([]);
      expect(await due(noon)).toEqual([deadlineOf()]);
      expect(await due('2026-11-23T12:00:00.001Z')).toEqual([deadlineOf()]);
    });

    it('stays due until it is removed, and is then gone', async () => {
      await views().putDeadlines([deadlineOf()]);
      expect(await due(noon)).toHaveLength(1);
      await views().removeDeadlines(await due(noon));
      expect(await due(noon)).toEqual([]);
      await views().removeDeadlines([deadlineOf()]);
    });

    it('is one, however often it is put, also twice in one call', async () => {
      await views().putDeadlines([deadlineOf(), deadlineOf()]);
      await views().putDeadlines([deadlineOf()]);
      expect(await due(noon)).toEqual([deadlineOf()]);
      await views().removeDeadlines([deadlineOf(), deadlineOf()]);
      expect(await due(noon)).toEqual([]);
    });

    it('is removed alone: those of other kinds, subjects and instants stay', async () => {
      const others = [
        deadlineOf({ deadline: 'inspection_end' }),
        deadlineOf({ subjectId: 'trd_10', tradeId: 'trd_10' }),
        deadlineOf({ dueAt: later(noon, -60) }),
        deadlineOf({ deadline: 'payout_confirmation', subjectId: 'payout_1_a-b' }),
      ];
      await views().putDeadlines([...others, deadlineOf()]);
      await views().removeDeadlines([deadlineOf()]);
      const left = await due(noon);
      expect(left).toHaveLength(others.length);
      expect(left).toEqual(expect.arrayContaining(others));
    });
  });
};

const describeManyDeadlines = (views: () => ViewStore): void => {
  describe('many deadlines', () => {
    const count = 60;
    const minuteOf = (index: number) => (index * 37) % count;
    const subjects = Array.from({ length: count }, (_, index) => `trd_${minuteOf(index)}`);
    const instantOf = (subjectId: string) => later(noon, 60 * Number(subjectId.slice(4)));
    const sorted = Array.from({ length: count }, (_, minute) => `trd_${minute}`);

    beforeEach(() =>
      views().putDeadlines(
        subjects.map((subjectId) =>
          deadlineOf({ subjectId, tradeId: subjectId, dueAt: instantOf(subjectId) }),
        ),
      ),
    );

    const due = async (limit: number, at = later(noon, 86_400)) =>
      (await views().dueDeadlines({ at, limit })).map(({ subjectId }) => subjectId);

    it('are all kept where they are more than one batch', async () => {
      expect(await due(100)).toHaveLength(count);
    });

    it('come in the order in which they fall due', async () => {
      expect(await due(100)).toEqual(sorted);
    });

    it('come longest overdue first where there are more than asked for', async () => {
      expect(await due(7)).toEqual(sorted.slice(0, 7));
    });

    it('come only as far as they are due', async () => {
      expect(await due(100, later(noon, 10 * 60))).toEqual(sorted.slice(0, 11));
    });

    it('are all removed where they are more than one batch', async () => {
      await views().removeDeadlines(
        await views().dueDeadlines({ at: later(noon, 86_400), limit: 100 }),
      );
      expect(await due(100)).toEqual([]);
    });
  });
};
