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

/** A line that two expectations could be, each of the bank's own reference. */
async function twoCandidates(writeOffLimits: WriteOffLimits = {}, lineMinor = 500n) {
  const desk = matchingDesk();
  const keys = { endToEndId: 'E2E-1' };
  await desk.lanes.addItems([
    ...['own_funds:1', 'own_funds:2'].map((id) => ({
      ...({ lane: 'bank_in', side: 'left', rec: 'E' } as const),
      item: item(id, 500n, { keys }),
    })),
    { ...{ lane: 'bank_in', side: 'right', rec: null }, item: item('lin_1', lineMinor, { keys }) },
  ]);
  await desk.run('bank_in');
  const [raised] = desk.breakEvents();
  const breakId = raised?.breakId ?? '';
  const act = async (step: BreakStep, by = 'ann') => {
    const { breaks, lanes } = desk;
    const ports = { breaks, lanes, now: () => new Date(desk.clock.at), writeOffLimits };
    const requestId = `${by}#${desk.breakEvents().length}`;
    const outcome = await resolveBreak(ports, step, { breakId, by, requestId });
    await desk.lanes.addWork('bank_in', ['own_funds:1', 'own_funds:2', 'lin_1']);
    await desk.run('bank_in');
    return 'code' in outcome ? outcome.code : outcome.state.status;
  };
  const statuses = async () => {
    const items = await desk.lanes.getItems('bank_in', ['own_funds:1', 'own_funds:2', 'lin_1']);
    return Object.fromEntries(items.map((one) => [one.item.id, one.status]));
  };
  return { desk, raised, act, statuses };
}

describe('Two candidates that go to a person', () => {
  it('are chosen from: the chosen one is matched, and the other is awaited on', async () => {
    const { desk, raised, act, statuses } = await twoCandidates();
    expect(raised).toMatchObject({ breakType: 'duplicate', left: ['own_funds:1', 'own_funds:2'] });
    expect(await act(match(['own_funds:2'], ['lin_1']))).toBe('resolved');
    expect(await statuses()).toEqual({
      ...{ 'own_funds:1': 'open', 'own_funds:2': 'closed', lin_1: 'closed' },
    });
    const [other] = await desk.lanes.getItems('bank_in', ['own_funds:1']);
    expect(other).toMatchObject({ breakId: null, matchId: null });
    expect(desk.breakEvents().map(({ type }) => type)).toEqual(['BreakRaised', 'BreakMatched']);
    expect(await desk.lanes.getPlan('bank_in')).toBeUndefined();
  });

  it('leave the other to be missing by itself, in a break of its own', async () => {
    const { desk, act } = await twoCandidates();
    await act(match(['own_funds:2'], ['lin_1']));
    desk.clock.at = '2026-09-01T10:00:00.000Z';
    await desk.run('bank_in');
    expect(desk.breakEvents().at(-1)).toMatchObject({
      ...{ type: 'BreakRaised', breakType: 'missing', left: ['own_funds:1'], right: [] },
    });
  });

  it('are not chosen from by naming none of them', async () => {
    const { desk, act } = await twoCandidates();
    await desk.lanes.addItems([
      { ...{ lane: 'bank_in', side: 'left', rec: 'E' }, item: item('own_funds:9', 500n) },
      { ...{ lane: 'bank_in', side: 'right', rec: null }, item: item('lin_9', 500n) },
    ]);
    expect(await act(match(['own_funds:9'], ['lin_9']))).toBe('break.items_missing');
  });
});

describe('A match by hand of two amounts', () => {
  const booked = (desk: Awaited<ReturnType<typeof twoCandidates>>['desk']) =>
    desk.movements().filter(({ type }) => type === 'DifferenceTolerated');
  const chosen = (against?: '5000' | '5300' | '5500'): BreakStep => ({
    ...{ kind: 'match', left: ['own_funds:1'], right: ['lin_1'], reason },
    ...(against === undefined ? {} : { against }),
  });

  it('is one person’s within what its rec tolerates, and the difference is booked once', async () => {
    const { desk, act, statuses } = await twoCandidates({}, 480n);
    expect(await act(chosen())).toBe('break.amounts_differ');
    expect(await act(chosen('5500'))).toBe('resolved');
    expect(booked(desk)).toMatchObject([
      {
        ...{ amount: { amountMinor: -20n }, asset: '1200', account: '5500' },
        breakId: expect.stringMatching(/^brk_/),
      },
    ]);
    expect(await statuses()).toMatchObject({ 'own_funds:1': 'closed', 'own_funds:2': 'open' });
    await desk.run('bank_in');
    expect(booked(desk)).toHaveLength(1);
  });

  it('above that takes the limit of one person, or a second person, with both reasons', async () => {
    const more = 530n;
    expect(await (await twoCandidates({ EUR: 30n }, more)).act(chosen('5500'))).toBe('resolved');
    const { desk, act, statuses } = await twoCandidates({ EUR: 29n }, more);
    expect(await act(chosen('5500'))).toBe('write_off_proposed');
    expect(booked(desk)).toEqual([]);
    const approve: BreakStep = { kind: 'approve', reason: 'Agreed.' };
    expect(await act(approve)).toBe('break.same_person');
    expect(await act(approve, 'bob')).toBe('resolved');
    expect(desk.breakEvents().at(-1)).toMatchObject({
      ...{ type: 'BreakMatched', by: 'ann', reason, approvedBy: 'bob', approvalReason: 'Agreed.' },
      difference: { amount: { amountMinor: 30n }, asset: '1200', against: '5500' },
    });
    expect(booked(desk)).toHaveLength(1);
    expect(await statuses()).toMatchObject({ 'own_funds:1': 'closed', 'own_funds:2': 'open' });
  });

  it('is not booked where the second person declines, nor against another side’s account', async () => {
    const { desk, act } = await twoCandidates({}, 600n);
    expect(await act(chosen('5000'))).toBe('break.wrong_account');
    expect(await act(chosen('5500'))).toBe('write_off_proposed');
    expect(await act({ kind: 'decline', reason: 'Ask the bank.' }, 'bob')).toBe('open');
    expect(booked(desk)).toEqual([]);
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
