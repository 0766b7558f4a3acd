import * as fc from 'fast-check';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { commands, given, histories } from './escrow-states.ts';
import {
  bulkEndsAt,
  confirmedAt,
  passInspectionEnd,
  releaseOf,
  sampleAndBulk,
  sampleEndsAt,
  shippedWith,
  wholeMilestone,
} from './milestones.ts';

const acceptance = 'a'.repeat(64);
const accept = { type: 'AcceptGoods', evidenceSha256: acceptance, at: confirmedAt } as const;

describe('A delivered trade whose inspection has passed', () => {
  it('releases the amount: the fee to the platform, the rest to the seller', () => {
    given(...histories.delivered)
      .when(commands.PassInspectionEnd)
      .thenEvents({
        ...story.milestoneReleased,
        amount: money('USD', 1_150_000n),
        fee: money('USD', 28_750n),
        net: money('USD', 1_121_250n),
        rule: 'inspection_passed',
        evidenceSha256: story.deliveryConfirmed.evidenceSha256,
        releasedAt: commands.PassInspectionEnd.at,
      });
  });

  it.each([
    { amount: 1n, basisPoints: 250, fee: 0n },
    { amount: 39n, basisPoints: 250, fee: 0n },
    { amount: 40n, basisPoints: 250, fee: 1n },
    { amount: 460_000n, basisPoints: 250, fee: 11_500n },
    { amount: 999_999n, basisPoints: 1, fee: 99n },
    { amount: 1_150_000n, basisPoints: 0, fee: 0n },
    { amount: 1_150_000n, basisPoints: 10_000, fee: 1_150_000n },
  ])('of $amount at $basisPoints basis points keeps a fee of $fee', (example) => {
    const milestone = wholeMilestone({ amount: money('USD', example.amount) });
    const { decision } = given(
      ...shippedWith([milestone], example.basisPoints),
      story.deliveryConfirmed,
    ).when(commands.PassInspectionEnd);
    expect(decision).toMatchObject({
      events: [{ fee: money('USD', example.fee), net: money('USD', example.amount - example.fee) }],
    });
  });

  it('never keeps more than the share, and fee and net sum to the amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 17n }),
        fc.integer({ min: 0, max: 10_000 }),
        (amountMinor, basisPoints) => {
          const milestone = wholeMilestone({ amount: money('USD', amountMinor) });
          const { decision } = given(
            ...shippedWith([milestone], basisPoints),
            story.deliveryConfirmed,
          ).when(commands.PassInspectionEnd);
          const [event] = decision.kind === 'decided' ? decision.events : [];
          if (event?.type !== 'MilestoneReleased') throw new Error('Nothing was released.');
          expect(event.fee.amountMinor + event.net.amountMinor).toBe(amountMinor);
          expect(event.fee.amountMinor * 10_000n <= amountMinor * BigInt(basisPoints)).toBe(true);
        },
      ),
    );
  });

  it('releases nothing while the clock has not reached the deadline', () => {
    given(...histories.delivered)
      .when(passInspectionEnd(bulkEndsAt, later(bulkEndsAt, -1)))
      .thenTooEarly('escrow.not_due');
  });
});

describe('A trade of two milestones with different inspections', () => {
  const delivered = [
    ...shippedWith(sampleAndBulk),
    { ...story.deliveryConfirmed, inspectionEndsAt: bulkEndsAt },
  ];

  it('is under inspection until the later one ends', () => {
    given(...shippedWith(sampleAndBulk))
      .when(commands.ConfirmDelivery)
      .thenEvents({ ...story.deliveryConfirmed, inspectionEndsAt: bulkEndsAt });
  });

  it('is so whichever of them comes first', () => {
    given(...shippedWith(sampleAndBulk.toReversed()))
      .when(commands.ConfirmDelivery)
      .thenEvents({ ...story.deliveryConfirmed, inspectionEndsAt: bulkEndsAt });
  });

  it('releases the first when its own inspection ends, and keeps the other', () => {
    given(...delivered)
      .when(passInspectionEnd(sampleEndsAt))
      .thenEvents(releaseOf('sample', { releasedAt: sampleEndsAt }));
  });

  it('releases the other when its inspection ends too', () => {
    given(...delivered, releaseOf('sample'))
      .when(passInspectionEnd(bulkEndsAt))
      .thenEvents(releaseOf('bulk', { releasedAt: bulkEndsAt }));
  });

  it('releases both at once where the first deadline comes late', () => {
    given(...delivered)
      .when(passInspectionEnd(sampleEndsAt, bulkEndsAt))
      .thenEvents(
        releaseOf('sample', { releasedAt: bulkEndsAt }),
        releaseOf('bulk', { releasedAt: bulkEndsAt }),
      );
  });

  it('releases nothing again when the first deadline is told again', () => {
    given(...delivered, releaseOf('sample'))
      .when(passInspectionEnd(sampleEndsAt))
      .thenNothing();
  });

  it('releases what is left when the buyer accepts', () => {
    given(...delivered, releaseOf('sample'))
      .when(accept)
      .thenEvents(
        releaseOf('bulk', {
          rule: 'buyer_accepted',
          evidenceSha256: acceptance,
          releasedAt: confirmedAt,
        }),
      );
  });
});

describe('A trade on its way', () => {
  it('is released whole by the word of the buyer, who may know before the carrier', () => {
    const grounds = {
      rule: 'buyer_accepted',
      evidenceSha256: acceptance,
      releasedAt: confirmedAt,
    } as const;
    given(...shippedWith(sampleAndBulk))
      .when(accept)
      .thenEvents(releaseOf('sample', grounds), releaseOf('bulk', grounds));
  });

  it.each([
    { what: 'covers the trade', settled: money('USD', 1_150_000n), named: true },
    { what: 'is one cent short of the trade', settled: money('USD', 1_149_999n), named: false },
    { what: 'lies in another currency', settled: money('EUR', 1_150_000n), named: false },
  ])('names the charge as the source of the payout: $named where it $what', (example) => {
    const shipped = histories.in_fulfilment.map((event) =>
      event.type === 'EscrowFunded' ? { ...event, settled: example.settled } : event,
    );
    const { decision } = given(...shipped).when(accept);
    const [released] = decision.kind === 'decided' ? decision.events : [];
    const { sellerId, payoutAccountId } = story.milestoneReleased;
    expect(released).toMatchObject({ sellerId, payoutAccountId });
    expect(released).toEqual(
      example.named
        ? expect.objectContaining({ sourceChargeId: story.escrowFunded.chargeId })
        : expect.not.objectContaining({ sourceChargeId: expect.anything() }),
    );
  });
});

describe('A trade whose milestones are being paid', () => {
  const released = [
    ...shippedWith(sampleAndBulk),
    story.deliveryConfirmed,
    releaseOf('sample'),
    releaseOf('bulk'),
  ];
  const settledAt = later(bulkEndsAt, 60);
  const paid = (milestoneId: string) =>
    ({ ...story.milestonePaid, milestoneId, payoutId: `payout_${milestoneId}` }) as const;
  const recordPaid = (milestoneId: string) =>
    ({
      type: 'RecordMilestonePaid',
      milestoneId,
      payoutId: `payout_${milestoneId}`,
      at: settledAt,
    }) as const;

  it('is not settled by the first payout', () => {
    given(...released)
      .when(recordPaid('sample'))
      .thenEvents(paid('sample'));
  });

  it('is settled by the last payout, in the same decision', () => {
    given(...released, paid('sample'))
      .when(recordPaid('bulk'))
      .thenEvents(paid('bulk'), { type: 'TradeSettled', version: 1, settledAt });
  });

  it('is settled whatever the order of the payouts', () => {
    given(...released, paid('bulk'))
      .when(recordPaid('sample'))
      .thenEvents(paid('sample'), { type: 'TradeSettled', version: 1, settledAt });
  });

  it('counts a payout once', () => {
    given(...released, paid('sample'))
      .when(recordPaid('sample'))
      .thenNothing();
  });

  it('is not settled while another milestone is not released', () => {
    given(...released.slice(0, -1))
      .when(recordPaid('sample'))
      .thenEvents(paid('sample'));
  });

  it('refuses a payout for what was never released', () => {
    given(...released.slice(0, -1))
      .when(recordPaid('bulk'))
      .thenRejected('escrow.paid_unreleased');
    given(...released)
      .when(recordPaid('a-milestone-of-no-one'))
      .thenRejected('escrow.paid_unreleased');
  });
});

describe('A release before the provider has freed the money', () => {
  const { releasedAt } = story.milestoneReleased;

  it('says nothing of it where the provider did not', () => {
    const { availableOn: _, ...funded } = story.escrowFunded;
    const history = histories.delivered.map((event) =>
      event.type === 'EscrowFunded' ? funded : event,
    );
    const { fundsAvailableOn: __, ...released } = story.milestoneReleased;
    given(...history)
      .when({ ...commands.PassInspectionEnd, at: releasedAt })
      .thenEvents(released);
  });

  it.each([
    ['later', later(releasedAt, 1), { fundsAvailableOn: later(releasedAt, 1) }],
    ['by then', releasedAt, {}],
  ])('says when that is, where it is %s', (_when, availableOn, said) => {
    const funded = { ...story.escrowFunded, availableOn };
    const history = histories.delivered.map((event) =>
      event.type === 'EscrowFunded' ? funded : event,
    );
    const { decision } = given(...history).when({ ...commands.PassInspectionEnd, at: releasedAt });
    const { fundsAvailableOn: _, ...rest } = story.milestoneReleased;
    expect(decision).toEqual({ kind: 'decided', events: [{ ...rest, ...said }] });
  });
});
