import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';
import {
  announced,
  balances,
  byHand,
  credit,
  ownFunds,
  raisedOf,
  step,
  total,
  uses,
} from './resolved-lines.ts';

/** A line in suspense that becomes a provider's payout, while a person acts at the given write. */
async function payoutAgainst(command: BreakCommand, at: number) {
  let act: () => Promise<unknown> = async () => undefined;
  const desk = matchingDesk({ between: { at, act: () => act() } });
  await desk.lanes.addItems([ownFunds, credit('lin_1', 700n, { payoutId: 'po_1' })]);
  await desk.run('bank_in');
  const setUp = desk.writes();
  act = () => desk.decide(raisedOf(desk, 'lin_1'), command);
  await desk.lanes.addItems([announced]);
  await desk.run('bank_in');
  // What a person decided is put to work by the queue.
  await desk.lanes.addWork('bank_in', ['lin_1', 'own_funds:TOP-1']);
  await desk.run('bank_in');
  return { desk, setUp, writes: desk.writes() };
}

const writesOfSetUp = async (): Promise<number> =>
  (await payoutAgainst({ type: 'SendBack', ...step() }, 0)).setUp;

describe('A person and the matching in the same moment', () => {
  it.each([
    ['writes off', { type: 'WriteOff', limitMinor: 1_000n, ...step() }],
    ['sends back', { type: 'SendBack', ...step() }],
    ['matches by hand', byHand('own_funds:TOP-1', 'lin_1')],
  ] as const)('use a line once, whoever is first: the person %s', async (_, command) => {
    const first = (await writesOfSetUp()) + 1;
    const winners = new Set<string>();
    for (let write = first; write < first + 8; write += 1) {
      const { desk } = await payoutAgainst(command, write);
      expect(uses(desk, 'lin_1')).toBe(1);
      const [line] = await desk.lanes.getItems('bank_in', ['lin_1']);
      winners.add(String(line?.status));
      const { bank, suspense } = balances(desk);
      // What is on the bank account and what it is owed as, whoever was first.
      if (line?.status === 'matched')
        expect({ bank, suspense }).toEqual({ bank: 700n, suspense: 0n });
      expect(await desk.lanes.getPlan('bank_in')).toBeUndefined();
    }
    expect([...winners].sort()).toEqual(['closed', 'matched']);
  });

  it('leave the payout awaited where the person was first', async () => {
    const first = (await writesOfSetUp()) + 1;
    const { desk } = await payoutAgainst({ type: 'SendBack', ...step() }, first);
    expect(desk.movements().map(({ type }) => type)).toEqual([
      ...['ReceiptSuspended', 'ReceiptReleased'],
    ]);
    expect(await desk.lanes.getItems('bank_in', [announced.item.id])).toMatchObject([
      { status: 'open' },
    ]);
  });
});

/** What finance records of the platform's own money, before the bank has it. */
const topUp = (desk: MatchingDesk, movementId: string) =>
  recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'OwnFundsMoved', version: 1, direction: 'top_up', movementId, amount: total },
      occurredAt: desk.clock.at,
    },
    { marketplaceId: 'mkt_1', cause: 'api#top-up' },
  );

describe('A line that a person resolves and that has a reference', () => {
  it('is kept, where what is booked by its reference is on its way to the matching', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([credit('lin_1', 700n, { endToEndId: 'TOP-2' })]);
    await desk.run('bank_in');
    await topUp(desk, 'TOP-2');
    await desk.decide(raisedOf(desk, 'lin_1'), { type: 'SendBack', ...step() });
    await desk.lanes.addWork('bank_in', ['lin_1']);
    await desk.run('bank_in');
    expect(desk.breakEvents().at(-1)).toMatchObject({ type: 'BreakReopened', taken: ['lin_1'] });
    expect(balances(desk)).toEqual({ bank: 1_400n, suspense: -700n });
    await desk.lanes.addItems([
      {
        ...ownFunds,
        item: { ...ownFunds.item, id: 'own_funds:TOP-2', keys: { endToEndId: 'TOP-2' } },
      },
    ]);
    await desk.run('bank_in');
    expect(balances(desk)).toEqual({ bank: 700n, suspense: 0n });
  });

  it('is the person’s, where its reference has found another line', async () => {
    const desk = matchingDesk();
    await topUp(desk, 'TOP-1');
    await desk.lanes.addItems([credit('lin_1', 700n, { endToEndId: 'TOP-1' }), ownFunds]);
    await desk.run('bank_in');
    await desk.lanes.addItems([credit('lin_2', 700n, { endToEndId: 'TOP-1' })]);
    await desk.run('bank_in');
    await desk.decide(raisedOf(desk, 'lin_2'), { type: 'SendBack', ...step() });
    await desk.lanes.addWork('bank_in', ['lin_2']);
    await desk.run('bank_in');
    expect(await desk.lanes.getItems('bank_in', ['lin_2'])).toMatchObject([{ status: 'closed' }]);
    expect(balances(desk)).toEqual({ bank: 700n, suspense: 0n });
  });
});

describe('A match by hand of what was used otherwise meanwhile', () => {
  it('holds for nothing: its break is open again, and says what was taken', async () => {
    const desk = matchingDesk();
    desk.clock.at = '2026-08-20T10:00:00.000Z';
    await desk.lanes.addItems([ownFunds, credit('lin_2', 700n, { endToEndId: 'OTHER' })]);
    await desk.run('bank_in');
    const missing = raisedOf(desk, 'own_funds:TOP-1');
    const unexpected = raisedOf(desk, 'lin_2');
    await desk.decide(unexpected, { type: 'SendBack', ...step('bob') });
    await desk.decide(missing, byHand('own_funds:TOP-1', 'lin_2'));
    await desk.lanes.addWork('bank_in', ['own_funds:TOP-1', 'lin_2']);
    await desk.run('bank_in');
    await desk.run('bank_in');
    expect(desk.breakEvents().filter(({ breakId }) => breakId === missing)).toMatchObject([
      ...[{ type: 'BreakRaised' }, { type: 'BreakMatched' }],
      { type: 'BreakReopened', taken: ['lin_2'] },
    ]);
    expect(await desk.lanes.getItems('bank_in', ['own_funds:TOP-1', 'lin_2'])).toMatchObject([
      ...[{ status: 'open' }, { status: 'closed' }],
    ]);
    expect(uses(desk, 'lin_2')).toBe(1);
    const found = await desk.decide(missing, { type: 'ExplainBreak', ...step() });
    expect(found).toMatchObject({ kind: 'appended', state: { status: 'open' } });
  });

  it('is the first one’s, where two persons match one awaited item', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([ownFunds, credit('lin_1'), credit('lin_2')]);
    await desk.run('bank_in');
    const breaks = ['lin_1', 'lin_2'].map((id) => [id, raisedOf(desk, id)] as const);
    for (const [id, breakId] of breaks) {
      await desk.decide(breakId, byHand('own_funds:TOP-1', id, `by_${id}`));
    }
    await desk.lanes.addWork('bank_in', ['lin_1', 'lin_2', 'own_funds:TOP-1']);
    await desk.run('bank_in');
    expect(uses(desk, 'own_funds:TOP-1')).toBe(1);
    const reopened = desk.breakEvents().filter(({ type }) => type === 'BreakReopened');
    expect(reopened).toMatchObject([{ taken: ['own_funds:TOP-1'] }]);
    const items = await desk.lanes.getItems('bank_in', ['lin_1', 'lin_2']);
    expect(items.map(({ status }) => status).sort()).toEqual(['closed', 'open']);
  });
});
