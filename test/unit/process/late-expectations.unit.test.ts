import { money } from '../../../src/money/money.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const amount = money('EUR', 480n);
const sent = { kind: 'payout_sent', endToEndId: 'A', on: '2026-06-25' } as const;
const payment = expectationOf({ ...sent, amount: money('EUR', 500n) }, { payoutId: 'payout_A' });
const debited: LaneItem = {
  ...{ lane: 'bank_out', side: 'right', rec: null },
  item: item('lin_1', -500n, { keys: { endToEndId: 'A' } }),
};
const cameBack = (id: string): LaneItem => ({
  ...{ lane: 'bank_out', side: 'right', rec: null },
  item: item(id, 480n, { keys: { endToEndId: 'A' }, returned: 'AC04' }),
});
/** What the books expect once settlement has booked the return. */
const expected = expectationOf({
  ...{ kind: 'payout_returned', endToEndId: 'A', code: 'AC04', amount, on: '2026-06-26' },
});

const step = { by: 'ann', reason: 'Nobody knows.', at: '2026-06-29T10:00:00Z' };
const writeOff: BreakCommand = { type: 'WriteOff', limitMinor: 1_000n, ...step };
const sendBack: BreakCommand = { type: 'SendBack', ...step };

const eventsOn = (desk: MatchingDesk, lineId: string) => {
  const events = desk.breakEvents();
  const own = events.find((one) => one.type === 'BreakRaised' && one.right.includes(lineId));
  return events.filter(({ breakId }) => breakId === own?.breakId);
};
const breakOf = (desk: MatchingDesk, lineId: string): string =>
  eventsOn(desk, lineId)[0]?.breakId ?? '';
const statusOf = async (desk: MatchingDesk, id: string) =>
  (await desk.lanes.getItems('bank_out', [id]))[0]?.status;
/** What the write-off left on the bank account. */
const onBank = (desk: MatchingDesk) =>
  desk
    .journal()
    .flatMap(({ legs }) => legs)
    .reduce((sum, leg) => (leg.account === '1200' ? sum + leg.amountMinor : sum), 0n);

/**
 * A payout came back, and a person has done something about the line before anybody expects it; the
 * expectation comes right before the given write, or afterwards. A run dies at another.
 */
async function resolvedEarly(command: BreakCommand, at = 0, failAt = 0) {
  let act: () => Promise<void> = async () => undefined;
  const desk = matchingDesk({ failAt, between: { at, act: () => act() } });
  act = () => desk.lanes.addItems([expected]);
  await desk.lanes.addItems([payment, debited, cameBack('lin_2')]);
  await desk.run('bank_out');
  await desk.decide(breakOf(desk, 'lin_2'), command);
  await desk.lanes.addWork('bank_out', ['lin_2']);
  const setUp = desk.writes();
  const run = () =>
    desk.run('bank_out').catch(() => {
      // The lease of the dead has run out by then.
      desk.clock.at = '2026-06-29T10:05:00.000Z';
      return desk.run('bank_out');
    });
  await run();
  const before = await statusOf(desk, 'lin_2');
  await act();
  await run();
  return { desk, before, setUp, writes: desk.writes() };
}

const isOnce = async (desk: MatchingDesk, told: unknown) => {
  const items = ['lin_2', expected.item.id].map((id) => statusOf(desk, id));
  expect([told, onBank(desk), await Promise.all(items)]).toEqual([
    told,
    0n,
    ['matched', 'matched'],
  ]);
  expect(eventsOn(desk, 'lin_2').at(-1)?.type).toBe('BreakCleared');
  expect(await desk.lanes.getPlan('bank_out')).toBeUndefined();
  expect(await desk.lanes.listWork('bank_out', { today: '2026-06-29', limit: 1 })).toEqual([]);
};

describe('A payout that came back, and whose line a person resolved before that was expected', () => {
  it.each([
    ['wrote it off', writeOff],
    ['sent it back', sendBack],
  ] as const)('is booked once: what the person did is taken back, who %s', async (_, command) => {
    const { desk, before } = await resolvedEarly(command);
    expect(before).toBe('closed');
    expect(eventsOn(desk, 'lin_2').slice(2)).toMatchObject([
      { type: 'BreakReopened', taken: [expected.item.id] },
      { type: 'BreakCleared', matchedBy: [expected.item.id] },
    ]);
    await isOnce(desk, command.type);
  });

  it('is booked once whenever the expectation comes, and whenever a run dies', async () => {
    const { setUp, writes } = await resolvedEarly(writeOff);
    for (let at = setUp + 1; at <= writes; at += 1) {
      await isOnce((await resolvedEarly(writeOff, at)).desk, { at });
      await isOnce((await resolvedEarly(writeOff, 0, at)).desk, { failAt: at });
    }
  });

  it('is written off for good where another line is what was expected', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([payment, debited, cameBack('lin_2')]);
    await desk.run('bank_out');
    await desk.decide(breakOf(desk, 'lin_2'), writeOff);
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    await desk.lanes.addItems([cameBack('lin_3'), expected]);
    await desk.run('bank_out');
    expect(await statusOf(desk, 'lin_2')).toBe('closed');
    expect(await statusOf(desk, 'lin_3')).toBe('matched');
    expect(onBank(desk)).toBe(480n);
  });

  it.each([
    ['found it', 'endToEndId'],
    ['was told so by a person', 'bankReference'],
  ] as const)(
    'stays sent back once the bank has debited that, and the matching %s',
    async (...by) => {
      const { desk } = await sentBack(by[1]);
      await desk.lanes.addItems([expected]);
      await desk.run('bank_out');
      expect(await statusOf(desk, 'lin_2')).toBe('closed');
      expect(await statusOf(desk, expected.item.id)).toBe('open');
    },
  );
});

/** What came back was sent back, and has left the bank. */
async function sentBack(key: 'endToEndId' | 'bankReference') {
  const desk = matchingDesk();
  await desk.lanes.addItems([payment, debited, cameBack('lin_2')]);
  await desk.run('bank_out');
  const reference = breakOf(desk, 'lin_2');
  await desk.decide(reference, sendBack);
  await desk.lanes.addWork('bank_out', ['lin_2']);
  const moved = { kind: 'bank_movement', movement: 'sent_back', reference } as const;
  const isNamed = key === 'endToEndId';
  const gone = item('lin_9', -480n, { keys: { [key]: isNamed ? reference : 'B-1' } });
  const expectedBack = expectationOf({ ...moved, amount: money('EUR', -480n), on: '2026-06-29' });
  await desk.lanes.addItems([
    expectedBack,
    { lane: 'bank_out', side: 'right', rec: null, item: gone },
  ]);
  await desk.run('bank_out');
  if (!isNamed) await matchByHand(desk, expectedBack.item.id, 'lin_9');
  expect(await statusOf(desk, 'lin_9')).toBe(isNamed ? 'matched' : 'closed');
  return { desk };
}

async function matchByHand(desk: MatchingDesk, left: string, right: string) {
  const total = money('EUR', -480n);
  await desk.decide(breakOf(desk, right), {
    ...{ type: 'MatchByHand', left: [left], right: [right] },
    ...{ leftTotal: total, rightTotal: total, ...step },
  });
  await desk.lanes.addWork('bank_out', [left, right]);
  await desk.run('bank_out');
}

/** The debit of duties was written off; they are expected right before the given write. */
async function dutiesWrittenOff(at: number) {
  let act: () => Promise<void> = async () => undefined;
  const desk = matchingDesk({ between: { at, act: () => act() } });
  const debit = item('lin_1', -480n, { keys: { endToEndId: 'dty_1' } });
  await desk.lanes.addItems([{ lane: 'bank_out', side: 'right', rec: null, item: debit }]);
  await desk.run('bank_out');
  const setUp = desk.writes();
  const duties = { kind: 'bank_movement', movement: 'duties_paid', reference: 'dty_1' } as const;
  const paid = { amount: money('EUR', -480n), on: '2026-06-26' };
  act = () => desk.lanes.addItems([expectationOf({ ...duties, ...paid })]);
  await desk.decide(breakOf(desk, 'lin_1'), writeOff);
  await desk.lanes.addWork('bank_out', ['lin_1']);
  await desk.run('bank_out');
  const before = onBank(desk);
  await act();
  await desk.run('bank_out');
  return { desk, before, setUp, writes: desk.writes() };
}

describe('Duties whose debit a person wrote off before it was expected', () => {
  it('are booked once, too: the write-off is taken back', async () => {
    const { before, setUp, writes } = await dutiesWrittenOff(0);
    expect(before).toBe(-480n);
    // The first write is the person's.
    for (const at of [0, ...Array.from({ length: writes - setUp }, (_, n) => setUp + n + 1)]) {
      const { desk } = await dutiesWrittenOff(at);
      expect([at, await statusOf(desk, 'lin_1')]).toEqual([at, 'matched']);
      expect([at, onBank(desk)]).toEqual([at, 0n]);
    }
  });
});

/** A person matched what came back with something else, of a little more; the run that does so dies. */
async function matchedWithDifference(failAt: number) {
  const desk = matchingDesk({ failAt });
  const other = item('own_funds:Z', 500n, { keys: { endToEndId: 'Z' } });
  await desk.lanes.addItems([
    cameBack('lin_2'),
    { lane: 'bank_out', side: 'left', rec: 'D', item: other },
  ]);
  await desk.run('bank_out');
  const setUp = desk.writes();
  await desk.decide(breakOf(desk, 'lin_2'), {
    ...{ type: 'MatchByHand', left: [other.id], right: ['lin_2'], leftTotal: money('EUR', 500n) },
    ...{ rightTotal: amount, accept: { against: '5500', limitMinor: 1_000n }, ...step },
  });
  await desk.lanes.addWork('bank_out', ['lin_2', other.id]);
  await desk.run('bank_out').catch(() => {
    desk.clock.at = '2026-06-29T10:05:00.000Z';
  });
  const writes = desk.writes();
  await desk.lanes.addItems([expected]);
  await desk.run('bank_out');
  return { desk, setUp, writes };
}

describe('What came back, and a person matched by hand with a difference', () => {
  it('keeps the difference if it keeps the match, though the return is expected half-way', async () => {
    const { setUp, writes } = await matchedWithDifference(0);
    for (let failAt = setUp + 1; failAt <= writes; failAt += 1) {
      const { desk } = await matchedWithDifference(failAt);
      const isKept = (await statusOf(desk, 'lin_2')) === 'closed';
      expect([failAt, isKept, onBank(desk)]).toEqual([failAt, isKept, isKept ? -20n : 0n]);
    }
  });
});
