import type { RefundPart } from '../../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import {
  chargedPart,
  disputedIds,
  isFrozen,
  openMilestones,
  recoverable,
  refundable,
  returned,
  spreadPart,
  tradedPart,
  undisputedMilestones,
} from '../../../src/escrow/holdings.ts';
import { heldParts, partsOf, partsUpTo, totalsOf } from '../../../src/escrow/refund-parts.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { histories } from './escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

const eur = (minor: bigint) => money('EUR', minor);
const usd = (minor: bigint) => money('USD', minor);

/** The trade of docs/ledger.md, USD 11,500.00 for EUR 10,246.74, after those events. */
function held(...events: readonly EscrowEvent[]): FundedState {
  const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
  return state;
}

const part = (milestoneId: string, minor: bigint): RefundPart => ({
  milestoneId,
  ...{ held: usd(minor), net: usd(0n), fee: usd(0n) },
});
const refundOf = (charged: bigint, parts: readonly RefundPart[], refundId = 'rfd_1') => ({
  ...story.refundRequested,
  ...{ refundId, amount: eur(charged), parts: [...parts] },
});

const whole = histories.delivered;
const tenth = [...whole, story.refundRequested];
const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
const sampleReleased = [...twoParts, releaseOf('sample')];

describe('What a part of the trade is in the currency charged', () => {
  it.each([
    ['rounds down, so that the parts are never more than was paid', usd(115_000n), eur(102_467n)],
    ['is nothing below a minor unit', usd(1n), eur(0n)],
    ['is the whole payment for the whole trade', usd(1_150_000n), eur(1_024_674n)],
  ])('%s', (_, of, charged) => {
    expect(chargedPart(held(...whole), of)).toEqual(charged);
  });

  it('is counted on from what went back before, and takes the rest in the end', () => {
    expect(chargedPart(held(...tenth), usd(115_000n))).toEqual(eur(102_467n));
    expect(chargedPart(held(...tenth), usd(1_035_000n))).toEqual(eur(922_207n));
  });

  it('is never less than nothing, where more was charged back than the part is worth', () => {
    const rounded = held(...whole, refundOf(1n, [part('delivery', 1n)]));
    expect(chargedPart(rounded, usd(0n))).toEqual(eur(0n));
  });
});

describe('What an amount charged is in the currency of the trade', () => {
  it.each([
    ['rounds half even', eur(1n), usd(1n)],
    ['is the whole trade for the whole payment', eur(1_024_674n), usd(1_150_000n)],
  ])('%s', (_, charged, traded) => {
    expect(tradedPart(held(...whole), charged)).toEqual(traded);
  });

  it('is counted on from what went back before', () => {
    expect(tradedPart(held(...tenth), eur(922_207n))).toEqual(usd(1_035_000n));
    expect(returned(held(...tenth))).toEqual({ charged: eur(102_467n), traded: usd(115_000n) });
  });

  it('is never less than nothing, where more of the trade went back than the amount is worth', () => {
    const rounded = held(...whole, refundOf(1n, [part('delivery', 2n)]));
    expect(tradedPart(rounded, eur(0n))).toEqual(usd(0n));
  });
});

describe('The spread that goes back', () => {
  it('is in proportion to the part of what was held', () => {
    expect(spreadPart(held(...whole), usd(115_000n))).toEqual(eur(1_537n));
    expect(spreadPart(held(...whole), usd(1_150_000n))).toEqual(eur(15_370n));
  });

  it('is counted on from what was given back by refunds that have been valued', () => {
    expect(spreadPart(held(...tenth), usd(115_000n))).toEqual(eur(1_537n));
    const valued = held(...tenth, story.refundValued);
    expect(spreadPart(valued, usd(1_035_000n))).toEqual(eur(13_833n));
  });

  it('is never less than nothing, where more was given back already', () => {
    const generous = { ...story.refundValued, spread: eur(15_370n) };
    expect(spreadPart(held(...tenth, generous), usd(1n))).toEqual(eur(0n));
  });
});

describe('What goes back to the buyer', () => {
  it('is not what was called off', () => {
    const canceled = held(...tenth, story.refundCanceled);
    expect(returned(canceled)).toEqual({ charged: eur(0n), traded: usd(0n) });
  });

  it('is not what was paid too much, which the trade never had', () => {
    const { received } = story.escrowFunded;
    const overpaid = whole.map((event) =>
      event.type === 'EscrowFunded'
        ? { ...event, received: eur(received.amountMinor + 5_000n) }
        : event,
    );
    const tooMuch = { ...refundOf(5_000n, []), reason: 'overpayment' as const };
    const state = held(...overpaid, tooMuch);
    expect(returned(state)).toEqual({ charged: eur(0n), traded: usd(0n) });
    expect(refundable(state)).toEqual(received);
  });

  it('is what a lost chargeback took too, with the spread that it gave back', () => {
    const half = {
      ...story.chargebackLost,
      ...{ covered: eur(512_337n), held: usd(575_000n), spread: eur(7_000n) },
      parts: [part('delivery', 575_000n)],
    };
    const state = held(...whole, story.chargebackOpened, half);
    expect(returned(state)).toEqual({ charged: eur(512_337n), traded: usd(575_000n) });
    expect(openMilestones(state)).toMatchObject([{ remaining: usd(575_000n) }]);
    expect(spreadPart(state, usd(575_000n))).toEqual(eur(8_370n));
    expect(isFrozen(state)).toBe(false);
  });
});

describe('What is left', () => {
  it('of the payment is what did not go back', () => {
    expect(refundable(held(...whole))).toEqual(eur(1_024_674n));
    expect(refundable(held(...tenth))).toEqual(eur(922_207n));
  });

  it('of a milestone is what no refund took, and nothing of a milestone that is released', () => {
    expect(openMilestones(held(...tenth))).toMatchObject([{ remaining: usd(1_035_000n) }]);
    expect(openMilestones(held(...sampleReleased))).toMatchObject([
      { milestoneId: 'bulk', remaining: usd(690_000n) },
    ]);
  });

  it('of a milestone that went back whole is nothing to release', () => {
    const back = refundOf(409_869n, [part('sample', 460_000n)]);
    expect(openMilestones(held(...twoParts, back)).map(({ milestoneId }) => milestoneId)).toEqual([
      'bulk',
    ]);
  });

  it('before the conversion is nothing: the money is not the trade’s yet', () => {
    expect(openMilestones(held(...histories.funded))).toEqual([]);
  });

  it('of a release is its net and fee, less what was taken back of each', () => {
    const [before] = recoverable(held(...sampleReleased));
    expect(before).toEqual({
      ...{ milestoneId: 'sample', net: usd(448_500n), fee: usd(11_500n), total: usd(460_000n) },
    });
    const takenBack = {
      ...{ milestoneId: 'sample', held: usd(0n), net: usd(97_500n), fee: usd(2_500n) },
    };
    const bulkBack = part('bulk', 690_000n);
    const after = held(...sampleReleased, refundOf(703_906n, [bulkBack, takenBack]));
    expect(recoverable(after)).toEqual([
      { milestoneId: 'sample', net: usd(351_000n), fee: usd(9_000n), total: usd(360_000n) },
    ]);
  });
});

describe('A release that was taken back whole', () => {
  it('has nothing left to take', () => {
    const all = {
      ...{ milestoneId: 'sample', held: usd(0n), net: usd(448_500n), fee: usd(11_500n) },
    };
    expect(recoverable(held(...sampleReleased, refundOf(409_869n, [all])))).toEqual([]);
  });
});

describe('Money that does not move', () => {
  it('is all of a trade whose charge the buyer’s bank disputes, until it has decided', () => {
    expect(isFrozen(held(...whole))).toBe(false);
    expect(isFrozen(held(...whole, story.chargebackOpened))).toBe(true);
  });

  it('is what a dispute names, and not the rest', () => {
    const disputed = held(...twoParts, { ...story.disputeOpened, milestoneIds: ['sample'] });
    expect([...disputedIds(disputed)]).toEqual(['sample']);
    expect(undisputedMilestones(disputed).map(({ milestoneId }) => milestoneId)).toEqual(['bulk']);
  });
});

describe('The parts of a refund', () => {
  const open = openMilestones(held(...twoParts));

  it('are in proportion to what is left of each milestone, and none is of nothing', () => {
    expect(heldParts(open, usd(1_000n))).toEqual([part('sample', 400n), part('bulk', 600n)]);
    expect(heldParts(open, usd(1n))).toEqual([part('bulk', 1n)]);
    expect(heldParts(open, usd(0n))).toEqual([]);
  });

  it('take what is held before anything that was released, to the last minor unit', () => {
    const state = held(...sampleReleased);
    const from = openMilestones(state);
    expect(partsOf(state, usd(690_000n), from)).toEqual([part('bulk', 690_000n)]);
    expect(partsOf(state, usd(690_001n), from)).toEqual([
      part('bulk', 690_000n),
      { milestoneId: 'sample', held: usd(0n), net: usd(1n), fee: usd(0n) },
    ]);
  });

  it('are none where there is not that much', () => {
    const state = held(...sampleReleased);
    expect(partsOf(state, usd(1_150_000n), openMilestones(state))).toHaveLength(2);
    expect(partsOf(state, usd(1_150_001n), openMilestones(state))).toBeUndefined();
    expect(partsOf(state, usd(460_001n), [])).toBeUndefined();
  });

  it('are what there is, where as much as there is was asked for', () => {
    const state = held(...sampleReleased);
    const from = openMilestones(state);
    const all = partsOf(state, usd(1_150_000n), from);
    expect(partsUpTo(state, usd(1_150_001n), from)).toEqual(all);
    expect(partsUpTo(state, usd(1_150_000n), from)).toEqual(all);
    expect(partsUpTo(state, usd(5n), from)).toEqual([part('bulk', 5n)]);
  });

  it('take back net and fee as they were split, however much of it the fee was', () => {
    const costly = { fee: usd(345_000n), net: usd(115_000n) };
    const state = held(...shippedWith(sampleAndBulk, 7_500), releaseOf('sample', costly));
    expect(partsOf(state, usd(4n), [])).toEqual([
      { milestoneId: 'sample', held: usd(0n), net: usd(1n), fee: usd(3n) },
    ]);
  });

  it('take of no release that gets no minor unit of it', () => {
    const both = held(...sampleReleased, releaseOf('bulk'));
    expect(partsOf(both, usd(1n), [])).toEqual([
      { milestoneId: 'bulk', held: usd(0n), net: usd(1n), fee: usd(0n) },
    ]);
  });

  it('add up to what they take of each side', () => {
    const parts = [part('bulk', 5n), { ...part('sample', 0n), net: usd(3n), fee: usd(2n) }];
    expect(totalsOf(parts, 'USD')).toEqual({
      ...{ held: usd(5n), net: usd(3n), fee: usd(2n), all: usd(10n) },
    });
  });
});
