import sampleInstruction from '../../../events/batch/payout-instruction-added.v1.json' with {
  type: 'json',
};
import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import { money } from '../../../src/money/money.ts';
import { endToEndIdFor, uetrFor } from '../../../src/settlement/bank-references.ts';
import { payoutId, story, tradeId } from '../../support/builders.ts';
import { payoutFailed, payoutReissued, payoutReturned } from '../settlement/payout-states.ts';
import { PAYOUT, paidByCard, paidOut } from './card-trade.ts';
import { chainDesk } from './chain-desk.ts';

const { tradeOpened, escrowFunded, fundsConverted, milestoneReleased } = story;
const { refundSettled, chargebackOpened } = story;

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

describe('The chain of a payment that the bank refused', () => {
  const sample = PayoutInstructionAdded.parse(sampleInstruction);
  const { amount } = sample;
  const [first, second] = [endToEndIdFor(payoutId, 1), endToEndIdFor(payoutId, 2)];
  const instructed = (endToEndId: string, attempt: number) => ({
    ...{ ...sample, payoutId, tradeId, endToEndId, attempt },
    uetr: uetrFor(payoutId, attempt),
  });
  const asked = { ...payoutReissued, payoutId, rail: 'bank_file', amount } as const;
  const sent = { ...story.payoutSubmitted, payoutId };
  const settled = { ...story.payoutSettled, payoutId, rail: 'bank_file', amount } as const;
  const refused = async () => {
    const desk = chainDesk();
    await desk.escrow(tradeOpened);
    await desk.payout(
      payoutId,
      { ...story.payoutRequested, rail: 'bank_file', amount },
      instructed(first, 1),
      { ...sent, transferId: first },
      { ...payoutFailed, payoutId, rail: 'bank_file', amount, transferId: first },
      { ...asked, attempt: 2 },
    );
    return desk;
  };

  it('has it once, with its debit, where the payout is paid by it all the same', async () => {
    const desk = await refused();
    await desk.bank('KRW', { amountMinor: -amount.amountMinor, endToEndId: first });
    await desk.payout(
      payoutId,
      { ...sent, transferId: first, attempt: 2 },
      { ...settled, transferId: first, attempt: 2 },
    );
    const { payouts } = (await desk.trade()) ?? {};
    expect(payouts).toHaveLength(1);
    expect(payouts).toMatchObject([{ attempt: 1, endToEndId: first, settled: true }]);
    const back = { ...payoutReturned, payoutId, transferId: first, amount, returned: amount };
    await desk.payout(payoutId, back, { ...asked, attempt: 3 });
    expect((await desk.trade())?.payouts).toMatchObject([
      { attempt: 1, endToEndId: first, settled: true, returned: { status: 'open' } },
      { attempt: 3, endToEndId: endToEndIdFor(payoutId, 3), settled: false },
    ]);
  });

  it('has the one that was made instead, too', async () => {
    const desk = await refused();
    await desk.payout(
      payoutId,
      instructed(second, 2),
      { ...sent, transferId: second, attempt: 2 },
      { ...settled, transferId: second, attempt: 2 },
    );
    expect((await desk.trade())?.payouts).toMatchObject([
      { attempt: 1, endToEndId: first, settled: false },
      { attempt: 2, endToEndId: second, settled: true, bank: { status: 'open' } },
    ]);
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
