import { money } from '../../../src/money/money.ts';
import { dutyIdFor } from '../../../src/platform/ids.ts';
import { story, tradeId } from '../../support/builders.ts';
import { commands, fullRefund, given, histories } from './escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

/** Where a trade has several of a kind, a command means one of them. */
const usd = (minor: bigint) => money('USD', minor);
const none = { net: usd(0n), fee: usd(0n) };
const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];

describe('One dispute of two', () => {
  const ofSample = { ...story.disputeOpened, milestoneIds: ['sample'] };
  const ofBulk = { ...story.disputeOpened, disputeId: 'dsp_2', milestoneIds: ['bulk'] };
  const escalated = { ...story.disputeEscalated, disputeId: 'dsp_2' };
  const both = [...twoParts, ofSample, ofBulk, escalated];

  it('is decided about its own milestone', () => {
    const decide = { ...commands.DecideDispute, disputeId: 'dsp_2', toBuyer: usd(690_000n) };
    expect(given(...both).when(decide).decision).toMatchObject({
      events: [
        { type: 'DisputeClosed', disputeId: 'dsp_2' },
        { refundId: 'dsp_2_award', parts: [{ milestoneId: 'bulk', held: usd(690_000n) }] },
      ],
    });
  });

  it('is not another one, nor one of another trade', () => {
    given(...both)
      .when(commands.DecideDispute)
      .thenRejected('dispute.cannot_decide_negotiating');
    given(...both)
      .when({ ...commands.DecideDispute, disputeId: 'dsp_3' })
      .thenRejected('dispute.not_found');
  });

  it('can’t be opened about a milestone of a trade of which nothing is held any more', () => {
    given(...histories.released)
      .when({ ...commands.OpenDispute, milestoneIds: ['delivery'] })
      .thenRejected('trade.cannot_dispute_released');
  });
});

describe('One paper of a trade of which another milestone is released', () => {
  it('releases nothing where its own milestone went back to the buyer', () => {
    const milestones = sampleAndBulk.map((milestone, index) =>
      index === 0
        ? ({
            ...milestone,
            release: { rule: 'document', documentType: 'bill_of_lading' },
          } as const)
        : milestone,
    );
    const refunded = {
      ...fullRefund,
      amount: money('EUR', 409_869n),
      parts: [{ milestoneId: 'sample', held: usd(460_000n), ...none }],
    };
    given(...shippedWith(milestones), releaseOf('bulk'), refunded)
      .when({
        ...{ type: 'PresentDocument', milestoneId: 'sample', documentType: 'bill_of_lading' },
        documentSha256: story.documentPresented.documentSha256,
        at: story.documentPresented.presentedAt,
      })
      .thenRejected('trade.cannot_release_refunding');
  });
});

describe('One of several duties', () => {
  const other = { ...story.dutiesEarmarked, dutyId: 'dty_2' };
  const amount = usd(30_000n);
  const parts = [{ milestoneId: 'delivery', held: amount, ...none }];
  const set = [...histories.delivered, story.dutiesEarmarked, { ...other, amount, parts }];
  const pay = { type: 'RecordDutiesPaid', at: story.dutiesPaid.paidAt } as const;

  it('is paid with its own amount', () => {
    given(...set)
      .when({ ...pay, dutyId: 'dty_2' })
      .thenEvents({ ...story.dutiesPaid, dutyId: 'dty_2', amount });
    given(...set)
      .when({ ...pay, dutyId: 'dty_3' })
      .thenRejected('duties.not_found');
  });

  it('is known again by its id', () => {
    given(...set)
      .when({ type: 'EarmarkDuties', dutyId: 'dty_2', amount, at: pay.at })
      .thenNothing();
  });

  it('has what was billed beyond it under an id of its own', () => {
    const { dutyId } = story.dutiesEarmarked;
    const billed = given(...set).when({ ...pay, dutyId, billed: usd(50_001n) });
    const more = { dutyId: dutyIdFor(tradeId, `${dutyId}/more`), amount: usd(1n) };
    expect(billed.decision).toMatchObject({
      events: [{ dutyId }, { type: 'DutiesEarmarked', ...more }, { type: 'DutiesPaid', ...more }],
    });
  });

  it('may take all that is held, and no estimate takes more', () => {
    const whole = { type: 'EarmarkDuties', dutyId: 'dty_2', at: pay.at } as const;
    given(...histories.delivered)
      .when({ ...whole, amount: usd(1_150_000n) })
      .thenEvents({
        ...{ ...story.dutiesEarmarked, dutyId: 'dty_2', earmarkedAt: pay.at },
        amount: usd(1_150_000n),
        parts: [{ milestoneId: 'delivery', held: usd(1_150_000n), ...none }],
      });
    const trade = { ...story.tradeOpened, dutyEstimate: usd(1_150_001n) };
    given(trade, ...histories.funded.slice(1))
      .when(commands.ConvertFunds)
      .thenEvents(story.fundsConverted);
  });
});
