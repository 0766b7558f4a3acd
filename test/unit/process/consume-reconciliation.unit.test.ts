import type { BreakEvent } from '../../../events/index.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { execute } from '../../../src/platform/execute.ts';
import { breakStream } from '../../../src/platform/ids.ts';
import { presentBreak } from '../../../src/process/break-view.ts';
import { consumeReconciliation } from '../../../src/process/consume-reconciliation.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { decideBreak } from '../../../src/reconciliation/decide-break.ts';
import { breakEvolution } from '../../../src/reconciliation/evolve-break.ts';
import { routedTo } from './routed.ts';

const breakId = 'brk_1';
const at = '2026-06-29T10:00:00.000Z';
const step = { by: 'key_1', reason: 'The bank kept it.', at };

function desk() {
  const lanes = inMemoryLaneStore();
  const records = inMemoryRecordStore<BreakEvent>();
  const breaks = journaledStore(records);
  const views = inMemoryViewStore();
  const looked: string[] = [];
  const match = async (lane: string) => void looked.push(lane);
  const consume = consumeReconciliation({ lanes, breaks, views, match });
  const decide = (command: BreakCommand) =>
    execute(
      { store: breaks, now: () => new Date(at) },
      {
        ...{ streamId: breakStream(breakId), evolution: breakEvolution, cause: command.type },
        owner: { tradeId: breakId, marketplaceId: 'platform' },
        decide: (state) => decideBreak(command, state),
      },
    );
  /** Every record, told in that order. */
  const tell = async (order: readonly number[]) => {
    for (const index of order) {
      const record = records.all()[index];
      if (record !== undefined) await consume(routedTo('reconciliation', record));
    }
  };
  const work = async () =>
    (await lanes.listWork('bank_out', { today: '2026-06-29', limit: 10 })).map(
      ({ itemId }) => itemId,
    );
  return { decide, tell, views, work, looked };
}

const raise: BreakCommand = {
  type: 'RaiseBreak',
  facts: {
    ...{ breakId, rec: 'D', breakType: 'under', left: ['payout_sent:A'], right: ['lin_1'] },
    difference: { currency: 'EUR', amountMinor: -3_000n },
    ...{ since: '2026-06-24', raisedAt: at },
  },
};

describe('a break in the lists', () => {
  it.each([
    ['in order', [0, 1, 2]],
    ['out of order and twice', [2, 1, 2, 0]],
  ] as const)('is as its stream has it, told %s', async (_, order) => {
    const { decide, tell, views } = desk();
    await decide(raise);
    await decide({ type: 'AssignBreak', assignee: 'key_2', ...step });
    await decide({ type: 'WriteOff', limitMinor: 100n, ...step });
    await tell(order);
    expect(await views.findBreak(breakId)).toMatchObject({
      ...{ kind: 'under', status: 'write_off_proposed', assignee: 'key_2', proposedBy: 'key_1' },
      version: 3,
    });
  });

  it('has its age in business days on the day it is asked for', async () => {
    const { decide, tell, views } = desk();
    await decide(raise);
    await tell([0]);
    const summary = await views.findBreak(breakId);
    if (summary === undefined) throw new Error('There is no break.');
    expect(presentBreak(summary, '2026-06-29')).toMatchObject({
      ...{ id: breakId, ageBusinessDays: 3, age: '2-3' },
    });
  });

  it('has its items looked at once a person resolved it, and not before', async () => {
    const { decide, tell, work, looked } = desk();
    await decide(raise);
    await decide({ type: 'ExplainBreak', ...step });
    await tell([0, 1]);
    expect(await work()).toEqual([]);
    await decide({ type: 'WriteOff', limitMinor: 5_000n, ...step });
    await tell([2]);
    expect((await work()).toSorted()).toEqual(['lin_1', 'payout_sent:A']);
    expect(looked).toEqual(['bank_out']);
  });

  it('has its line looked at again where it came back and a person explains it', async () => {
    const { decide, tell, work, looked } = desk();
    await decide({ ...raise, facts: { ...raise.facts, breakType: 'returned' } });
    await decide({ type: 'ExplainBreak', ...step });
    await tell([0]);
    expect(looked).toEqual([]);
    await tell([1]);
    expect((await work()).toSorted()).toEqual(['lin_1', 'payout_sent:A']);
    expect(looked).toEqual(['bank_out']);
  });
});
