import { item } from '../reconciliation/items.ts';
import { matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, payment, raised, statusOf } from './matching-items.ts';

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
