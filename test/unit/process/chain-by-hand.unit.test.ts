import sampleInstruction from '../../../events/batch/payout-instruction-added.v1.json' with {
  type: 'json',
};
import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import { money } from '../../../src/money/money.ts';
import { awaitedTransferId } from '../../../src/reconciliation/expectations.ts';
import { endToEndIdFor } from '../../../src/settlement/bank-references.ts';
import { payoutId, story, tradeId } from '../../support/builders.ts';
import { paidByCard } from './card-trade.ts';
import { chainDesk } from './chain-desk.ts';

const { tradeOpened, escrowFunded } = story;

describe('The chain of what a person matched by hand', () => {
  it('leads from the order to a transfer that named nothing, and back', async () => {
    const desk = chainDesk();
    await desk.escrow({ ...tradeOpened, payBy: '2026-12-31T00:00:00.000Z' });
    const { amountMinor } = tradeOpened.quote.sell;
    await desk.bank('EUR', { amountMinor, text: 'thank you' });
    await desk.matchByHand('bank_in', amountMinor, awaitedTransferId(tradeId));
    const [receipt] = desk.desk
      .movements()
      .flatMap((event) => (event.type === 'ReceiptIdentified' ? [event] : []));
    const receiptIds = [receipt?.movementId ?? ''];
    const fee = money('EUR', 0n);
    await desk.escrow({ ...escrowFunded, settled: escrowFunded.received, fee, receiptIds });
    const bank = { status: 'closed', matchedWith: [{ id: desk.lineOf('bank_in', amountMinor) }] };
    expect(await desk.trade()).toMatchObject({ charge: { receipts: [{ bank }] } });
    expect(await desk.line('bank_in', amountMinor)).toMatchObject({
      ...{ tradeIds: [tradeId], matchedWith: [{ id: awaitedTransferId(tradeId) }] },
    });
  });

  it('leads from a payout to a debit that named nothing, and back', async () => {
    const desk = await paidByCard();
    const sample = PayoutInstructionAdded.parse(sampleInstruction);
    const endToEndId = endToEndIdFor(payoutId, 1);
    const { amount } = sample;
    await desk.payout(
      payoutId,
      { ...story.payoutRequested, rail: 'bank_file', amount },
      { ...sample, payoutId, tradeId, endToEndId },
    );
    await desk.bank('KRW', { amountMinor: -amount.amountMinor, text: 'transfer' });
    await desk.matchByHand('bank_out', -amount.amountMinor, `payout_sent:${endToEndId}`);
    const line = desk.lineOf('bank_out', -amount.amountMinor);
    expect(await desk.trade()).toMatchObject({
      payouts: [{ bank: { status: 'closed', matchedWith: [{ id: line }] } }],
    });
    expect(await desk.line('bank_out', -amount.amountMinor)).toMatchObject({
      ...{ tradeIds: [tradeId], payoutIds: [payoutId] },
      matchedWith: [{ id: `payout_sent:${endToEndId}` }],
    });
  });

  it('has no end where the line was resolved alone', async () => {
    const desk = chainDesk();
    await desk.bank('EUR', { amountMinor: 700n });
    const [line] = await desk.desk.lanes.getItems('bank_in', [desk.lineOf('bank_in', 700n)]);
    const step = { by: 'ann', reason: 'Not ours.', at: desk.desk.clock.at };
    await desk.desk.decide(line?.breakId ?? '', { type: 'SendBack', ...step });
    await desk.desk.lanes.addWork('bank_in', [line?.item.id ?? '']);
    await desk.desk.run('bank_in');
    expect(await desk.line('bank_in', 700n)).toMatchObject({
      ...{ line: { status: 'closed' }, matchedWith: [], tradeIds: [] },
    });
  });
});
