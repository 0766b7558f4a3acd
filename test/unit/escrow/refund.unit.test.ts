import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { openMilestones, recoverable, refundable } from '../../../src/escrow/holdings.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money, sum } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';
import {
  passInspectionEnd,
  releaseOf,
  sampleAndBulk,
  sampleEndsAt,
  shippedWith,
} from './milestones.ts';

const at = story.refundRequested.requestedAt;
const { refundId } = story.refundRequested;
const eur = (minor: bigint) => money('EUR', minor);
const usd = (minor: bigint) => money('USD', minor);
const refund = (minor: bigint, id = refundId) =>
  ({ type: 'RequestRefund', refundId: id, amount: eur(minor), reason: 'marketplace', at }) as const;

const stateAfter = (...events: readonly EscrowEvent[]): FundedState => {
  const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
  return state;
};

describe('A refund', () => {
  it('is asked for in the currency charged, and takes its part of what is held', () => {
    given(...histories.delivered)
      .when(refund(102_467n))
      .thenEvents(story.refundRequested);
  });

  it('in another currency is refused', () => {
    given(...histories.delivered)
      .when({ ...refund(1n), amount: usd(1n) })
      .thenRejected('refund.currency_mismatch');
  });

  it('is never more than what is left', () => {
    const all = story.escrowFunded.received.amountMinor;
    given(...histories.delivered)
      .when(refund(all + 1n))
      .thenRejected('refund.exceeds_left');
    const part = [...histories.delivered, story.refundRequested];
    given(...part)
      .when(refund(all - 102_466n, 'rfd_2'))
      .thenRejected('refund.exceeds_left');
    expect(given(...part).when(refund(all - 102_467n, 'rfd_2')).decision).toMatchObject({
      events: [{ parts: [{ held: usd(1_035_000n) }] }],
    });
    given(...histories.refunded)
      .when(refund(1n, 'rfd_2'))
      .thenRejected('refund.exceeds_left');
  });

  it('again under its id is the same; of another amount it is refused', () => {
    const before = [...histories.delivered, story.refundRequested];
    given(...before)
      .when(refund(102_467n))
      .thenNothing();
    given(...before)
      .when(refund(102_468n))
      .thenRejected('refund.id_reused');
    given(...before)
      .when({ ...refund(102_467n), amount: usd(102_467n) })
      .thenRejected('refund.id_reused');
  });
});

describe('What a refund takes', () => {
  it('comes out of every open milestone, in proportion', () => {
    const delivered = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
    expect(given(...delivered).when(refund(102_467n)).decision).toMatchObject({
      events: [
        {
          parts: [
            { milestoneId: 'sample', held: usd(46_000n) },
            { milestoneId: 'bulk', held: usd(69_000n) },
          ],
        },
      ],
    });
  });

  it('comes out of what is held before it comes out of what was released', () => {
    const partly = [...shippedWith(sampleAndBulk), story.deliveryConfirmed, releaseOf('sample')];
    expect(given(...partly).when(refund(717_272n)).decision).toMatchObject({
      events: [
        {
          parts: [
            { milestoneId: 'bulk', held: usd(690_000n), net: usd(0n) },
            { milestoneId: 'sample', held: usd(0n), net: usd(112_125n), fee: usd(2_875n) },
          ],
        },
      ],
    });
  });

  it('leaves the rest of a milestone to be released', () => {
    const delivered = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
    const parts = [
      { milestoneId: 'sample', held: usd(46_000n), net: usd(0n), fee: usd(0n) },
      { milestoneId: 'bulk', held: usd(69_000n), net: usd(0n), fee: usd(0n) },
    ];
    given(...delivered, { ...story.refundRequested, parts })
      .when(passInspectionEnd(sampleEndsAt))
      .thenEvents(
        releaseOf('sample', {
          ...{ amount: usd(414_000n), fee: usd(10_350n), net: usd(403_650n) },
          releasedAt: sampleEndsAt,
        }),
      );
  });
});

describe('The valuation of a refund', () => {
  it('is at the latest mid, and gives back the spread of what was held', () => {
    const mid = { rate: { num: 10_000n, den: 11_394n }, rateDate: '2026-06-30' };
    given(...histories.delivered, story.refundRequested)
      .when({ type: 'ValueRefund', refundId, mid, at: story.refundValued.valuedAt })
      .thenEvents(story.refundValued);
  });

  it('names no day where the currency is the same', () => {
    const decision = given(...histories.refunding).when({
      ...commands.ValueRefund,
      mid: { ...commands.ValueRefund.mid, rateDate: null },
    }).decision;
    expect(decision).not.toHaveProperty('events.0.rateDate');
  });
});

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
    const retried = [...before, story.refundSubmitted, failed, story.refundRetried];
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
    expect(stateAfter(...partly)).toMatchObject({ status: 'refunding' });
    expect(given(...partly).when(partOf({ status: 'succeeded' })).decision).toMatchObject({
      events: [{ type: 'RefundSubmitted' }, { type: 'RefundSettled' }, { type: 'TradeSettled' }],
    });
  });
});

describe('Whatever is refunded and released, in whatever order', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('refund' as const),
      minor: fc.bigInt({ min: 1n, max: 400_000n }),
    }),
    fc.record({ kind: fc.constant('release' as const), minor: fc.constant(0n) }),
  );

  type Step = { readonly kind: 'refund' | 'release' | 'rest'; readonly minor: bigint };

  /** The trade after one more thing has happened to it, or been refused. */
  function take(events: readonly EscrowEvent[], { kind, minor }: Step): readonly EscrowEvent[] {
    const state = stateAfter(...events);
    const left = refundable(state).amountMinor;
    if (kind === 'rest' && left === 0n) return events;
    const command =
      kind === 'release'
        ? passInspectionEnd(sampleEndsAt)
        : refund(kind === 'rest' ? left : minor, `rfd_${events.length}`);
    const decision = decideEscrow(command, state);
    if (decision.kind === 'decided') return [...events, ...decision.events];
    expect(decision).toMatchObject({ code: 'refund.exceeds_left' });
    return events;
  }

  it('no minor unit is lost or made, in either currency', () => {
    fc.assert(
      fc.property(fc.array<Step>(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let events: readonly EscrowEvent[] = [
          ...shippedWith(sampleAndBulk),
          story.deliveryConfirmed,
        ];
        for (const each of [...steps, { kind: 'rest' as const, minor: 0n }]) {
          events = take(events, each);
          expectConserved(stateAfter(...events));
        }
        const end = stateAfter(...events);
        expect(refundable(end).amountMinor).toBe(0n);
        expect([...openMilestones(end), ...recoverable(end)]).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  function expectConserved(state: FundedState): void {
    const { amount } = state.terms;
    const open = openMilestones(state).map(({ remaining }) => remaining);
    const released = state.releases.flatMap(({ net, fee }) => [net, fee]);
    const held = state.refunds.flatMap(({ parts }) => parts.map((part) => part.held));
    expect(sum<CurrencyCode>('USD', [...open, ...released, ...held])).toEqual(amount);
    expect(refundable(state).amountMinor >= 0n).toBe(true);
    const taken = sum<CurrencyCode>(
      'EUR',
      state.refunds.map((each) => each.amount),
    );
    expect(taken.amountMinor + refundable(state).amountMinor).toBe(
      state.payment.received.amountMinor,
    );
  }
});
