import fc from 'fast-check';
import { money } from '../../../src/money/money.ts';
import { expectationOf } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { story } from '../../support/builders.ts';
import { item } from '../reconciliation/items.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';

const payment = (ref: string, minor: bigint, date = '2026-06-26'): LaneItem => ({
  ...{ lane: 'bank_out', side: 'left', rec: 'D' },
  item: item(`payout_sent:${ref}`, -minor, { keys: { endToEndId: ref }, date }),
  about: { payoutId: `payout_${ref}`, tradeId: `trd_${ref}` },
});
const debit = (id: string, ref: string, minor: bigint): LaneItem => ({
  ...{ lane: 'bank_out', side: 'right', rec: null },
  item: item(id, -minor, { keys: { endToEndId: ref } }),
});
const credit = (id: string, minor: bigint, keys: LaneItem['item']['keys'] = {}): LaneItem => ({
  ...{ lane: 'bank_in', side: 'right', rec: null, item: item(id, minor, { keys }) },
});
const announced = (id: string, minor: bigint): LaneItem => ({
  ...{ lane: 'bank_in', side: 'left', rec: 'C', about: { payoutId: id } },
  item: item(`provider_payout_announced:${id}`, minor, { keys: { payoutId: id } }),
});

const breaksOf = (desk: MatchingDesk) => desk.breakEvents().map((event) => event.type);
const raised = (desk: MatchingDesk) =>
  desk.breakEvents().flatMap((event) => (event.type === 'BreakRaised' ? [event] : []));
const statusOf = (desk: MatchingDesk, id: string) =>
  desk.lanes.all().find((one) => one.item.id === id)?.status;

describe('a bank line that a payment of ours expects', () => {
  it('confirms the payout, once, and both are matched', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([payment('A', 500n), debit('lin_1', 'A', 500n)]);
    await desk.run('bank_out');
    await desk.run('bank_out');
    expect(desk.matches).toMatchObject([{ rec: 'D', pass: 'exact', right: ['lin_1'] }]);
    expect(desk.outcomes).toMatchObject([
      { payoutId: 'payout_A', endToEndId: 'A', outcome: { kind: 'confirmed' } },
    ]);
    expect(desk.breakEvents()).toEqual([]);
    expect(statusOf(desk, 'lin_1')).toBe('matched');
  });

  it('may come before it or after it', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([debit('lin_1', 'A', 500n)]);
    await desk.run('bank_out');
    expect(raised(desk)).toMatchObject([{ rec: 'D', breakType: 'unexpected', right: ['lin_1'] }]);
    await desk.lanes.addItems([payment('A', 500n)]);
    await desk.run('bank_out');
    expect(desk.matches).toHaveLength(1);
    expect(breaksOf(desk)).toEqual(['BreakRaised', 'BreakCleared']);
  });

  it('that is off by what is tolerated posts the difference to its own account', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([payment('A', 500n), debit('lin_1', 'A', 501n)]);
    await desk.run('bank_out');
    expect(desk.movements()).toMatchObject([
      {
        ...{ type: 'DifferenceTolerated', asset: '1200', account: '5300' },
        amount: { amountMinor: -1n },
      },
    ]);
    expect(desk.journal()).toMatchObject([{ kind: 'difference_tolerated' }]);
  });
});

describe('the payments of a batch', () => {
  it('are each matched by their own lines, though they hang together', async () => {
    const desk = matchingDesk();
    const refs = Array.from({ length: 400 }, (_, index) => `R${index}`);
    const inBatch = (one: LaneItem): LaneItem => ({
      ...one,
      item: { ...one.item, keys: { ...one.item.keys, batchId: 'BATCH-1' } },
    });
    await desk.lanes.addItems(refs.map((ref) => inBatch(payment(ref, 500n))));
    await desk.lanes.addItems(refs.map((ref) => debit(`lin_${ref}`, ref, 500n)));
    await desk.run('bank_out');
    expect(desk.matches).toHaveLength(400);
    expect(desk.outcomes).toHaveLength(400);
    expect(desk.breakEvents()).toEqual([]);
  });
});

describe('a payment that does not come', () => {
  it('is a break from the day after its window, and cleared when it comes at last', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([payment('A', 500n)]);
    for (const day of ['2026-06-29', '2026-07-01']) {
      desk.clock.at = `${day}T10:00:00.000Z`;
      await desk.run('bank_out');
      expect(desk.breakEvents()).toEqual([]);
    }
    desk.clock.at = '2026-07-02T10:00:00.000Z';
    await desk.run('bank_out');
    await desk.run('bank_out');
    expect(raised(desk)).toMatchObject([{ breakType: 'missing', since: '2026-06-26' }]);
    await desk.lanes.addItems([debit('lin_1', 'A', 500n)]);
    await desk.run('bank_out');
    expect(breaksOf(desk)).toEqual(['BreakRaised', 'BreakCleared']);
    expect(desk.outcomes).toHaveLength(1);
  });
});

describe('a payment that comes back', () => {
  it('is a break and told to settlement; what settlement books of it clears the break', async () => {
    const desk = matchingDesk();
    const back = debit('lin_2', 'A', -480n);
    await desk.lanes.addItems([
      ...[payment('A', 500n), debit('lin_1', 'A', 500n)],
      { ...back, item: { ...back.item, returned: 'AC04' } },
    ]);
    await desk.run('bank_out');
    expect(desk.outcomes.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'confirmed' },
      { kind: 'returned', code: 'AC04', returned: { amountMinor: 480n } },
    ]);
    expect(raised(desk)).toMatchObject([{ breakType: 'returned' }]);
    await desk.lanes.addItems([
      {
        ...{ lane: 'bank_out', side: 'left', rec: 'D' },
        item: item('payout_returned:A', 480n, { keys: { endToEndId: 'A' }, returned: 'AC04' }),
      },
    ]);
    await desk.run('bank_out');
    expect(breaksOf(desk)).toEqual(['BreakRaised', 'BreakCleared']);
    expect(desk.outcomes).toHaveLength(2);
  });
});

describe('a payout that came back and whose line a person writes off', () => {
  it('stays what the books have of it, once that is expected', async () => {
    const desk = matchingDesk();
    const line = debit('lin_2', 'A', -480n);
    const back = { ...line, item: { ...line.item, returned: 'AC04' } };
    await desk.lanes.addItems([payment('A', 500n), debit('lin_1', 'A', 500n), back]);
    await desk.run('bank_out');
    const [found] = raised(desk);
    await desk.decide(found?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.' },
      at: desk.clock.at,
    });
    const expected = { kind: 'payout_returned', endToEndId: 'A', code: 'AC04' } as const;
    const amount = money('EUR', 480n);
    await desk.lanes.addItems([expectationOf({ ...expected, amount, on: '2026-06-26' })]);
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    expect(breaksOf(desk).slice(-2)).toEqual(['BreakReopened', 'BreakCleared']);
    const written = desk.journal().flatMap(({ legs }) => legs);
    expect(
      written.reduce((sum, leg) => (leg.account === '1200' ? sum + leg.amountMinor : sum), 0n),
    ).toBe(0n);
  });
});

describe('a refund by bank that comes back', () => {
  const refundPaid = { ...story.refundPaid, movementId: 'RF-1', amount: money('EUR', 500n) };
  const back = (id: string, minor: bigint) => {
    const line = debit(id, 'RF-1', -minor);
    return { ...line, item: { ...line.item, returned: 'AC04' } };
  };
  const balances = (desk: ReturnType<typeof matchingDesk>) =>
    ['1200', '2310', '5500'].map((code) =>
      desk
        .journal()
        .flatMap(({ legs }) => legs)
        .filter(({ account }) => account === code)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    );
  const paid = async () => {
    const desk = matchingDesk();
    await recordMovement({ store: desk.treasury, now: () => new Date(desk.clock.at) }, refundPaid, {
      ...{ marketplaceId: 'mkt_1', cause: 'api#paid' },
    });
    return desk;
  };

  it('is owed again, less nothing of what banks kept, and once', async () => {
    const desk = await paid();
    await desk.lanes.addItems([back('lin_1', 480n)]);
    await desk.run('bank_out');
    expect(desk.movements().at(-1)).toMatchObject({
      ...{ type: 'RefundReturned', reference: 'RF-1', refundId: refundPaid.refundId },
      ...{ returned: { amountMinor: 480n }, code: 'AC04', occurredAt: '2026-06-26T00:00:00Z' },
    });
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
    await desk.lanes.addItems([back('lin_2', 480n)]);
    await desk.run('bank_out');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
  });

  it('is booked once, where a person writes its line off in the same moment', async () => {
    const desk = await paid();
    await desk.lanes.addItems([back('lin_1', 480n)]);
    await desk.run('bank_out');
    const [found] = raised(desk);
    await desk.decide(found?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'Nobody knows.' },
      at: desk.clock.at,
    });
    await desk.lanes.addWork('bank_out', ['lin_1']);
    await desk.run('bank_out');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
    expect(desk.breakEvents().at(-1)).toMatchObject({ type: 'BreakReopened', taken: ['lin_1'] });
    const expected = { kind: 'refund_returned', endToEndId: 'RF-1', code: 'AC04' } as const;
    const amount = money('EUR', 480n);
    await desk.lanes.addItems([expectationOf({ ...expected, amount, on: '2026-06-26' })]);
    await desk.run('bank_out');
    expect(breaksOf(desk).at(-1)).toBe('BreakCleared');
    expect(balances(desk)).toEqual([-20n, 0n, 20n]);
  });

  it('with more than was paid, or in another currency, is a person’s', async () => {
    const desk = await paid();
    const euros = back('lin_1', 501n);
    const dollars = back('lin_2', 500n);
    await desk.lanes.addItems([
      euros,
      { ...dollars, item: { ...dollars.item, currency: 'USD' as const } },
    ]);
    await desk.run('bank_out');
    expect(desk.movements()).toHaveLength(1);
    expect(raised(desk)).toHaveLength(2);
  });
});

describe('money that nobody expects', () => {
  it('lies in suspense under its line', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([credit('lin_1', 700n)]);
    await desk.run('bank_in');
    expect(raised(desk)).toMatchObject([{ rec: 'E', breakType: 'unexpected' }]);
    expect(desk.journal()).toMatchObject([
      {
        kind: 'receipt_suspended',
        legs: [
          { account: '1200', amountMinor: 700n },
          { account: '2900', amountMinor: -700n, scope: 'lin_1' },
        ],
      },
    ]);
  });

  it('that is read in another month tells the day that the bank names (P29)', async () => {
    const desk = matchingDesk();
    desk.clock.at = '2026-07-02T10:00:00.000Z';
    await desk.lanes.addItems([
      ...[
        credit('lin_1', 700n),
        announced('po_1', 300n),
        credit('lin_2', 301n, { payoutId: 'po_1' }),
      ],
    ]);
    await desk.run('bank_in');
    expect(
      desk
        .movements()
        .map(({ type, occurredAt }) => `${type} ${occurredAt}`)
        .sort(),
    ).toEqual([
      'DifferenceTolerated 2026-06-26T00:00:00Z',
      'PspPayoutReceived 2026-06-26T00:00:00Z',
      'ReceiptSuspended 2026-06-26T00:00:00Z',
    ]);
  });

  it('and is a provider’s payout after all, is booked as that and no longer in suspense', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([credit('lin_1', 700n, { payoutId: 'po_1' })]);
    await desk.run('bank_in');
    await desk.lanes.addItems([announced('po_1', 700n)]);
    await desk.run('bank_in');
    expect(desk.movements().map(({ type }) => type)).toEqual([
      ...['ReceiptSuspended', 'ReceiptReleased', 'PspPayoutReceived'],
    ]);
    const onBank = desk
      .journal()
      .flatMap(({ legs }) => legs)
      .filter(({ account }) => account === '1200');
    expect(onBank.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(700n);
  });

  it('and is sent back, leaves suspense; its line is closed', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([credit('lin_1', 700n)]);
    await desk.run('bank_in');
    const [{ breakId } = { breakId: '' }] = raised(desk);
    const step = { by: 'key_1', reason: 'Not ours.', at: desk.clock.at };
    await desk.decide(breakId, { type: 'SendBack', ...step });
    await desk.lanes.addWork('bank_in', ['lin_1']);
    await desk.run('bank_in');
    await desk.run('bank_in');
    expect(desk.movements().map(({ type }) => type)).toEqual([
      ...['ReceiptSuspended', 'ReceiptReleased'],
    ]);
    expect(statusOf(desk, 'lin_1')).toBe('closed');
  });
});

describe('a difference that a person writes off', () => {
  it('confirms the payout for what was paid, and closes both sides', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems([payment('A', 500n), debit('lin_1', 'A', 530n)]);
    await desk.run('bank_out');
    expect(desk.outcomes).toEqual([]);
    const [{ breakId } = { breakId: '' }] = raised(desk);
    const step = { by: 'key_1', reason: 'The bank’s fee.', at: desk.clock.at };
    await desk.decide(breakId, { type: 'WriteOff', limitMinor: 100n, ...step });
    await desk.lanes.addWork('bank_out', ['lin_1', 'payout_sent:A']);
    await desk.run('bank_out');
    expect(desk.outcomes).toMatchObject([{ payoutId: 'payout_A', outcome: { kind: 'confirmed' } }]);
    expect([statusOf(desk, 'lin_1'), statusOf(desk, 'payout_sent:A')]).toEqual([
      ...['closed', 'closed'],
    ]);
    expect(desk.journal()).toMatchObject([
      {
        kind: 'break_written_off',
        legs: [
          { account: '1200', amountMinor: -30n },
          { account: '5500', amountMinor: 30n },
        ],
      },
    ]);
  });
});

describe('what a person matches by hand', () => {
  it('settles the payment, and clears the other break that it was in', async () => {
    const desk = matchingDesk();
    desk.clock.at = '2026-07-02T10:00:00.000Z';
    const unnamed = { ...debit('lin_1', 'x', 500n), item: item('lin_1', -500n) };
    await desk.lanes.addItems([payment('A', 500n), unnamed]);
    await desk.run('bank_out');
    expect(
      raised(desk)
        .map(({ breakType }) => breakType)
        .sort(),
    ).toEqual([...['missing', 'unexpected']]);
    const missing = raised(desk).find(({ breakType }) => breakType === 'missing');
    const total = { currency: 'EUR', amountMinor: -500n } as const;
    await desk.decide(missing?.breakId ?? '', {
      ...{ type: 'MatchByHand', left: ['payout_sent:A'], right: ['lin_1'] },
      ...{ leftTotal: total, rightTotal: total },
      ...{ by: 'key_1', reason: 'Same day, same amount.', at: desk.clock.at },
    });
    await desk.lanes.addWork('bank_out', ['payout_sent:A', 'lin_1']);
    await desk.run('bank_out');
    expect(desk.outcomes).toMatchObject([{ payoutId: 'payout_A', outcome: { kind: 'confirmed' } }]);
    expect([statusOf(desk, 'lin_1'), statusOf(desk, 'payout_sent:A')]).toEqual([
      ...['closed', 'closed'],
    ]);
    expect(breaksOf(desk).filter((type) => type === 'BreakCleared')).toHaveLength(1);
  });
});

describe('a run', () => {
  const items = (): LaneItem[] => [
    ...[payment('A', 500n), debit('lin_1', 'A', 500n), payment('B', 300n)],
    ...[debit('lin_2', 'B', 340n), debit('lin_3', 'C', 100n), payment('D', 50n)],
  ];
  const evidence = (desk: MatchingDesk) => ({
    items: desk.lanes.all(),
    breaks: desk.breakEvents(),
    movements: desk.movements(),
    outcomes: [...new Set(desk.outcomes.map(({ messageId }) => messageId))],
    matches: [...new Set(desk.matches.map(({ matchId }) => matchId))],
  });

  it.each(Array.from({ length: 9 }, (_, index) => index + 1))(
    'that dies at write %i is finished by the next as it was decided',
    async (failAt) => {
      const whole = matchingDesk();
      await whole.lanes.addItems(items());
      await whole.run('bank_out');
      const broken = matchingDesk({ failAt });
      await broken.lanes.addItems(items());
      await broken.run('bank_out').catch(() => undefined);
      broken.clock.at = '2026-06-29T10:02:00.000Z';
      await broken.run('bank_out');
      const undated = ({ items: all, ...rest }: ReturnType<typeof evidence>) =>
        JSON.stringify({ all, ...rest }, (name, value) =>
          typeof value === 'bigint' ? `${value}` : /At$|^at$/.test(name) ? undefined : value,
        );
      expect(undated(evidence(broken))).toBe(undated(evidence(whole)));
    },
  );

  it('that finds the lane held leaves it to its holder, until the lease has run out', async () => {
    const desk = matchingDesk();
    await desk.lanes.addItems(items());
    const lease = { holder: 'other', now: desk.clock.at, until: '2026-06-29T10:01:00.000Z' };
    await desk.lanes.lease('bank_out', lease);
    expect(await desk.run('bank_out')).toMatchObject({ kind: 'ignored' });
    expect(desk.matches).toEqual([]);
    desk.clock.at = '2026-06-29T10:01:00.000Z';
    await desk.run('bank_out');
    expect(desk.matches).toHaveLength(1);
  });

  it('that has no time left has the lane looked at again', async () => {
    const desk = matchingDesk({ rounds: 0 });
    await desk.lanes.addItems(items());
    await desk.run('bank_out');
    expect(desk.wentOn).toEqual(['bank_out']);
  });
});

describe('items that come in any order, with runs in between', () => {
  const refs = ['A', 'B', 'C'];
  const one = fc.record({
    isPayment: fc.boolean(),
    ref: fc.constantFrom(...refs),
    minor: fc.constantFrom(100n, 101n, 150n),
    runs: fc.boolean(),
  });

  type Arrival = typeof one extends fc.Arbitrary<infer A> ? A : never;

  const arrive = async (desk: MatchingDesk, arrival: Arrival, index: number): Promise<void> => {
    const { isPayment, ref, minor, runs } = arrival;
    const line = debit(`lin_${index}`, ref, minor);
    await desk.lanes.addItems([isPayment ? payment(ref, minor) : line]);
    if (runs) await desk.run('bank_out');
  };

  it('are each matched once at most, and then nothing more happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 12 }), async (arrivals) => {
        const desk = matchingDesk();
        for (const [index, arrival] of arrivals.entries()) await arrive(desk, arrival, index);
        await desk.run('bank_out');
        const taken = desk.matches.flatMap(({ left, right }) => [...left, ...right]);
        expect(new Set(taken).size).toBe(taken.length);
        const matched = desk.lanes.all().filter(({ status }) => status === 'matched');
        expect(matched.map(({ item: { id } }) => id).sort()).toEqual([...taken].sort());
        const before = [desk.writes() + 1, desk.breakEvents().length];
        await desk.run('bank_out');
        expect([desk.writes(), desk.breakEvents().length]).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
