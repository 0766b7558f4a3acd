import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import { fundedAfter } from './funded-after.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

const eur = (minor: bigint) => money('EUR', minor);
const usd = (minor: bigint) => money('USD', minor);

const partValued = [...histories.delivered, story.refundRequested, story.refundValued];
const partOf = (changes: Parameters<typeof reportedRefund>[0] = {}) =>
  ({
    type: 'RecordRefund',
    refund: reportedRefund({
      ...{ amount: story.refundRequested.amount, debited: story.refundSettled.booking.debited },
      ...changes,
    }),
    at: story.refundSettled.settledAt,
  }) as const;

describe('What the provider says of a refund', () => {
  it('is recorded as it is: submitted while it is pending, settled once it has gone', () => {
    const pending = partOf({ debited: null, fee: null });
    const submitted = { ...story.refundSubmitted, submittedAt: story.refundSettled.settledAt };
    given(...partValued)
      .when(pending)
      .thenEvents(submitted);
    given(...partValued, submitted)
      .when(pending)
      .thenNothing();
    given(...partValued, submitted)
      .when(partOf({ status: 'succeeded' }))
      .thenEvents(story.refundSettled);
  });

  it('returns what had been settled, where it fails afterwards', () => {
    const settled = [...partValued, story.refundSubmitted, story.refundSettled];
    given(...settled)
      .when({
        ...partOf({ status: 'failed', failureReason: 'expired_or_canceled_card' }),
        at: story.refundFailed.failedAt,
      })
      .thenEvents(story.refundFailed);
    expect(given(...settled).when(partOf({ status: 'failed' })).decision).toMatchObject({
      events: [{ reason: 'unknown' }],
    });
  });

  it.each([
    { what: 'that nobody asked for', changes: { refundId: 'rfd_other' }, code: 'refund.unknown' },
    { what: 'without an id of ours', changes: { refundId: null }, code: 'refund.unknown' },
    {
      what: 'of another amount',
      changes: { amount: eur(1n) },
      code: 'refund.amount_mismatch',
    },
    {
      what: 'of another currency',
      changes: { amount: usd(102_467n) },
      code: 'refund.amount_mismatch',
    },
    { what: 'of an attempt to come', changes: { attempt: 2 }, code: 'refund.second_refund' },
  ])('goes to a person where it is of a refund $what', ({ changes, code }) => {
    given(...partValued)
      .when(partOf(changes))
      .thenRejected(code);
  });
});

describe('A refund that has not gone through', () => {
  it.each([{ debited: null }, { fee: null }])('is not settled while %j is not known', (unknown) => {
    given(...partValued, story.refundSubmitted)
      .when(partOf({ status: 'succeeded', ...unknown }))
      .thenNothing();
  });

  it('returns nothing where nothing was settled, and is tried anew once more each time', () => {
    const { returned: _, ...failed } = story.refundFailed;
    given(...partValued, story.refundSubmitted)
      .when({
        ...partOf({ status: 'failed', failureReason: failed.reason }),
        at: failed.failedAt,
      })
      .thenEvents(failed);
    given(...partValued, story.refundSubmitted, failed)
      .when(commands.RetryRefund)
      .thenEvents(story.refundRetried);
  });

  it('settles as what lay on the cash balance, where it did', () => {
    const { refundId: id, amount } = histories.partly_expired.at(
      -1,
    ) as typeof story.refundRequested;
    const zero = { held: usd(0n), net: usd(0n), fee: usd(0n), spread: eur(0n) };
    const valued = { ...story.refundValued, ...zero, refundId: id, amount, midValue: amount };
    const debited = { refundId: id, amount, debited: amount, fee: eur(0n) };
    expect(
      given(...histories.partly_expired, valued).when(
        partOf({ ...debited, status: 'succeeded', takenFrom: 'cash_balance' }),
      ).decision,
    ).toMatchObject({
      events: [{ type: 'RefundSubmitted' }, { booking: { amount, from: 'cash_balance' } }],
    });
  });
});

describe('What the provider says of a refund that is not the one we know', () => {
  it('goes to a person where a second refund stands beside the first', () => {
    given(...partValued, story.refundSubmitted)
      .when(partOf({ providerRefundId: 're_second' }))
      .thenRejected('refund.second_refund');
  });

  it('of an attempt that failed and was tried anew changes nothing, unless it went through', () => {
    const { returned: _, ...failed } = story.refundFailed;
    const retried = [...partValued, story.refundSubmitted, failed, story.refundRetried];
    given(...retried)
      .when(partOf({ status: 'failed' }))
      .thenNothing();
    given(...retried)
      .when(partOf({ status: 'succeeded' }))
      .thenRejected('refund.second_refund');
    expect(
      given(...retried).when(partOf({ status: 'succeeded', attempt: 2, providerRefundId: 're_2' }))
        .decision,
    ).toMatchObject({
      events: [{ type: 'RefundSubmitted', attempt: 2 }, { type: 'RefundSettled' }],
    });
  });

  it('of an attempt to come goes to a person, also where it failed', () => {
    given(...partValued)
      .when(partOf({ status: 'failed', attempt: 2 }))
      .thenRejected('refund.second_refund');
  });

  it('of one that was called off goes to a person, unless it failed', () => {
    const canceled = [...partValued, story.refundCanceled];
    given(...canceled)
      .when(partOf({ status: 'failed' }))
      .thenNothing();
    given(...canceled)
      .when(partOf({ status: 'succeeded' }))
      .thenRejected('refund.made_though_canceled');
  });
});

describe('A refund that the provider has', () => {
  it('tells the seller’s debt once, and not again with another attempt', () => {
    const all = story.escrowFunded.received;
    const parts = [
      { milestoneId: 'delivery', held: usd(0n), net: usd(1_121_250n), fee: usd(28_750n) },
    ];
    const requested = { ...story.refundRequested, amount: all, parts };
    const valued = {
      ...story.refundValued,
      amount: all,
      held: usd(0n),
      net: usd(1_121_250n),
      fee: usd(28_750n),
    };
    const before = [...histories.settled, requested, valued];
    const report = partOf({ amount: all });
    expect(given(...before).when(report).decision).toMatchObject({
      events: [
        { type: 'RefundSubmitted' },
        { ...story.sellerDebtIncurred, amount: usd(1_121_250n) },
      ],
    });
    const { returned: _, ...failed } = story.refundFailed;
    const debt = { ...story.sellerDebtIncurred, amount: usd(1_121_250n) };
    const retried = [...before, story.refundSubmitted, debt, failed, story.refundRetried];
    expect(given(...retried).when(partOf({ amount: all, attempt: 2 })).decision).toMatchObject({
      events: [{ type: 'RefundSubmitted' }],
    });
  });

  it('settles the trade where it was the last thing to wait for', () => {
    const bulk = { milestoneId: 'bulk', held: usd(690_000n), net: usd(0n), fee: usd(0n) };
    const requested = { ...story.refundRequested, parts: [bulk] };
    const partly = [
      ...[...shippedWith(sampleAndBulk), story.deliveryConfirmed, releaseOf('sample')],
      ...[{ ...story.milestonePaid, milestoneId: 'sample' }, requested, story.refundValued],
    ];
    expect(fundedAfter(...partly)).toMatchObject({ status: 'refunding' });
    expect(given(...partly).when(partOf({ status: 'succeeded' })).decision).toMatchObject({
      events: [{ type: 'RefundSubmitted' }, { type: 'RefundSettled' }, { type: 'TradeSettled' }],
    });
  });
});
