import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { heldForBuyer, refundRest } from '../../../src/escrow/lost-parts.ts';
import { money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, part } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { passInspectionEnd, sampleAndBulk, sampleEndsAt, shippedWith } from './milestones.ts';

/**
 * A refund takes a part of the sample, the sample is released without it, and the refund is called
 * off by a lost chargeback: what is held of the sample is then the buyer's.
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

describe('What is held of a released milestone, where a refund of it was called off', () => {
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
        parts: [{ milestoneId: 'sample', held: usd(112_231n), ...none }],
      }),
      {
        ...{ type: 'RefundRequested', version: 1, tradeId, amount: eur(104_935n) },
        refundId: refundIdFor(tradeId, `rest#${chargebackId}`),
        parts: [{ milestoneId: 'sample', held: usd(117_769n), ...none }],
        ...{ reason: 'marketplace', requestedAt: at },
      },
    ]);
  });

  it('is taken whole, where the rest of it is less than a cent of the charge', () => {
    const events = lossOf(releasedBeside(shipped, 1_053n), 421n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost']);
    // 4.21 EUR are 4.72 USD; 4.73 are held for the buyer, and the last cent of it is no cent of EUR.
    expect(events[1]).toMatchObject({
      ...{ covered: eur(421n), held: usd(473n), released: usd(0n) },
      parts: [{ milestoneId: 'sample', held: usd(473n), ...none }],
    });
  });

  it('is nothing, where the refund that was called off took of no milestone that is released', () => {
    const events = lossOf(grown(shipped, refund(512_337n)), 100_000n);
    expect(typesOf(events)).toEqual(['RefundCanceled', 'ChargebackLost']);
    expect(events[1]).toMatchObject({ held: usd(112_231n), released: usd(0n) });
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
    expect(events[3]).toMatchObject({ amount: eur(104_935n), reason: 'marketplace' });
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

  it('does not go back, where nothing was called off now', () => {
    const canceled: EscrowEvent = {
      ...{ type: 'RefundCanceled', version: 1, tradeId, reason: 'charged_back', canceledAt: at },
      refundId: story.refundRequested.refundId,
    };
    const state = fundedOf([...releasedBeside(shipped), canceled]);
    expect(heldForBuyer(state)).toMatchObject([
      { milestoneId: 'sample', remaining: usd(230_000n) },
    ]);
    expect(refundRest(state, { calledOff: [], chargebackId, at })).toEqual([]);
  });
});
