import { money } from '../../../src/money/money.ts';
import { breakStream } from '../../../src/platform/ids.ts';
import { detailBreak, summarizeBreak } from '../../../src/process/break-view.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { story } from '../../support/builders.ts';
import { matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, payment, raised } from './matching-items.ts';

const back = (minor: bigint, id = 'lin_2') => {
  const line = debit(id, 'A', -minor);
  return { ...line, item: { ...line.item, returned: 'AC04' } };
};

/** The first break as the API answers it. */
async function shownOf(
  desk: ReturnType<typeof matchingDesk>,
  { limits: bankChargeLimits }: { readonly limits: { EUR?: bigint } },
) {
  const records = await desk.breaks.load(breakStream(raised(desk)[0]?.breakId ?? ''));
  const summary = summarizeBreak(records);
  if (summary === undefined) throw new Error('There is no break.');
  return detailBreak(desk.lanes, { summary, records, today: '2026-06-29', bankChargeLimits });
}

/** A payment of 5,000.00 EUR, of which banks may keep 50.00 unless more is allowed. */
async function paid(order: 'line first' | 'payment first', minor: bigint) {
  const bankCharges: { limits: { EUR?: bigint } } = { limits: {} };
  const desk = matchingDesk({ bankCharges });
  const items = [[payment('A', 500_000n), debit('lin_1', 'A', 500_000n)], [back(minor)]];
  for (const some of order === 'line first' ? items.toReversed() : items) {
    await desk.lanes.addItems(some);
    await desk.run('bank_out');
  }
  const returns = () => desk.outcomes.filter(({ outcome }) => outcome.kind === 'returned');
  const shown = () => shownOf(desk, bankCharges);
  return { desk, bankCharges, returns, shown };
}

describe('a line that brings back less of a payment than banks leave of it', () => {
  it.each([['line first'], ['payment first']] as const)(
    'is a break that says why, and settlement is not told, %s',
    async (order) => {
      const { desk, returns, shown } = await paid(order, 1n);
      expect(returns()).toEqual([]);
      expect(breaksOf(desk)).toEqual(['BreakRaised']);
      expect(raised(desk)).toMatchObject([{ breakType: 'returned', right: ['lin_2'] }]);
      expect(await shown()).toMatchObject({
        tooLittleBack: { paid: money('EUR', 500_000n), mostKept: money('EUR', 5_000n) },
      });
    },
  );

  it('is not one where banks kept the most that they may, and the break says nothing of it', async () => {
    const { returns, shown } = await paid('payment first', 495_000n);
    expect(returns()).toHaveLength(1);
    expect(await shown()).not.toHaveProperty('tooLittleBack');
    expect((await paid('payment first', 494_999n)).returns()).toEqual([]);
  });

  it('is told as a return once more may be kept and a person has had it looked at again', async () => {
    const { desk, bankCharges, returns, shown } = await paid('payment first', 494_000n);
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    expect(returns()).toEqual([]);
    bankCharges.limits = { EUR: 6_000n };
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    expect(returns()).toMatchObject([
      { outcome: { returned: { amountMinor: 494_000n }, code: 'AC04' } },
    ]);
    expect(await shown()).not.toHaveProperty('tooLittleBack');
  });

  it('may be written off as what it is, money that the bank gave', async () => {
    const { desk, shown } = await paid('payment first', 1n);
    await desk.decide(raised(desk)[0]?.breakId ?? '', {
      ...{ type: 'WriteOff', limitMinor: 1_000n, by: 'ann', reason: 'A fee given back.' },
      at: desk.clock.at,
    });
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    const legs = desk.journal().flatMap((entry) => entry.legs);
    expect(legs.map(({ account, amountMinor }) => [account, amountMinor])).toEqual([
      ['1200', 1n],
      ['5500', -1n],
    ]);
    expect(await shown()).not.toHaveProperty('tooLittleBack');
  });

  it('does not keep a later line from being the return', async () => {
    const { desk, returns } = await paid('payment first', 1n);
    await desk.lanes.addItems([back(499_999n, 'lin_3')]);
    await desk.run('bank_out');
    expect(returns()).toMatchObject([{ outcome: { returned: { amountMinor: 499_999n } } }]);
  });
});

describe('a refund by bank of which less comes back than banks leave', () => {
  it('stays paid, until more may be kept and a person has its line looked at again', async () => {
    const bankCharges: { limits: { EUR?: bigint } } = { limits: {} };
    const desk = matchingDesk({ bankCharges });
    const amount = money('EUR', 500_000n);
    await recordMovement(
      { store: desk.treasury, now: () => new Date(desk.clock.at) },
      { ...story.refundPaid, movementId: 'A', amount },
      { marketplaceId: 'mkt_1', cause: 'api#paid' },
    );
    await desk.lanes.addItems([
      { ...payment('A', 500_000n), item: { ...payment('A', 500_000n).item, id: 'refund_paid:A' } },
      back(494_999n),
    ]);
    await desk.run('bank_out');
    expect(breaksOf(desk)).toEqual(['BreakRaised']);
    expect(desk.movements().map(({ type }) => type)).toEqual(['RefundPaid']);
    expect(await shownOf(desk, bankCharges)).toMatchObject({
      tooLittleBack: { paid: amount, mostKept: money('EUR', 5_000n) },
    });
    bankCharges.limits = { EUR: 5_001n };
    await desk.lanes.addWork('bank_out', ['lin_2']);
    await desk.run('bank_out');
    expect(desk.movements().at(-1)).toMatchObject({
      ...{ type: 'RefundReturned', returned: { amountMinor: 494_999n } },
    });
  });
});
