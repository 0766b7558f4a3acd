import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { openMilestones, recoverable, refundable } from '../../../src/escrow/holdings.ts';
import type { FundedState } from '../../../src/escrow/state.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money, sum } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { commands, given, histories } from './escrow-states.ts';
import { fundedAfter } from './funded-after.ts';
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

describe('However it is counted, a refund', () => {
  it('is never more than what is left by what is too little to count in the trade’s currency', () => {
    const received = eur(10_246_740n);
    const { tradeOpened, escrowFunded } = story;
    const quote = { ...tradeOpened.quote, sell: received };
    const finer = [
      ...[{ ...tradeOpened, quote }, story.paymentRequested, { ...escrowFunded, received }],
      ...[story.fundsConverted, story.shipmentBooked, story.deliveryConfirmed],
    ];
    expect(given(...finer).when(refund(10_246_740n)).decision).toMatchObject({ kind: 'decided' });
    given(...finer)
      .when(refund(10_246_741n))
      .thenRejected('refund.exceeds_left');
  });

  it.each([
    ['is held', [...histories.delivered]],
    [
      'was released and is held',
      [...shippedWith(sampleAndBulk), story.deliveryConfirmed, releaseOf('sample')],
    ],
  ])('is never more than what %s, beside what is set aside for duties', (_, events) => {
    const aside = given(...events).when({
      ...{ type: 'EarmarkDuties', dutyId: 'dut_1', amount: usd(50_000n), at },
    });
    const before = [...events, ...(aside.decision.kind === 'decided' ? aside.decision.events : [])];
    const left = 980_122n;
    const { amountMinor: paid } = story.escrowFunded.received;
    for (const minor of [paid, left + 2n]) {
      expect(given(...before).when(refund(minor)).decision).toMatchObject({
        ...{ kind: 'rejected', code: 'refund.exceeds_left' },
        detail: `Of what the buyer paid, ${left} minor units of EUR are left.`,
      });
    }
    expect(given(...before).when(refund(left)).decision).toMatchObject({ kind: 'decided' });
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
    const state = fundedAfter(...events);
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
          expectConserved(fundedAfter(...events));
        }
        const end = fundedAfter(...events);
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
