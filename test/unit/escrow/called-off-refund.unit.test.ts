import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, histories, part } from './escrow-states.ts';
import { grown } from './grown.ts';
import { passInspectionEnd, sampleAndBulk, sampleEndsAt, shippedWith } from './milestones.ts';

/**
 * A refund takes a part of the sample, the sample is released without it, and the refund is called
 * off by a lost chargeback: what it was to take is the buyer's all the same.
 */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { chargebackId } = story.chargebackOpened;
const at = story.chargebackLost.closedAt;
const shipped = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
const none = { net: usd(0n), fee: usd(0n) };

const refund = (minor: bigint): EscrowCommand => ({
  ...commands.RequestRefund,
  amount: eur(minor),
});

/** Half of the payment is on its way back when the sample is released: 2,300.00 of each is held. */
const releasedBeside = (before: readonly EscrowEvent[], minor = 512_337n) =>
  grown(before, refund(minor), passInspectionEnd(sampleEndsAt));

/** What a lost chargeback of so much of the charge leads to, but for its opening. */
function lossOf(history: readonly EscrowEvent[], minor: bigint): readonly EscrowEvent[] {
  const chargeback = reportedChargeback({
    ...{ status: 'lost', amount: eur(minor), withdrawn: usd(minor) },
  });
  const after = grown(history, { ...commands.RecordChargebackLost, chargeback, at });
  return after.slice(history.length + 1);
}

const typesOf = (events: readonly EscrowEvent[]) => events.map(({ type }) => type);

describe('What a refund was to take, where a lost chargeback calls it off', () => {
  it('is taken first, then what is held for the seller, then what was released', () => {
    const events = lossOf(releasedBeside(shipped), 1_024_674n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost', 'SellerDebtIncurred']);
    expect(events[1]).toMatchObject({
      parts: [
        { milestoneId: 'sample', held: usd(230_000n), ...none },
        { milestoneId: 'bulk', held: usd(690_000n), ...none },
        { milestoneId: 'sample', held: usd(0n), net: usd(224_250n), fee: usd(5_750n) },
      ],
      ...{ held: usd(920_000n), released: usd(230_000n) },
    });
  });

  it('is all that is taken, where it is enough, and the rest of it goes back to the buyer', () => {
    const events = lossOf(releasedBeside(shipped), 100_000n);
    expect(events.slice(1)).toEqual([
      expect.objectContaining({
        ...{ type: 'ChargebackLost', covered: eur(100_000n), released: usd(0n) },
        parts: [
          { milestoneId: 'sample', held: usd(44_892n), ...none },
          { milestoneId: 'bulk', held: usd(67_339n), ...none },
        ],
      }),
      {
        ...{ type: 'RefundRequested', version: 1, tradeId, amount: eur(412_337n) },
        refundId: refundIdFor(tradeId, `rest#${chargebackId}`),
        parts: [
          { milestoneId: 'sample', held: usd(185_108n), ...none },
          { milestoneId: 'bulk', held: usd(277_661n), ...none },
        ],
        ...{ reason: 'marketplace', requestedAt: at },
      },
    ]);
  });

  it('is taken whole, where the bank took all that was asked for, be it worth a cent more', () => {
    const history = grown(histories.escalated, { ...commands.DecideDispute, toBuyer: usd(10n) });
    const events = lossOf(history, 8n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost']);
    // 0.10 USD are 0.08 EUR, rounded down; 0.08 EUR are 0.09 USD.
    expect(events[1]).toMatchObject({ covered: eur(8n), held: usd(10n), released: usd(0n) });
  });

  it('goes back, too, where no milestone is released, and leaves the seller the rest', () => {
    const events = lossOf(grown(shipped, refund(512_337n)), 100_000n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost', 'RefundRequested']);
    expect(events[1]).toMatchObject({ held: usd(112_231n), released: usd(0n) });
    expect(events[2]).toMatchObject({ amount: eur(412_337n), reason: 'marketplace' });
  });

  it('goes back for the reason of what was called off of the trade, not of what was paid too much', () => {
    const tooMuch: readonly EscrowEvent[] = [
      { ...part, added: eur(500n), received: eur(500n) },
      {
        ...{ ...story.refundRequested, refundId: 'rfd_2', amount: eur(500n), parts: [] },
        reason: 'overpayment',
      },
    ];
    const events = lossOf(releasedBeside([...shipped, ...tooMuch]), 100_500n);
    expect(typesOf(events)).toEqual([
      ...['RefundCanceled', 'RefundCanceled', 'ChargebackLost', 'RefundRequested'],
    ]);
    expect(events[3]).toMatchObject({ amount: eur(412_337n), reason: 'marketplace' });
  });

  it('goes back for that reason, too, where a refund for another is made already', () => {
    const { refundId, amount } = { refundId: 'rfd_2', amount: eur(891n) };
    const parts = [{ milestoneId: 'bulk', held: usd(1_000n), ...none }];
    const made: readonly EscrowEvent[] = [
      { ...story.refundRequested, refundId, amount, parts, reason: 'dispute' },
      { ...story.refundValued, refundId, amount, held: usd(1_000n) },
      { ...story.refundSubmitted, refundId },
    ];
    const events = lossOf(releasedBeside([...shipped, ...made]), 100_000n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost', 'RefundRequested']);
    expect(events[2]).toMatchObject({ reason: 'marketplace' });
  });
});
