import { matchingDesk } from './matching-desk.ts';
import { announced, credit, raised, statusOf } from './matching-items.ts';

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
