import * as fc from 'fast-check';
import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent, SellerEvent, ShipmentEvent } from '../../events/index.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../src/adapters/in-memory/view-store.ts';
import { consumeProjection } from '../../src/process/consume-projection.ts';
import { routeRecord } from '../../src/process/routes.ts';
import {
  type Posting,
  postingKey,
  type SliceKey,
  type TurnoverSlice,
  type ViewStore,
} from '../../src/process/views.ts';
import { later } from './builders.ts';
import { runWholeTrade } from './whole-trade.ts';

const noon = '2026-11-23T12:00:00.000Z';
const day = '2026-11-23';
const minute = '2026-11-23T12:00';
const page = { account: '2100', currency: 'USD', day } as const;
const key: SliceKey = { account: '2100', currency: 'USD', minute };

const postingOf = (changes: Partial<Posting> = {}): Posting => ({
  postingId: 'escrow#trd_1#4#0#1',
  account: '2100',
  currency: 'USD',
  bookedAt: noon,
  kind: 'fx_conversion',
  amountMinor: -1_150_000n,
  scope: 'trd_1',
  tradeId: 'trd_1',
  ...changes,
});

const sliceOf = (changes: Partial<TurnoverSlice> = {}): TurnoverSlice => ({
  ...key,
  postings: 1,
  debitMinor: 0n,
  creditMinor: 1_150_000n,
  ...changes,
});

/** The part of the read models' promises that is about the ledger. */
export const describeLedgerViews = (
  views: () => ViewStore,
  make: () => Promise<ViewStore>,
): void => {
  describePostings(views);
  describeSums(views);
  describeSlices(views);
  describeProjection(make);
};

const describePostings = (views: () => ViewStore): void => {
  describe('postings', () => {
    it('are listed as they were put, amounts beyond what a number holds included', async () => {
      const postings = [
        postingOf({ amountMinor: 10n ** 18n + 1n }),
        postingOf({ postingId: 'escrow#trd_1#4#0#2', amountMinor: -(10n ** 18n) - 1n }),
      ];
      await views().putPostings(postings);
      expect(await views().listPostings(page)).toEqual(postings);
    });

    it('are listed without a scope where their account keeps none', async () => {
      const { scope: _, ...unscoped } = postingOf();
      await views().putPostings([unscoped]);
      expect(await views().listPostings(page)).toEqual([unscoped]);
    });

    it('of what happened on an earlier day are listed in the month in which it did, too', async () => {
      const late = postingOf({ occurredAt: '2026-10-31T00:00:00Z' });
      await views().putPostings([late, postingOf({ postingId: 'escrow#trd_1#4#0#2' })]);
      await views().putPostings([late]);
      expect(await views().listLatePostings('2026-10')).toEqual([late]);
      expect(await views().listLatePostings('2026-11')).toEqual([]);
      expect(await views().listPostings(page)).toContainEqual(late);
    });

    it('are the same after a repetition, also within one call', async () => {
      await views().putPostings([postingOf(), postingOf()]);
      await views().putPostings([postingOf()]);
      expect(await views().listPostings(page)).toEqual([postingOf()]);
    });

    it('are listed by account, currency and day, in the order of their booking', async () => {
      const booked = (seconds: number) =>
        postingOf({ bookedAt: later(noon, seconds), postingId: `escrow#trd_1#${seconds}#0#0` });
      const mine = [booked(-43_200), booked(-1), booked(0), booked(30), booked(43_199)];
      await views().putPostings([
        ...mine.toReversed(),
        postingOf({ account: '2000' }),
        postingOf({ currency: 'EUR' }),
        booked(43_200),
        booked(-43_201),
      ]);
      expect(await views().listPostings(page)).toEqual(mine);
    });

    it('are all kept where they are more than one batch', async () => {
      const postings = Array.from({ length: 63 }, (_, index) =>
        postingOf({ postingId: `escrow#trd_${100 + index}#4#0#1` }),
      );
      await views().putPostings(postings);
      expect(await views().listPostings(page)).toEqual(postings);
    });

    it('are listed from one on, as many as are asked for', async () => {
      const postings = [0, 1, 2].map((seconds) =>
        postingOf({ bookedAt: later(noon, seconds), postingId: `escrow#trd_1#${seconds}#0#0` }),
      );
      const [first, second] = postings as [Posting, Posting];
      await views().putPostings(postings);
      const after = postingKey(first);
      expect(await views().listPostings({ ...page, limit: 2 })).toEqual([first, second]);
      expect(await views().listPostings({ ...page, after, limit: 1 })).toEqual([second]);
      expect(await views().listPostings({ ...page, after })).toEqual(postings.slice(1));
      expect(await views().listPostings({ ...page, after: `${day}T99` })).toEqual([]);
    });

    it('may be none', async () => {
      await views().putPostings([]);
      expect(await views().listPostings(page)).toEqual([]);
    });
  });
};

const describeSums = (views: () => ViewStore): void => {
  describe('the sum of a slice', () => {
    it('is debits and credits apart, of one minute, account and currency', async () => {
      await views().putPostings([
        postingOf({ postingId: 'a', amountMinor: 7n }),
        postingOf({ postingId: 'b', amountMinor: 10n ** 18n, bookedAt: later(noon, 59) }),
        postingOf({ postingId: 'c', amountMinor: -3n, bookedAt: later(noon, 1) }),
        postingOf({ postingId: 'd', amountMinor: 1_000n, bookedAt: later(noon, 60) }),
        postingOf({ postingId: 'e', amountMinor: 1_000n, bookedAt: later(noon, -1) }),
        postingOf({ postingId: 'f', amountMinor: 1_000n, account: '2000' }),
        postingOf({ postingId: 'g', amountMinor: 1_000n, currency: 'EUR' }),
      ]);
      const expected = { postings: 3, debitMinor: 10n ** 18n + 7n, creditMinor: 3n };
      expect(await views().sumSlice(key)).toEqual({ ...key, ...expected });
    });

    it('is of nothing where nothing was posted', async () => {
      const expected = { postings: 0, debitMinor: 0n, creditMinor: 0n };
      expect(await views().sumSlice(key)).toEqual({ ...key, ...expected });
    });
  });
};

const describeSlices = (views: () => ViewStore): void => {
  describe('a slice of the trial balance', () => {
    it('is never overwritten by one of fewer postings', async () => {
      await views().putSlice(sliceOf({ postings: 10, creditMinor: 10n }));
      await views().putSlice(sliceOf({ postings: 9, creditMinor: 9n }));
      expect(await views().listSlices(day)).toEqual([sliceOf({ postings: 10, creditMinor: 10n })]);
    });

    it('gives way to one of more postings', async () => {
      await views().putSlice(sliceOf({ postings: 9, creditMinor: 9n }));
      await views().putSlice(sliceOf({ postings: 10, creditMinor: 10n }));
      expect(await views().listSlices(day)).toEqual([sliceOf({ postings: 10, creditMinor: 10n })]);
    });

    it('makes its day one of the ledger’s, once', async () => {
      const days = ['2026-11-23', '2026-11-21', '2026-11-24'];
      expect(await views().listLedgerDays('2026-12-31')).toEqual([]);
      for (const each of days) {
        await views().putSlice(sliceOf({ minute: `${each}T12:00` }));
        await views().putSlice(sliceOf({ account: '2000', minute: `${each}T12:01` }));
      }
      expect(await views().listLedgerDays('2026-11-23')).toEqual(['2026-11-21', '2026-11-23']);
      expect(await views().listLedgerDays('2026-12-31')).toEqual(days.toSorted());
    });

    it('is listed by day', async () => {
      const slices = [
        sliceOf({ account: '1100', minute: '2026-11-23T00:00' }),
        sliceOf({ account: '1100', minute: '2026-11-23T23:59' }),
        sliceOf({ account: '2100' }),
      ];
      await views().putSlice(sliceOf({ minute: '2026-11-22T23:59' }));
      await views().putSlice(sliceOf({ minute: '2026-11-24T00:00' }));
      for (const slice of slices.toReversed()) await views().putSlice(slice);
      expect(await views().listSlices(day)).toEqual(slices);
    });

    it('is listed by day, account and currency', async () => {
      const mine = [sliceOf(), sliceOf({ minute: '2026-11-23T12:01' })];
      for (const slice of [...mine, sliceOf({ account: '2101' }), sliceOf({ currency: 'EUR' })]) {
        await views().putSlice(slice);
      }
      await views().putSlice(sliceOf({ minute: '2026-11-24T12:00' }));
      expect(await views().listSlices(day, key)).toEqual(mine);
    });
  });
};

/** One trade's records, and where a projection loads them from. */
const wholeTrade = async () => {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const records = await runWholeTrade({
    ...{ escrows, payouts },
    shipments: inMemoryRecordStore<ShipmentEvent>(),
    views: inMemoryViewStore(),
  });
  return { escrows, payouts, records };
};

const project = async (
  stores: Omit<Awaited<ReturnType<typeof wholeTrade>>, 'records'> & { views: ViewStore },
  records: readonly TradelaneRecord[],
) => {
  const sellers = inMemoryRecordStore<SellerEvent>();
  const consume = consumeProjection({ ...stores, sellers });
  for (const message of records.flatMap(routeRecord)) {
    if (message.target === 'projection') await consume(message);
  }
};

/** Everything that the read models say of the trade. */
const read = async (views: ViewStore, records: readonly TradelaneRecord[]) => {
  const [first] = records;
  const days = [...new Set(records.map(({ recordedAt }) => recordedAt.slice(0, 10)))];
  const slices = (await Promise.all(days.map((each) => views.listSlices(each)))).flat();
  return {
    slices,
    postings: await Promise.all(
      slices.map(({ account, currency, minute: at }) =>
        views.listPostings({ account, currency, day: at.slice(0, 10) }),
      ),
    ),
    settled: await views.listTrades({
      ...{ marketplaceId: first?.marketplaceId ?? '', status: 'settled', limit: 10 },
    }),
    deadlines: await views.dueDeadlines({ at: '2030-01-01T00:00:00.000Z', limit: 100 }),
    tracker: await views.findTracker('easypost', 'trk_1'),
    paid: await views.listSettlements({
      ...{ marketplaceId: first?.marketplaceId ?? '', state: 'paid', order: 'latest', limit: 10 },
    }),
    lanes: await views.listLanes({
      ...{ marketplaceId: first?.marketplaceId ?? '', month: '2026-11' },
    }),
  };
};

const describeProjection = (make: () => Promise<ViewStore>): void => {
  describe('a projection', () => {
    const total = (slices: readonly TurnoverSlice[], side: 'debitMinor' | 'creditMinor') =>
      slices.reduce((sum, slice) => sum + slice[side], 0n);
    const projected = async (
      deliver: (records: readonly TradelaneRecord[]) => readonly (readonly TradelaneRecord[])[],
      views: ViewStore,
    ) => {
      const { records, ...stores } = await wholeTrade();
      await Promise.all(deliver(records).map((each) => project({ ...stores, views }, each)));
      return read(views, records);
    };
    const inOrder = () => projected((records) => [records], inMemoryViewStore());

    it('of a whole trade balances in each currency', async () => {
      const { slices, settled, paid, lanes } = await projected(
        (records) => [records],
        await make(),
      );
      for (const list of [settled, paid, lanes]) expect(list).toHaveLength(1);
      for (const currency of ['EUR', 'USD']) {
        const mine = slices.filter((slice) => slice.currency === currency);
        expect(mine.length).toBeGreaterThan(0);
        expect(total(mine, 'debitMinor')).toBe(total(mine, 'creditMinor'));
      }
    });

    it('is the same after any repetition and reordering', async () => {
      const expected = await inOrder();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 99 }), { maxLength: 15 }), async (repeated) => {
          const deliver = (records: readonly TradelaneRecord[]) => [
            repeated.flatMap((at) => records.slice(at % records.length).slice(0, 1)),
            records.toReversed(),
          ];
          expect(await projected(deliver, await make())).toEqual(expected);
        }),
        { numRuns: 3 },
      );
    }, 20_000);

    it('is the same when everything is projected at once', async () => {
      const expected = await inOrder();
      const atOnce = (records: readonly TradelaneRecord[]) => records.map((record) => [record]);
      expect(await projected(atOnce, await make())).toEqual(expected);
    });
  });
};
