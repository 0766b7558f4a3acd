import { money } from '../../../src/money/money.ts';
import { isSeenIn } from '../../../src/process/seen-lines.ts';
import { expectationOf, paymentId } from '../../../src/reconciliation/expectations.ts';
import type { LaneItem } from '../../../src/reconciliation/lane.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { matchingDesk } from './matching-desk.ts';
import { breaksOf, debit, raised, statusOf } from './matching-items.ts';

const payoutId = 'payout_1_delivery';
const payment = { endToEndId: endToEndIdFor(payoutId, 1), uetr: uetrFor(payoutId, 1) };
const expected = expectationOf(
  {
    ...{ kind: 'payout_sent', ...payment, batchId: 'BATCH-1' },
    ...{ amount: money('EUR', 500n), on: '2026-06-26' },
  },
  { payoutId, tradeId: 'trd_1' },
);
const line = (minor: bigint, keys: LaneItem['item']['keys']): LaneItem => {
  const one = debit('lin_1', payment.endToEndId, minor);
  return { ...one, item: { ...one.item, keys } };
};
const byEndToEndId = { endToEndId: payment.endToEndId };

/** A lane that has looked at these. */
async function laneOf(...items: readonly LaneItem[]) {
  const desk = matchingDesk();
  await desk.lanes.addItems(items);
  await desk.run('bank_out');
  return desk;
}

describe('A payment', () => {
  it('is not seen while only the books expect it, or miss it', async () => {
    const desk = await laneOf(expected);
    expect(await isSeenIn(desk.lanes)(payment)).toBe(false);
    desk.clock.at = '2026-07-29T10:00:00.000Z';
    await desk.run('bank_out');
    expect(raised(desk)).toMatchObject([{ breakType: 'missing' }]);
    expect(await isSeenIn(desk.lanes)(payment)).toBe(false);
  });

  it.each([
    ['its end-to-end id', byEndToEndId],
    ['its UETR', { uetr: payment.uetr }],
  ])('is seen in a line of another amount that names %s', async (_, keys) => {
    const desk = await laneOf(expected, line(503_000n, keys));
    expect(statusOf(desk, 'lin_1')).toBe('open');
    expect(await isSeenIn(desk.lanes)(payment)).toBe(true);
  });

  it('is seen in a line that nobody has looked at yet, expected or not', async () => {
    const { lanes } = matchingDesk();
    await lanes.addItems([line(500n, byEndToEndId)]);
    expect(await isSeenIn(lanes)(payment)).toBe(true);
  });

  it('is seen as part of a batch that was debited in one line', async () => {
    const desk = await laneOf(expected, line(500n, { batchId: 'BATCH-1' }));
    expect([statusOf(desk, paymentId(payment.endToEndId)), breaksOf(desk)]).toEqual([
      'matched',
      [],
    ]);
    expect(await isSeenIn(desk.lanes)(payment)).toBe(true);
  });

  it('is not seen in the debit of the rest of its batch, nor of another payment', async () => {
    const desk = await laneOf(
      expected,
      line(300n, { batchId: 'BATCH-1' }),
      debit('lin_2', 'OTHER', 500n),
    );
    expect(await isSeenIn(desk.lanes)(payment)).toBe(false);
  });
});
