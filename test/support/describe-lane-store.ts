import type { Lane, LaneItem } from '../../src/reconciliation/lane.ts';
import type { Plan, StoredItem, StoredMatch } from '../../src/reconciliation/plan.ts';
import type { LaneStore } from '../../src/reconciliation/ports.ts';

const LANE = 'bank_out' satisfies Lane;

export const laneItem = (id: string, changes: Partial<LaneItem> = {}): LaneItem => ({
  ...{ lane: LANE, side: 'left', rec: 'D', about: { payoutId: `payout_${id}` } },
  item: {
    id,
    ...{ currency: 'EUR', amountMinor: -123_456_789_012_345_678n, date: '2026-06-26' },
    keys: { endToEndId: `E-${id}`, batchId: 'BATCH-1' },
  },
  ...changes,
});

export const storedMatch: StoredMatch = {
  ...{ matchId: 'mtc_1', rec: 'D', pass: 'exact', left: ['a'], right: ['b'], currency: 'EUR' },
  ...{ leftMinor: -1n, rightMinor: -2n, matchedAt: '2026-06-29T10:00:00.000Z' },
  difference: { minor: -1n, reason: 'rounding', account: '5300' },
};

export const somePlan: Plan = {
  planId: 'pln_1',
  ...{
    at: '2026-06-29T10:00:00.000Z',
    matches: [storedMatch],
    raise: [],
    resolved: [],
    reopen: [],
  },
  ...{ clear: [{ breakId: 'brk_1', matchedBy: ['a'] }], items: [] },
};

/** D waits 3 business days: what was due on Friday the 26th is missing on Thursday. */
const DUE = '2026-07-02';

/** What every adapter of the lane store promises. `make` gives an empty one. */
export const describeLaneStore = (name: string, make: () => Promise<LaneStore>): void => {
  describe(`${name} as a lane store`, () => {
    let store: LaneStore;
    beforeEach(async () => {
      store = await make();
    });
    describeItems(() => store);
    describeWork(() => store);
    describeDecisions(() => store);
  });
};

const storedIn = async (store: LaneStore, id: string): Promise<StoredItem> => {
  const [found] = await store.getItems(LANE, [id]);
  if (found === undefined) throw new Error(`${id} is not there.`);
  return found;
};

const workIn = async (store: LaneStore, today = '2026-06-29', lane: Lane = LANE) =>
  (await store.listWork(lane, { today, limit: 100 })).map(({ itemId }) => itemId).sort();

const describeItems = (given: () => LaneStore): void => {
  describe('an item', () => {
    it('gives an item back as it was added, open and due after its window', async () => {
      await given().addItems([laneItem('a')]);
      expect(await given().getItems(LANE, ['a', 'none'])).toEqual([
        {
          ...laneItem('a'),
          ...{ dueOn: DUE, status: 'open', matchId: null, breakId: null },
        },
      ]);
      expect(await given().getItems('bank_in', ['a'])).toEqual([]);
    });

    it('finds open items by each of their links, in their own lane', async () => {
      await given().addItems([laneItem('a'), laneItem('b')]);
      expect((await given().findLinked(LANE, 'batchId#BATCH-1')).toSorted()).toEqual(['a', 'b']);
      expect(await given().findLinked(LANE, 'endToEndId#E-a')).toEqual(['a']);
      expect(await given().findLinked('bank_in', 'endToEndId#E-a')).toEqual([]);
      await given().saveItems([
        { ...(await storedIn(given(), 'a')), status: 'matched', matchId: 'mtc_1' },
      ]);
      expect(await given().findLinked(LANE, 'batchId#BATCH-1')).toEqual(['b']);
      expect(await storedIn(given(), 'a')).toMatchObject({ status: 'matched', matchId: 'mtc_1' });
    });

    it('leaves an item that is there as it became', async () => {
      await given().addItems([laneItem('a')]);
      await given().saveItems([{ ...(await storedIn(given(), 'a')), breakId: 'brk_1' }]);
      await given().addItems([laneItem('a')]);
      expect(await storedIn(given(), 'a')).toMatchObject({ breakId: 'brk_1', status: 'open' });
      await given().saveItems([{ ...(await storedIn(given(), 'a')), status: 'closed' }]);
      await given().finishWork(LANE, await given().listWork(LANE, { today: DUE, limit: 100 }));
      await given().addItems([laneItem('a')]);
      expect(await storedIn(given(), 'a')).toMatchObject({ status: 'closed' });
      expect(await workIn(given(), DUE)).toEqual([]);
    });

    it('opens an item that was closed, with its links, and puts it to work', async () => {
      await given().addItems([laneItem('a')]);
      await given().saveItems([
        { ...(await storedIn(given(), 'a')), status: 'closed', breakId: 'brk_1' },
      ]);
      await given().finishWork(LANE, await given().listWork(LANE, { today: DUE, limit: 100 }));
      await given().reopenItems([await storedIn(given(), 'a')]);
      expect(await storedIn(given(), 'a')).toMatchObject({ status: 'open', breakId: 'brk_1' });
      expect(await given().findLinked(LANE, 'endToEndId#E-a')).toEqual(['a']);
      expect(await workIn(given(), '2026-06-29')).toEqual(['a']);
    });
  });
};

const describeWork = (given: () => LaneStore): void => {
  describe('work', () => {
    it('lists what is new until it is finished, and what is due from its day on', async () => {
      await given().addItems([laneItem('a'), laneItem('b', { side: 'right', rec: null })]);
      expect(await workIn(given())).toEqual(['a', 'b']);
      await given().finishWork(
        LANE,
        await given().listWork(LANE, { today: '2026-06-29', limit: 100 }),
      );
      expect(await workIn(given(), '2026-07-01')).toEqual([]);
      expect(await workIn(given(), DUE)).toEqual(['a']);
      await given().finishWork(LANE, await given().listWork(LANE, { today: DUE, limit: 100 }));
      expect(await workIn(given(), '2026-08-01')).toEqual([]);
      expect(await workIn(given(), '2026-08-01', 'bank_in')).toEqual([]);
    });

    it('keeps a note that was made after those that are finished', async () => {
      await given().addItems([laneItem('a')]);
      const seen = await given().listWork(LANE, { today: '2026-06-29', limit: 100 });
      await given().addWork(LANE, ['a']);
      await given().finishWork(LANE, seen);
      expect(await workIn(given())).toEqual(['a']);
    });

    it('closes what is expected no longer before it comes, and puts it to work where it is there', async () => {
      const withdrawal = (id: string) => laneItem(id, { withdrawn: true });
      await given().addItems([withdrawal('a'), laneItem('b')]);
      await given().addItems([laneItem('a'), withdrawal('b')]);
      const work = await given().listWork(LANE, { today: '2026-06-29', limit: 100 });
      expect(work.map(({ itemId, withdrawn }) => [itemId, withdrawn]).toSorted()).toEqual([
        ['b', false],
        ['b', true],
      ]);
      expect(await storedIn(given(), 'a')).toMatchObject({ status: 'closed' });
      expect(await storedIn(given(), 'b')).toMatchObject({ status: 'open' });
      expect(await given().findLinked(LANE, 'endToEndId#E-a')).toEqual([]);
      await given().finishWork(LANE, work);
      expect(await workIn(given())).toEqual([]);
    });

    it('gives no more than was asked for', async () => {
      await given().addItems(['a', 'b', 'c'].map((id) => laneItem(id)));
      expect(await given().listWork(LANE, { today: DUE, limit: 2 })).toHaveLength(2);
    });
  });
};

const describeDecisions = (given: () => LaneStore): void => {
  describe('what a run keeps', () => {
    it('keeps matches and plans to the last unit', async () => {
      expect(await given().getMatch('mtc_1')).toBeUndefined();
      await given().saveMatches([storedMatch]);
      expect(await given().getMatch('mtc_1')).toEqual(storedMatch);
      expect(await given().getPlan(LANE)).toBeUndefined();
      await given().savePlan(LANE, somePlan);
      expect(await given().getPlan(LANE)).toEqual(somePlan);
      expect(await given().getPlan('bank_in')).toBeUndefined();
      await given().savePlan(LANE, undefined);
      expect(await given().getPlan(LANE)).toBeUndefined();
    });

    it('keeps a plan that is larger than an item may be, and only the last one', async () => {
      const store = given();
      const matches = Array.from({ length: 6_000 }, (_, index) => ({
        ...storedMatch,
        matchId: `mtc_${index}_한빛광학_😀`,
      }));
      await store.savePlan(LANE, somePlan);
      await store.savePlan(LANE, { ...somePlan, matches });
      expect(await store.getPlan(LANE)).toEqual({ ...somePlan, matches });
      await store.savePlan(LANE, undefined);
      await store.savePlan(LANE, somePlan);
      expect(await store.getPlan(LANE)).toEqual(somePlan);
    });

    it('gives a lane to one holder at a time', async () => {
      const at = (minute: number) => `2026-06-29T10:0${minute}:00.000Z`;
      const lease = (holder: string, minute: number, lane: Lane = LANE) =>
        given().lease(lane, { holder, now: at(minute), until: at(minute + 2) });
      expect(await lease('one', 0)).toBe(true);
      expect(await lease('other', 1)).toBe(false);
      expect(await lease('other', 1, 'bank_in')).toBe(true);
      expect(await lease('one', 1)).toBe(true);
      expect(await lease('other', 2)).toBe(false);
      expect(await lease('other', 3)).toBe(true);
      await given().release(LANE, 'one');
      expect(await lease('one', 4)).toBe(false);
      await given().release(LANE, 'other');
      expect(await lease('one', 4)).toBe(true);
    });
  });
};
