import type { Milestone } from '../../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { refundableBy } from '../../../src/escrow/refund-ways.ts';
import { money } from '../../../src/money/money.ts';
import { paymentOf, story } from '../../support/builders.ts';
import { commands, given } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { passInspectionEnd, sampleAndBulk, sampleEndsAt, shippedWith } from './milestones.ts';

/** Of 10,246.74 EUR, 3,000.00 come by receipt, the rest by a charge. */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const due = eur(1_024_674n);
const rest = eur(724_674n);
const at = story.refundRequested.requestedAt;

const receive = (amount = eur(300_000n)): EscrowCommand => ({
  ...{ type: 'ApplyReceipt', receiptId: 'camt-1', amount, at },
});
const pay: EscrowCommand = {
  ...{ type: 'RecordPayment', payment: paymentOf({ received: rest, settled: usd(820_000n) }) },
};
const refund = (amount: typeof due): EscrowCommand => ({ ...commands.RequestRefund, amount });

/** The trade is delivered, paid as the commands say. */
function deliveredWith(
  { milestones = sampleAndBulk, fee = story.tradeOpened.feeBasisPoints }: Terms,
  ...payments: readonly EscrowCommand[]
) {
  const opened = shippedWith(milestones, fee).slice(0, 2);
  const booked = grown(opened, ...payments, commands.ConvertFunds, commands.BookShipment);
  return [...booked, story.deliveryConfirmed];
}

type Terms = { readonly milestones?: readonly Milestone[]; readonly fee?: number };

/** Of each refund: where it comes from, how much, and each part as milestone, held, net and fee. */
const refundsOf = (history: readonly EscrowEvent[]) =>
  fundedOf(history).refunds.map(({ from, amount, parts }) => [
    ...[from, amount.amountMinor],
    ...parts.map(({ milestoneId, held, net, fee }) =>
      [milestoneId, held.amountMinor, net.amountMinor, fee.amountMinor].join(' '),
    ),
  ]);

describe('A payment by receipts alone', () => {
  it('came by bank, and nothing of it by a charge', () => {
    const state = fundedOf(deliveredWith({}, receive(due)));
    expect([refundableBy(state, 'bank'), refundableBy(state, 'charge')]).toEqual([due, eur(0n)]);
  });

  it('goes back as one refund by bank, which the event need not say', () => {
    const history = grown(deliveredWith({}, receive(due)), refund(eur(1_000n)));
    expect(history.at(-1)).toMatchObject({ type: 'RefundRequested', amount: eur(1_000n) });
    expect(history.at(-1)).not.toHaveProperty('from');
    expect(refundsOf(history)).toEqual([['bank', 1_000n, 'sample 449 0 0', 'bulk 673 0 0']]);
  });

  it('is paid out as such', () => {
    const history = grown(deliveredWith({}, receive(due)), passInspectionEnd(sampleEndsAt));
    expect(history.at(-1)).toMatchObject({ type: 'MilestoneReleased', paidByReceipts: true });
    expect(history.at(-1)).not.toHaveProperty('sourceChargeId');
  });
});

describe('A refund of a payment in two ways', () => {
  it('is one, where it is just what was charged', () => {
    given(...grown(deliveredWith({}, receive(), pay), refund(rest)))
      .when(refund(rest))
      .thenNothing();
    const refunds = refundsOf(grown(deliveredWith({}, receive(), pay), refund(rest)));
    expect(refunds).toEqual([['charge', rest.amountMinor, 'sample 325323 0 0', 'bulk 487985 0 0']]);
  });

  it('leaves what a refund that was called off was to take, and what was paid too much beside it', () => {
    const received = eur(rest.amountMinor + 500n);
    const payment = paymentOf({ received, settled: usd(820_000n) });
    const history = deliveredWith({}, receive(), { type: 'RecordPayment', payment });
    const asked = grown(history, refund(eur(1_000n)));
    expect(refundableBy(fundedOf(asked), 'charge')).toEqual(eur(723_674n));
    const { refundId, tradeId } = story.refundRequested;
    const canceled: EscrowEvent = {
      ...{ type: 'RefundCanceled', version: 1, tradeId, refundId, reason: 'charged_back' },
      canceledAt: at,
    };
    expect(refundableBy(fundedOf([...asked, canceled]), 'charge')).toEqual(rest);
  });

  it('takes of each milestone by either way in proportion to what goes back by it', () => {
    expect(refundsOf(grown(deliveredWith({}, receive(), pay), refund(due)))).toEqual([
      ['charge', 724_674n, 'sample 325323 0 0', 'bulk 487984 0 0'],
      ['bank', 300_000n, 'sample 134677 0 0', 'bulk 202016 0 0'],
    ]);
  });

  it('takes nothing by the charge of a milestone too small to be split', () => {
    const milestones = [
      { ...sampleAndBulk[0], amount: usd(1n) },
      { ...sampleAndBulk[1], amount: usd(1_149_999n) },
    ] as readonly Milestone[];
    expect(refundsOf(grown(deliveredWith({ milestones }, receive(), pay), refund(due)))).toEqual([
      ['charge', 724_674n, 'bulk 813306 0 0'],
      ['bank', 300_000n, 'sample 1 0 0', 'bulk 336693 0 0'],
    ]);
  });

  it.each([
    { fee: 250, charge: 'sample 0 317189 8133', bank: 'sample 0 131311 3367' },
    { fee: 5_000, charge: 'sample 0 162661 162661', bank: 'sample 0 67339 67339' },
  ])('takes of a release back what it was split in, at a fee of $fee', (of) => {
    const { fee, charge, bank } = of;
    const released = grown(
      deliveredWith({ fee }, receive(), pay),
      passInspectionEnd(sampleEndsAt),
      refund(due),
    );
    expect(refundsOf(released)).toEqual([
      ['charge', 724_674n, 'bulk 487984 0 0', charge],
      ['bank', 300_000n, 'bulk 202016 0 0', bank],
    ]);
  });
});
