import sampleInstruction from '../../../events/batch/payout-instruction-added.v1.json' with {
  type: 'json',
};
import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import { money } from '../../../src/money/money.ts';
import { awaitedTransferId } from '../../../src/reconciliation/expectations.ts';
import { endToEndIdFor } from '../../../src/settlement/bank-references.ts';
import { payoutId, story, tradeId } from '../../support/builders.ts';
import { chainDesk } from './chain-desk.ts';

const { tradeOpened, escrowFunded, fundsConverted, milestoneReleased } = story;
const { refundSettled, chargebackOpened, receiptIdentified, refundPaid } = story;
const PAYOUT = 'po_1RiF6bQ7dVxTn1Ys';

/** The trade is paid by card, and held. */
async function paidByCard() {
  const desk = chainDesk();
  await desk.escrow(tradeOpened, escrowFunded, fundsConverted, milestoneReleased);
  return desk;
}

/** What the provider lists, its payout, and the bank's credit of that. */
async function paidOut(desk: ReturnType<typeof chainDesk>): Promise<bigint> {
  const net = await desk.provider(PAYOUT);
  await desk.bank('USD', { amountMinor: net, text: `STRIPE ${PAYOUT}` });
  return net;
}

describe('The chain of a trade that is paid by card and to the seller by transfer', () => {
  it('leads from the order over charge, hold, transfer and payout to the bank line, and back', async () => {
    const desk = await paidByCard();
    await desk.payout(payoutId, story.payoutRequested, story.payoutSettled);
    const net = await paidOut(desk);
    const bank = { matchedWith: [{ id: desk.lineOf('bank_in', net), amount: money('USD', net) }] };
    const provider = { status: 'matched', payout: { payoutId: PAYOUT, bank } };
    expect(await desk.trade()).toMatchObject({
      order: { reference: tradeOpened.reference, amount: tradeOpened.amount },
      charge: { chargeId: escrowFunded.chargeId, provider },
      hold: { held: fundsConverted.converted },
      releases: [{ milestoneId: milestoneReleased.milestoneId }],
      payouts: [
        {
          rail: 'stripe_transfer',
          settled: true,
          transferId: story.payoutSettled.transferId,
          provider,
        },
      ],
    });
    const line = await desk.line('bank_in', net);
    expect(line).toMatchObject({ tradeIds: [tradeId], payoutIds: [payoutId, PAYOUT] });
    expect(line?.transactions.map(({ id }) => id).sort()).toEqual([
      `charge:${escrowFunded.chargeId}`,
      `transfer:${story.payoutSettled.transferId}`,
    ]);
  });

  it('has what was refunded, taken back by the buyer’s bank, and taken back of the transfer', async () => {
    const desk = await paidByCard();
    const bookings = [{ transactionId: 'txn_1', net: money('USD', -500n) }];
    await desk.escrow(refundSettled, { ...chargebackOpened, bookings });
    const settled = { ...story.payoutSettled, amount: money('USD', 1_000n) };
    await desk.payout(payoutId, story.payoutRequested, settled, {
      ...{ type: 'PayoutReversed', version: 1, payoutId, tradeId, milestoneId: 'delivery' },
      ...{ sellerId: 'pty_1', destination: 'acct_1', attempt: 1 },
      transferId: story.payoutSettled.transferId,
      ...{ amount: money('USD', 100n), totalReversed: money('USD', 100n) },
      reversals: [{ providerReversalId: 'trr_1', amount: money('USD', 100n) }],
      reversedAt: '2026-07-10T08:00:00.000Z',
    });
    const net = await paidOut(desk);
    const provider = { payout: { payoutId: PAYOUT, bank: { status: 'matched' } } };
    expect(await desk.trade()).toMatchObject({
      refunds: [{ refundId: refundSettled.refundId, provider }],
      chargebacks: [{ chargebackId: chargebackOpened.chargebackId, provider: [provider] }],
      payouts: [{ reversals: [{ providerReversalId: 'trr_1', provider }] }],
    });
    const line = await desk.line('bank_in', net);
    expect(line?.transactions).toHaveLength(5);
    expect(line?.tradeIds).toEqual([tradeId]);
  });

  it('has parts that came by transfer before the charge', async () => {
    const desk = chainDesk();
    const { partialPaymentReceived: part } = story;
    await desk.escrow(tradeOpened, part, { ...escrowFunded, applied: part.added });
    const net = await paidOut(desk);
    expect(await desk.trade()).toMatchObject({
      parts: [{ way: 'transfer', amount: part.added, bank: null }],
      charge: { provider: { payout: { bank: { status: 'matched' } } } },
    });
    expect(await desk.line('bank_in', net)).toMatchObject({ tradeIds: [tradeId] });
  });
});

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

describe('The chain of a trade whose refund by bank came back', () => {
  it('leads to what the books have of one that the bank brought back, and back', async () => {
    const desk = await paidByCard();
    const at = { occurredAt: '2026-07-10T09:00:00.000Z' };
    await desk.movement({ ...refundPaid, ...at, tradeId, amount: money('EUR', 50n) });
    const endToEndId = refundPaid.movementId;
    await desk.bank(
      'EUR',
      { amountMinor: -50n, endToEndId },
      { amountMinor: 48n, endToEndId, returnReason: 'AC04' },
    );
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
    const desk = await paidByCard();
    const at = { occurredAt: '2026-07-10T09:00:00.000Z' };
    await desk.movement({ ...refundPaid, ...at, tradeId, amount: money('EUR', 50n) });
    const endToEndId = refundPaid.movementId;
    await desk.bank(
      'EUR',
      { amountMinor: -50n, endToEndId },
      { amountMinor: 50n, endToEndId, returnReason: 'AC04' },
    );
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

describe('The chain of a trade whose seller is paid by a file for the bank', () => {
  it('leads to the bank’s debit and to what came back of it, and back', async () => {
    const desk = await paidByCard();
    const sample = PayoutInstructionAdded.parse(sampleInstruction);
    const endToEndId = endToEndIdFor(payoutId, 1);
    const amountMinor = sample.amount.amountMinor;
    await desk.payout(
      payoutId,
      { ...story.payoutRequested, rail: 'bank_file', amount: sample.amount },
      { ...sample, payoutId, tradeId, endToEndId },
    );
    await desk.bank('KRW', { amountMinor: -amountMinor, endToEndId });
    expect(await desk.trade()).toMatchObject({
      payouts: [
        {
          ...{ rail: 'bank_file', endToEndId, returned: null },
          bank: { matchedWith: [{ id: desk.lineOf('bank_out', -amountMinor) }] },
        },
      ],
    });
    expect(await desk.line('bank_out', -amountMinor)).toMatchObject({
      ...{ tradeIds: [tradeId], payoutIds: [payoutId], transactions: [] },
    });
  });
});

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

describe('A chain', () => {
  it('is not there for what is not there, and has no end where nothing is matched yet', async () => {
    const desk = chainDesk();
    expect(await desk.trade()).toBeUndefined();
    expect(await desk.line('bank_in', 1n)).toBeUndefined();
    await desk.escrow(tradeOpened);
    expect(await desk.trade()).toMatchObject({ charge: null, hold: null, payouts: [] });
    await desk.bank('EUR', { amountMinor: 1n });
    expect(await desk.line('bank_in', 1n)).toMatchObject({ tradeIds: [], matchedWith: [] });
  });
});
