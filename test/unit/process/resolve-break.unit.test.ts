import type { BreakStep } from '../../../events/finance/break-step.v1.ts';
import type { WriteOffLimits } from '../../../src/money/write-off-limits.ts';
import { resolveBreak } from '../../../src/process/resolve-break.ts';
import { item } from '../reconciliation/items.ts';
import { matchingDesk } from './matching-desk.ts';

const reason = 'Same day, same amount.';

/** A payment of ours that is late, and a debit that nobody expects. */
async function late(writeOffLimits: WriteOffLimits = {}) {
  const desk = matchingDesk();
  desk.clock.at = '2026-07-02T10:00:00.000Z';
  await desk.lanes.addItems([
    {
      ...{ lane: 'bank_out', side: 'left', rec: 'D' },
      item: item('refund_paid:R1', -500n, { keys: { endToEndId: 'R1' } }),
    },
    ...['lin_1', 'lin_2'].map((id) => ({
      ...({ lane: 'bank_out', side: 'right', rec: null } as const),
      item: item(id, -500n),
    })),
  ]);
  await desk.run('bank_out');
  const missing = desk
    .breakEvents()
    .find((event) => event.type === 'BreakRaised' && event.breakType === 'missing');
  let requests = 0;
  const act = async (step: BreakStep, by = 'ann') => {
    requests += 1;
    const { breaks, lanes } = desk;
    const now = () => new Date(desk.clock.at);
    const outcome = await resolveBreak({ breaks, lanes, now, writeOffLimits }, step, {
      ...{ breakId: missing?.breakId ?? '', by, requestId: `r${requests}` },
    });
    return 'code' in outcome ? outcome.code : outcome.state.status;
  };
  return { desk, act };
}

const match = (left: string[], right: string[]): BreakStep => ({
  ...{ kind: 'match', left, right, reason },
});

describe('A match by hand', () => {
  it('of open items of equal amounts is one', async () => {
    const { act } = await late();
    expect(await act(match(['refund_paid:R1'], ['lin_1']))).toBe('resolved');
  });

  it.each([
    ['is used already', ['refund_paid:R1'], ['lin_2']],
    ['is not there', ['refund_paid:R1'], ['lin_9']],
    ['is named twice', ['refund_paid:R1'], ['lin_1', 'lin_1']],
    ['is of the other side', ['refund_paid:R1', 'lin_1'], ['lin_1']],
  ])('is refused where an item %s', async (_, left, right) => {
    const { desk, act } = await late();
    const [used] = await desk.lanes.getItems('bank_out', ['lin_2']);
    if (used !== undefined) await desk.lanes.saveItems([{ ...used, status: 'matched' }]);
    expect(await act(match(left, right))).toBe('break.items_not_open');
  });
});

describe('A write-off', () => {
  it('is one person’s within the limit of its currency, and of no other’s', async () => {
    expect(await (await late({ EUR: 500n })).act({ kind: 'write_off', reason })).toBe('resolved');
    for (const limits of [{}, { USD: 50_000n }, { EUR: 499n }]) {
      const { act } = await late(limits);
      expect(await act({ kind: 'write_off', reason })).toBe('write_off_proposed');
      expect(await act({ kind: 'approve', reason: 'Agreed.' })).toBe('break.same_person');
      expect(await act({ kind: 'approve', reason: 'Agreed.' }, 'bob')).toBe('resolved');
    }
  });
});
