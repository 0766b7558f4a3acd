import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { breakCandidates } from '../../../src/process/break-candidates.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import { breakSummary } from '../../support/describe-break-views.ts';
import { laneItem } from '../../support/describe-lane-store.ts';

const line = (
  id: string,
  amountMinor: bigint,
  changes: Partial<LaneItem['item']> = {},
): LaneItem => ({
  ...{ lane: 'bank_out', side: 'right', rec: null },
  item: { id, currency: 'EUR', amountMinor, date: '2026-06-26', keys: {}, ...changes },
});

const expected = (id: string, amountMinor: bigint, date = '2026-06-26'): LaneItem => {
  const one = laneItem(id);
  return { ...one, item: { ...one.item, amountMinor, date } };
};

/** A break of one line of 500.00 EUR that nobody expected, in a lane with the given items. */
async function candidatesFor(items: readonly LaneItem[], changed: readonly StoredItem[] = []) {
  const [lanes, views] = [inMemoryLaneStore(), inMemoryViewStore()];
  await lanes.addItems([line('lin_own', -50_000n), ...items]);
  await lanes.saveItems(changed);
  const summary = breakSummary({
    ...{ kind: 'unexpected', left: [], right: ['lin_own'], since: '2026-06-26' },
    difference: { currency: 'EUR', amountMinor: -50_000n },
  });
  await views.putBreak(summary);
  return { lanes, views, find: () => breakCandidates({ lanes, views }, summary) };
}

const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe('What a break may be matched with by hand', () => {
  it('is the open items of its lane, the nearest amount first, then the nearest day', async () => {
    const { find } = await candidatesFor([
      expected('far', -90_000n),
      expected('late', -50_000n, '2026-07-03'),
      expected('near', -50_100n),
      expected('same', -50_000n, '2026-06-25'),
    ]);
    expect(idsOf(await find())).toEqual(['same', 'late', 'near', 'far']);
  });

  it('says how likely each is, and why', async () => {
    const { find } = await candidatesFor([
      expected('same', -50_000n, '2026-06-25'),
      expected('late', -50_000n, '2026-07-03'),
      expected('near', -50_001n),
      expected('far', -90_000n),
    ]);
    expect((await find()).map(({ id, score, why }) => [id, score, why])).toEqual([
      ['same', 55, ['same_amount', 'within_window']],
      ['late', 40, ['same_amount']],
      ['near', 35, ['tolerated_amount', 'within_window']],
      ['far', 15, ['within_window']],
    ]);
  });

  it('is the break’s own items where it names several candidates', async () => {
    const { lanes, views } = await candidatesFor([
      expected('one', -50_000n),
      expected('two', -50_000n),
    ]);
    const summary = breakSummary({
      ...{ kind: 'duplicate', left: ['one', 'two'], right: ['lin_own'], since: '2026-06-26' },
      difference: { currency: 'EUR', amountMinor: 50_000n },
    });
    const found = await breakCandidates({ lanes, views }, summary);
    expect(found.map(({ id, why }) => [id, why])).toEqual(
      ['lin_own', 'one', 'two'].map((id) => [id, ['in_break', 'same_amount', 'within_window']]),
    );
  });

  it('leaves out its own items, other currencies and other lanes', async () => {
    const { find } = await candidatesFor([
      line('krw', -50_000n, { currency: 'KRW' }),
      { ...line('in', 50_000n), lane: 'bank_in' },
    ]);
    expect(await find()).toEqual([]);
  });

  it('finds what nobody waits for any more in the break that was made of it', async () => {
    const { lanes, views, find } = await candidatesFor([expected('gone', -50_000n)]);
    await lanes.finishWork(
      'bank_out',
      await lanes.listWork('bank_out', { today: '9999-12-31', limit: 9 }),
    );
    expect(await find()).toEqual([]);
    await views.putBreak(
      breakSummary({ breakId: 'brk_2', kind: 'missing', left: ['gone'], right: [] }),
    );
    expect(idsOf(await find())).toEqual(['gone']);
  });

  it('never offers what is matched already', async () => {
    const stored: StoredItem = {
      ...expected('done', -50_000n),
      ...{ dueOn: '2026-07-02', status: 'matched', matchId: 'mtc_1', breakId: null },
    };
    const { find } = await candidatesFor([expected('done', -50_000n)], [stored]);
    expect(await find()).toEqual([]);
  });

  it('is nothing where items are compared by totals', async () => {
    const ports = { lanes: inMemoryLaneStore(), views: inMemoryViewStore() };
    expect(await breakCandidates(ports, breakSummary({ rec: 'F' }))).toEqual([]);
  });
});
