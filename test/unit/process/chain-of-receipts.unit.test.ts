import { money } from '../../../src/money/money.ts';
import { story, tradeId } from '../../support/builders.ts';
import { chainDesk } from './chain-desk.ts';

const { tradeOpened, escrowFunded } = story;
const { refundSettled, receiptIdentified, refundPaid } = story;

describe('The chain of a trade that is paid to our own bank account', () => {
  const received = escrowFunded.received;
  const funded = (...receiptIds: string[]) => ({
    ...{ ...escrowFunded, settled: received, fee: money('EUR', 0n), receiptIds },
    chargeId: receiptIds.at(-1) ?? '',
  });

  it('leads to the line that was awaited, and back', async () => {
    const desk = chainDesk();
    const payBy = '2026-12-31T00:00:00.000Z';
    await desk.escrow({ ...tradeOpened, payBy });
    const { amountMinor } = tradeOpened.quote.sell;
    await desk.bank('EUR', { amountMinor, text: `Order ${tradeOpened.reference}` });
    const [receipt] = desk.desk
      .movements()
      .flatMap((event) => (event.type === 'ReceiptIdentified' ? [event] : []));
    await desk.escrow(funded(receipt?.movementId ?? ''));
    const line = desk.lineOf('bank_in', amountMinor);
    expect(await desk.trade()).toMatchObject({
      charge: {
        receipts: [{ receiptId: receipt?.movementId, bank: { matchedWith: [{ id: line }] } }],
      },
    });
    expect(await desk.line('bank_in', amountMinor)).toMatchObject({ tradeIds: [tradeId] });
  });

  it('in parts leads to each line, whatever finance called them, and to what went back', async () => {
    const desk = chainDesk();
    await desk.escrow(tradeOpened);
    await desk.bank('EUR', { amountMinor: 600n }, { amountMinor: 400n, endToEndId: 'BUYER-7' });
    const line = desk.lineOf('bank_in', 600n);
    const at = { occurredAt: '2026-07-10T09:00:00.000Z' };
    const own = { ...receiptIdentified, ...at, movementId: line, amount: money('EUR', 600n) };
    const named = { ...own, movementId: 'BUYER-7', amount: money('EUR', 400n) };
    await desk.movement(own);
    await desk.movement({
      ...story.receiptSuspended,
      ...at,
      movementId: 'BUYER-7',
      amount: named.amount,
    });
    await desk.movement(named);
    const part = { ...story.partialPaymentReceived, way: 'receipt' as const };
    await desk.escrow(
      { ...part, reference: line, added: own.amount },
      { ...part, reference: 'BUYER-7', added: named.amount },
      funded(line, 'BUYER-7'),
      {
        ...{ ...refundSettled, providerRefundId: refundPaid.movementId },
        booking: { ...refundSettled.booking, from: 'bank' },
      },
    );
    await desk.movement({ ...refundPaid, ...at, amount: money('EUR', 50n) });
    await desk.bank('EUR', { amountMinor: -50n, endToEndId: refundPaid.movementId });
    const other = desk.lineOf('bank_in', 400n);
    const bank = [{ matchedWith: [{ id: line }] }, { matchedWith: [{ id: other }] }];
    expect(await desk.trade()).toMatchObject({
      parts: bank.map((one) => ({ way: 'receipt', bank: one })),
      charge: { receipts: bank.map((one) => ({ bank: one })) },
      refunds: [{ bank: { matchedWith: [{ id: desk.lineOf('bank_out', -50n) }] } }],
    });
    for (const [lane, minor] of [
      ['bank_in', 600n],
      ['bank_in', 400n],
      ['bank_out', -50n],
    ] as const) {
      expect(await desk.line(lane, minor)).toMatchObject({ tradeIds: [tradeId] });
    }
  });
});
