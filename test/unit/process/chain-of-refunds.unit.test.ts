import { money } from '../../../src/money/money.ts';
import { story, tradeId } from '../../support/builders.ts';
import { PAYOUT, paidByCard, paidOut } from './card-trade.ts';

const { refundSettled, refundPaid } = story;

describe('The chain of a trade whose refund came back', () => {
  it('leads to the provider’s booking of the failure and the bank line it was paid out with, and back', async () => {
    const desk = await paidByCard();
    const { providerRefundId, refundId, booking } = refundSettled;
    const failed = { ...story.refundFailed, refundId, providerRefundId, returned: booking };
    await desk.escrow({ ...refundSettled, attempt: failed.attempt }, failed);
    const net = await paidOut(desk);
    const provider = { payout: { payoutId: PAYOUT, bank: { status: 'matched' } } };
    expect(await desk.trade()).toMatchObject({
      refunds: [{ refundId, provider, returned: { reason: failed.reason, provider } }],
    });
    const line = await desk.line('bank_in', net);
    expect(line?.transactions.map(({ id }) => id)).toContain(`refund_failure:${providerRefundId}`);
    expect(line?.tradeIds).toEqual([tradeId]);
  });

  it('tells the attempt that failed before anything was booked, and the one that went through', async () => {
    const desk = await paidByCard();
    const { refundId } = refundSettled;
    const { returned: _, ...failed } = story.refundFailed;
    await desk.escrow(
      { ...failed, refundId, attempt: 1, providerRefundId: 're_1' },
      { ...refundSettled, attempt: 2, providerRefundId: 're_2' },
    );
    expect(await desk.trade()).toMatchObject({
      refunds: [
        { attempt: 1, provider: null, returned: { provider: null } },
        { attempt: 2, amount: refundSettled.booking.amount, provider: { payout: null } },
      ],
    });
  });
});

/** A refund by bank that the bank debited, and of which it brought so much back. */
async function broughtBack(amountMinor: bigint) {
  const desk = await paidByCard();
  const at = { occurredAt: '2026-07-10T09:00:00.000Z' };
  await desk.movement({ ...refundPaid, ...at, tradeId, amount: money('EUR', 50n) });
  const endToEndId = refundPaid.movementId;
  await desk.bank(
    'EUR',
    { amountMinor: -50n, endToEndId },
    { amountMinor, endToEndId, returnReason: 'AC04' },
  );
  return { desk, endToEndId };
}

describe('The chain of a trade whose refund by bank came back', () => {
  it('leads to what the books have of one that the bank brought back, and back', async () => {
    const { desk, endToEndId } = await broughtBack(48n);
    await desk.booked('RefundReturned');
    const booking = { ...refundSettled.booking, from: 'bank' as const };
    const own = { ...refundSettled, providerRefundId: endToEndId, booking };
    const failed = { ...story.refundFailed, refundId: own.refundId, returned: booking };
    await desk.escrow(own, { ...failed, providerRefundId: endToEndId, attempt: own.attempt });
    const line = desk.lineOf('bank_out', 48n);
    expect(await desk.trade()).toMatchObject({
      refunds: [
        {
          bank: { matchedWith: [{ id: desk.lineOf('bank_out', -50n) }] },
          returned: { status: 'matched', returned: 'AC04', matchedWith: [{ id: line }] },
          cameBack: [],
        },
      ],
    });
    expect(await desk.line('bank_out', 48n)).toMatchObject({
      ...{ tradeIds: [tradeId], matchedWith: [{ id: `refund_returned:${endToEndId}` }] },
    });
    const breaks = desk.desk.breakEvents().map(({ type }) => type);
    expect(breaks).toEqual(['BreakRaised', 'BreakCleared']);
  });

  it('leads from a line of the bank that brought one back to its trade', async () => {
    const { desk, endToEndId } = await broughtBack(50n);
    expect(await desk.line('bank_out', 50n)).toMatchObject({ tradeIds: [tradeId] });
    const settled = { ...refundSettled, providerRefundId: endToEndId };
    await desk.escrow({ ...settled, booking: { ...settled.booking, from: 'bank' } });
    expect(await desk.trade()).toMatchObject({
      refunds: [
        {
          bank: { matchedWith: [{ id: desk.lineOf('bank_out', -50n) }] },
          cameBack: [{ id: desk.lineOf('bank_out', 50n), returned: 'AC04' }],
        },
      ],
    });
  });
});
