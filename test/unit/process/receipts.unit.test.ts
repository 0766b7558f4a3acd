import { money } from '../../../src/money/money.ts';
import {
  awaitedNoLonger,
  expectationOf,
  payoutKnownAs,
  payoutNoLonger,
} from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { mentionsIn } from '../../../src/reconciliation/order-numbers.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const on = '2026-06-29';

const awaited = (tradeId: string, orderNumber: string, minor = 700n): LaneItem =>
  expectationOf({
    ...{ kind: 'transfer_awaited', tradeId, orderNumber, amount: money('EUR', minor), on },
  });

const credit = (id: string, minor: bigint, text = '', more: Partial<LaneItem['item']> = {}) =>
  ({
    ...{ lane: 'bank_in', side: 'right', rec: null },
    item: item(id, minor, { mentions: mentionsIn([text]), ...more }),
  }) satisfies LaneItem;

const debit = (id: string, minor: bigint, keys: LaneItem['item']['keys']): LaneItem => ({
  ...{ lane: 'bank_out', side: 'right', rec: null, item: item(id, -minor, { keys }) },
});

/** What finance recorded, as `POST /v1/ledger/movements` makes the books expect it. */
const recorded = (movement: string, reference: string, minor: bigint, dealId?: string): LaneItem =>
  expectationOf({
    ...{ kind: 'bank_movement', movement, reference, amount: money('EUR', minor), on },
    ...(dealId === undefined ? {} : { dealId }),
  });

/** What is booked: references of lines are taken, too. */
const typesOf = (desk: MatchingDesk) =>
  desk
    .movements()
    .map(({ type }) => type)
    .filter((type) => type !== 'ReferenceTaken');
const breaksOf = (desk: MatchingDesk) =>
  desk
    .breakEvents()
    .map((event) =>
      event.type === 'BreakRaised' ? `${event.rec} ${event.breakType}` : event.type,
    );
const balanceOf = (desk: MatchingDesk, code: string) =>
  desk
    .journal()
    .flatMap(({ legs }) => legs)
    .filter(({ account }) => account === code)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

async function run(items: readonly LaneItem[], desk = matchingDesk()): Promise<MatchingDesk> {
  await desk.lanes.addItems(items);
  await desk.run('bank_in');
  await desk.run('bank_out');
  return desk;
}

describe('A buyer’s transfer that names an order', () => {
  it.each([
    ['before it comes', [awaited('trd_1', 'PO-77'), credit('lin_1', 700n, 'our po-77, thanks')]],
    ['after it has come', [credit('lin_1', 700n, 'our po-77, thanks'), awaited('trd_1', 'PO-77')]],
  ])('funds the trade that awaits it, known %s', async (_, [first, second]) => {
    const desk = await run([second as LaneItem], await run([first as LaneItem]));
    expect(desk.matches).toMatchObject([{ rec: 'E', pass: 'exact', right: ['lin_1'] }]);
    expect(desk.movements()).toContainEqual(
      expect.objectContaining({
        ...{ type: 'ReceiptIdentified', tradeId: 'trd_1', amount: money('EUR', 700n) },
      }),
    );
    expect([balanceOf(desk, '1200'), balanceOf(desk, '2900'), balanceOf(desk, '2000')]).toEqual([
      ...[700n, 0n, -700n],
    ]);
    expect(breaksOf(desk).filter((type) => type === 'BreakCleared')).toHaveLength(
      breaksOf(desk).length / 2,
    );
  });

  it('in instalments funds it as a whole', async () => {
    const lines = [credit('lin_1', 400n, 'PO-77 1/2'), credit('lin_2', 300n, 'PO-77 2/2')];
    const desk = await run([awaited('trd_1', 'PO-77'), ...lines]);
    expect(desk.matches).toMatchObject([{ pass: 'batch_group', right: ['lin_1', 'lin_2'] }]);
    expect([balanceOf(desk, '1200'), balanceOf(desk, '2000')]).toEqual([700n, -700n]);
  });

  it('is a receipt of what was expected, where it is off by what is tolerated', async () => {
    const desk = await run([awaited('trd_1', 'PO-77'), credit('lin_1', 699n, 'PO-77')]);
    expect([balanceOf(desk, '1200'), balanceOf(desk, '2000'), balanceOf(desk, '5300')]).toEqual([
      ...[699n, -700n, 1n],
    ]);
  });

  it('and is too little, is a break; what came is owed until it is known how', async () => {
    const desk = await run([awaited('trd_1', 'PO-77'), credit('lin_1', 600n, 'PO-77')]);
    expect(breaksOf(desk)).toEqual(['E under']);
    expect([balanceOf(desk, '1200'), balanceOf(desk, '2900')]).toEqual([600n, -600n]);
    const [raised] = desk.breakEvents();
    const step = { by: 'ann', reason: 'The bank kept it.', at: desk.clock.at };
    await desk.decide(raised?.breakId ?? '', { type: 'WriteOff', limitMinor: 100n, ...step });
    await desk.lanes.addWork('bank_in', ['lin_1']);
    await desk.run('bank_in');
    const after = ['1200', '2900', '2000', '5500'].map((code) => balanceOf(desk, code));
    expect(after).toEqual([600n, 0n, -700n, 100n]);
  });

  it('of two trades with that number and amount goes to a person', async () => {
    const trades = [awaited('trd_1', 'PO-77'), awaited('trd_2', 'PO-77')];
    const desk = await run([...trades, credit('lin_1', 700n, 'PO-77')]);
    expect(breaksOf(desk)).toEqual(['E duplicate']);
    expect(typesOf(desk)).toEqual(['ReceiptSuspended']);
  });
});

describe('A transfer that is awaited no longer', () => {
  it('matches nothing and is never missing, in whatever order that is told', async () => {
    const withdrawal = awaitedNoLonger('trd_1', on);
    for (const order of [
      [awaited('trd_1', 'PO-77'), withdrawal],
      [withdrawal, awaited('trd_1', 'PO-77')],
    ]) {
      const desk = await run(order);
      await run([credit('lin_1', 700n, 'PO-77')], desk);
      expect(breaksOf(desk)).toEqual(['E unexpected']);
      desk.clock.at = '2026-09-29T10:00:00.000Z';
      await desk.run('bank_in');
      expect(breaksOf(desk)).toEqual(['E unexpected']);
    }
  });

  it('leaves the line unexpected again, where both were in a break', async () => {
    const desk = await run([credit('lin_1', 600n, 'PO-77')]);
    await run([awaited('trd_1', 'PO-77')], desk);
    await run([awaitedNoLonger('trd_1', on)], desk);
    expect(breaksOf(desk).sort()).toEqual([
      ...['BreakCleared', 'BreakCleared', 'E under', 'E unexpected', 'E unexpected'],
    ]);
    const [line] = await desk.lanes.getItems('bank_in', ['lin_1']);
    const state = await desk.decide(line?.breakId ?? '', {
      ...{ type: 'SendBack', by: 'ann', reason: 'Not awaited.', at: desk.clock.at },
    });
    expect(state).toMatchObject({ kind: 'appended' });
  });
});

describe('What finance records of the bank', () => {
  it.each([
    ['by the end-to-end id', { endToEndId: 'TOP-1' }],
    ['by the bank’s own reference', { bankReference: 'TOP-1' }],
  ])('is matched with the line %s, and what lay in suspense is not owed twice', async (_, keys) => {
    const desk = await run([credit('lin_1', 700n, '', { keys })]);
    await run([recorded('own_funds', 'TOP-1', 700n)], desk);
    expect(desk.matches).toMatchObject([{ rec: 'E', left: ['own_funds:TOP-1'] }]);
    expect(typesOf(desk)).toEqual(['ReceiptSuspended', 'ReceiptReleased']);
    expect(breaksOf(desk)).toEqual(['E unexpected', 'BreakCleared']);
  });

  it('under a line’s own id ends the break of that line', async () => {
    const desk = await run([credit('lin_1', 700n)]);
    await run([recorded('receipt', 'lin_1', 700n)], desk);
    expect(breaksOf(desk)).toEqual(['E unexpected', 'BreakCleared']);
    const paid = await run([debit('lin_9', 700n, {})]);
    await run([recorded('refund_paid', 'lin_9', -700n)], paid);
    expect(breaksOf(paid)).toEqual(['D unexpected', 'BreakCleared']);
  });

  it('and the bank does not show is missing after its window', async () => {
    const desk = await run([recorded('refund_paid', 'R-1', -700n)]);
    desk.clock.at = '2026-07-03T10:00:00.000Z';
    await desk.run('bank_out');
    expect(breaksOf(desk)).toEqual(['D missing']);
  });
});

describe('A cover trade', () => {
  const legs = [
    recorded('cover_sold', 'FX-9', -700n, 'FX-9'),
    recorded('cover_bought', 'FX-9', 650n, 'FX-9'),
  ];
  const bought = (minor: bigint) => credit('lin_2', minor, '', { keys: { dealId: 'FX-9' } });
  const sold = debit('lin_1', 700n, { dealId: 'FX-9' });

  it('is confirmed by both lines, by the deal’s id', async () => {
    const desk = await run([...legs, sold, bought(650n)]);
    expect(desk.matches.map(({ rec, left, right }) => [rec, left, right])).toEqual([
      ['G', ['cover_bought:FX-9'], ['lin_2']],
      ['G', ['cover_sold:FX-9'], ['lin_1']],
    ]);
    expect(breaksOf(desk)).toEqual([]);
  });

  it('may lose a minor unit to rounding, which is an exchange result on the bank account', async () => {
    const desk = await run([...legs, sold, bought(649n)]);
    expect([balanceOf(desk, '1200'), balanceOf(desk, '5200')]).toEqual([-1n, 1n]);
  });

  it('that is confirmed with less, or not the same day, is a break', async () => {
    const desk = await run([...legs, sold, bought(600n)]);
    expect(breaksOf(desk)).toEqual(['G under']);
    const late = await run(legs);
    late.clock.at = '2026-06-30T10:00:00.000Z';
    await late.run('bank_in');
    await late.run('bank_out');
    expect(breaksOf(late)).toEqual(['G missing', 'G missing']);
    await run([sold, bought(650n)], late);
    expect(breaksOf(late).slice(2)).toEqual(['BreakCleared', 'BreakCleared']);
  });
});

describe('A structured reference', () => {
  it('is known by its check digits, though the bank hands on nothing else', async () => {
    const reference = 'RF18539007547034';
    const keys = { structuredReference: 'RF18 5390 0754 7034' };
    const desk = await run([awaited('trd_1', reference), credit('lin_1', 700n, '', { keys })]);
    expect(desk.matches).toMatchObject([{ rec: 'E', pass: 'structured_reference' }]);
    expect(typesOf(desk)).toContain('ReceiptIdentified');
  });
});

describe('A provider’s payout whose trace id is known only after it was announced', () => {
  const payoutId = 'po_77';
  const announced = expectationOf({
    ...{ kind: 'provider_payout_announced', payoutId, amount: money('EUR', 700n), on },
  });
  const knownAs = payoutKnownAs({ payoutId, traceId: 'TRACE-1' }, on);
  const line = credit('lin_1', 700n, '', { keys: { endToEndId: 'TRACE-1', traceId: 'TRACE-1' } });

  it.each([
    ['the line last', [announced, knownAs, line]],
    ['the trace id last', [announced, line, knownAs]],
    ['the payout last', [knownAs, line, announced]],
  ] as const)('is matched with the line that carries it, %s', async (_, items) => {
    const desk = matchingDesk();
    for (const one of items) await run([one], desk);
    expect(desk.matches).toMatchObject([{ rec: 'C', left: [announced.item.id], right: ['lin_1'] }]);
    expect(balanceOf(desk, '1200')).toBe(700n);
    expect(balanceOf(desk, '2900')).toBe(0n);
    expect(desk.breakEvents().filter(({ type }) => type === 'BreakRaised').length).toBe(
      desk.breakEvents().filter(({ type }) => type === 'BreakCleared').length,
    );
  });

  it('is expected no longer once it is called off', async () => {
    const desk = matchingDesk();
    await run([announced], desk);
    await run([payoutNoLonger(payoutId, on)], desk);
    desk.clock.at = '2026-09-29T10:00:00.000Z';
    await run([], desk);
    expect(desk.breakEvents()).toEqual([]);
  });
});
