import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const announced: LaneItem = {
  ...{ lane: 'bank_in', side: 'left', rec: 'C', about: { payoutId: 'po_1' } },
  item: item('provider_payout_announced:po_1', 700n, { keys: { payoutId: 'po_1' } }),
};
const credit = (id: string, minor = 700n, keys: LaneItem['item']['keys'] = {}): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, minor, { keys }) },
});
const ownFunds: LaneItem = {
  ...{ lane: 'bank_in', side: 'left', rec: 'E' },
  item: item('own_funds:TOP-1', 700n, { keys: { endToEndId: 'TOP-1' } }),
};

const raisedOf = (desk: MatchingDesk, itemId: string) => {
  const found = desk
    .breakEvents()
    .find(
      (event) => event.type === 'BreakRaised' && event.right.concat(event.left).includes(itemId),
    );
  if (found === undefined) throw new Error(`${itemId} is in no break.`);
  return found.breakId;
};
const step = (by = 'ann') => ({ by, reason: 'Same day, same amount.', at: '2026-06-29T10:00:00Z' });
const total = { currency: 'EUR', amountMinor: 700n } as const;
const byHand = (left: string, right: string, by?: string): BreakCommand => ({
  ...{ type: 'MatchByHand', left: [left], right: [right], leftTotal: total, rightTotal: total },
  ...step(by),
});

/** What the journal has on the bank account, and in suspense. */
const balances = (desk: MatchingDesk) => {
  const sum = (code: string) =>
    desk
      .journal()
      .flatMap(({ legs }) => legs)
      .filter(({ account }) => account === code)
      .reduce((minor, { amountMinor }) => minor + amountMinor, 0n);
  return { bank: sum('1200'), suspense: sum('2900') };
};

const uses = (desk: MatchingDesk, itemId: string): number => {
  const matched = desk.matches.filter(({ left, right }) => [...left, ...right].includes(itemId));
  const reopened = new Set(
    desk.breakEvents().flatMap((event) => (event.type === 'BreakReopened' ? [event.breakId] : [])),
  );
  const ended = desk.breakEvents().filter((event) => {
    if (event.type === 'BreakMatched') {
      return [...event.left, ...event.right].includes(itemId) && !reopened.has(event.breakId);
    }
    const ends = event.type === 'BreakWrittenOff' || event.type === 'BreakSentBack';
    return ends && event.breakId === raisedOf(desk, itemId);
  });
  return new Set(matched.map(({ matchId }) => matchId)).size + ended.length;
};

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

/** What finance does with a line in suspense: it is the receipt of a trade. */
const identify = (desk: MatchingDesk, movementId: string) =>
  recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'ReceiptIdentified', version: 1, movementId, amount: total },
      ...{ tradeId: 'trd_1', occurredAt: '2026-06-29T10:00:00Z' },
    },
    { marketplaceId: 'mkt_1', cause: 'api#identify' },
  );

/** What finance does with money that it knows by another name than the line's: it suspends it, then identifies it. */
async function identifyAs(desk: MatchingDesk, movementId: string) {
  if (movementId === 'lin_1') return identify(desk, movementId);
  await recordMovement(
    { store: desk.treasury, now: () => new Date(desk.clock.at) },
    {
      ...{ type: 'ReceiptSuspended', version: 1, movementId, amount: total },
      occurredAt: '2026-06-29T10:00:00Z',
    },
    { marketplaceId: 'mkt_1', cause: 'api#suspend' },
  );
  return identify(desk, movementId);
}

type Order = 'before' | 'after' | number;

/**
 * Two persons in the same second, and the matching after them, until nothing is left to look at. The one
 * who identifies the line calls it `name`.
 */
async function twoPersons(command: BreakCommand, order: Order, name = 'lin_1') {
  let act: () => Promise<unknown> = async () => undefined;
  const at = typeof order === 'number' ? order : 0;
  const desk = matchingDesk({ between: { at, act: () => act() } });
  await desk.lanes.addItems([ownFunds, credit('lin_1', 700n, { endToEndId: 'E2E-1' })]);
  await desk.run('bank_in');
  const setUp = desk.writes();
  const breakId = raisedOf(desk, 'lin_1');
  let identified = { kind: 'rejected' } as { readonly kind: string };
  act = async () => {
    identified = await identifyAs(desk, name);
  };
  if (order === 'before') await act();
  await desk.decide(breakId, command);
  if (order === 'after') await act();
  await desk.lanes.addWork('bank_in', ['lin_1', 'own_funds:TOP-1']);
  await desk.run('bank_in');
  // What is identified is expected under the name that it was given, once the queue has told.
  const isReceipt = identified.kind === 'appended';
  if (isReceipt) {
    const about = { tradeId: 'trd_1' };
    const moved = { kind: 'bank_movement', movement: 'receipt', reference: name } as const;
    await desk.lanes.addItems([
      expectationOf({ ...moved, amount: total, on: '2026-06-29' }, about),
    ]);
    await desk.run('bank_in');
  }
  return { desk, breakId, isReceipt, setUp, writes: desk.writes() };
}

describe('Two persons, of whom one identifies a line and the other resolves its break', () => {
  const sums = (desk: MatchingDesk) => {
    const legs = desk.journal().flatMap((entry) => entry.legs);
    return ['1200', '2000', '2900', '5500'].map((code) =>
      legs
        .filter(({ account }) => account === code)
        .reduce((minor, { amountMinor }) => minor + amountMinor, 0n),
    );
  };
  const commands = [
    [
      'writes it off',
      { type: 'WriteOff', limitMinor: 1_000n, ...step('bob') },
      [700n, 0n, 0n, -700n],
    ],
    ['sends it back', { type: 'SendBack', ...step('bob') }, [0n, 0n, 0n, 0n]],
    ['matches it', byHand('own_funds:TOP-1', 'lin_1', 'bob'), [0n, 0n, 0n, 0n]],
  ] as const;

  it.each(
    ['lin_1', 'E2E-1'].flatMap((name) =>
      commands.map(([what, command, booked]) => ({ name, what, command, booked })),
    ),
  )('book it once, whoever is first: as $name, and the other $what', async (told) => {
    const { name, command, booked } = told;
    const { setUp, writes } = await twoPersons(command, 0, name);
    const orders = Array.from({ length: writes - setUp }, (__, index) => setUp + index + 1);
    const winners = new Set<boolean>();
    for (const order of ['before', 'after', ...orders] as const) {
      const { desk, breakId, isReceipt } = await twoPersons(command, order, name);
      winners.add(isReceipt);
      expect([order, sums(desk)]).toEqual([order, isReceipt ? [700n, -700n, 0n, 0n] : booked]);
      const [line] = await desk.lanes.getItems('bank_in', ['lin_1']);
      expect(line?.status).toBe(isReceipt ? 'matched' : 'closed');
      const own = desk.breakEvents().filter((event) => event.breakId === breakId);
      if (isReceipt) expect(own.at(-1)?.type).toBe('BreakCleared');
      expect(await desk.lanes.getPlan('bank_in')).toBeUndefined();
      expect(await desk.lanes.listWork('bank_in', { today: '2026-06-29', limit: 1 })).toEqual([]);
    }
    expect(winners).toEqual(new Set([true, false]));
  });

  it('of the awaited item of the match that held for nothing, it is awaited on', async () => {
    const { desk } = await twoPersons(byHand('own_funds:TOP-1', 'lin_1', 'bob'), 'after');
    const [awaited] = await desk.lanes.getItems('bank_in', ['own_funds:TOP-1']);
    expect(awaited).toMatchObject({ status: 'open', matchId: null });
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
