import fc from 'fast-check';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { type MatchingDesk, matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, payment, raised, statusOf } from './matching-items.ts';

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
