import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { disputedPart, disputeId, proposed, twoParts, usd } from './disputes.ts';
import { commands, given, histories } from './escrow-states.ts';
import { DAY_SECONDS, passInspectionEnd, releaseOf, sampleEndsAt } from './milestones.ts';

const open = (milestoneIds: readonly string[] | null) => ({
  ...commands.OpenDispute,
  milestoneIds,
});

describe('Opening a dispute', () => {
  it('sets its whole timetable, by default three, seven and fourteen days', () => {
    given(...histories.delivered)
      .when(commands.OpenDispute)
      .thenEvents(story.disputeOpened);
  });

  it('sets the timetable that the trade agreed on', () => {
    const disputes = {
      ...{ negotiationSeconds: 60, escalationSeconds: 120, decisionSeconds: 180 },
      silenceAwards: 'seller',
    } as const;
    const history: readonly EscrowEvent[] = histories.delivered.map((event) =>
      event.type === 'TradeOpened' ? { ...event, disputes } : event,
    );
    expect(given(...history).when(commands.OpenDispute).decision).toMatchObject({
      events: [
        {
          escalatableAt: later(story.disputeOpened.openedAt, 60),
          escalatesAt: later(story.disputeOpened.openedAt, 120),
          decisionSeconds: 180,
          silenceAwards: 'seller',
        },
      ],
    });
  });

  it('is about everything that is still held, or the milestones it names', () => {
    const released = [...twoParts, releaseOf('sample')];
    expect(given(...released).when(open(null)).decision).toMatchObject({
      events: [{ milestoneIds: ['bulk'] }],
    });
    expect(given(...twoParts).when(open(['bulk'])).decision).toMatchObject({
      events: [{ milestoneIds: ['bulk'] }],
    });
  });

  it('needs no evidence', () => {
    const { decision } = given(...histories.delivered).when({
      ...open(null),
      evidenceSha256: null,
    });
    expect(decision).not.toHaveProperty('events.0.evidenceSha256');
  });

  it('of what is not there, released or disputed is refused, each by its reason', () => {
    given(...twoParts)
      .when(open(['other']))
      .thenRejected('dispute.unknown_milestone');
    given(...twoParts, releaseOf('sample'))
      .when(open(['sample']))
      .thenRejected('dispute.milestone_closed');
    const again = { ...open(['sample']), disputeId: 'dsp_2' };
    given(...disputedPart)
      .when(again)
      .thenRejected('dispute.milestone_disputed');
    const rest = { ...open(null), disputeId: 'dsp_2' };
    expect(given(...disputedPart).when(rest).decision).toMatchObject({
      events: [{ milestoneIds: ['bulk'] }],
    });
    given(...histories.disputed)
      .when(rest)
      .thenRejected('trade.cannot_dispute_disputed');
  });

  it('again under its id is the same; with another claim it is refused', () => {
    given(...disputedPart)
      .when(open(['sample']))
      .thenNothing();
    given(...disputedPart)
      .when(open(['bulk']))
      .thenRejected('dispute.id_reused');
    given(...disputedPart)
      .when({ ...open(null), reason: 'damaged' })
      .thenRejected('dispute.id_reused');
  });
});

describe('While a milestone is disputed', () => {
  it('the others go on, and it does not', () => {
    given(...disputedPart)
      .when(passInspectionEnd(sampleEndsAt))
      .thenNothing();
    expect(given(...disputedPart).when(commands.AcceptGoods).decision).toMatchObject({
      events: [{ type: 'MilestoneReleased', milestoneId: 'bulk' }],
    });
  });

  it('a refund takes only of the others', () => {
    expect(
      given(...disputedPart).when({ ...commands.RequestRefund, amount: money('EUR', 1_000n) })
        .decision,
    ).toMatchObject({
      events: [{ parts: [{ milestoneId: 'bulk' }] }],
    });
    given(...disputedPart)
      .when(commands.RequestRefund)
      .thenRejected('trade.cannot_refund_disputed');
  });
});

describe('The negotiation', () => {
  it('ends with the other side’s agreement, which moves the money at once', () => {
    expect(given(...proposed).when(commands.AgreeAward).decision).toMatchObject({
      events: [
        { type: 'DisputeClosed', outcome: 'agreed', toBuyer: usd(287_500n) },
        {
          type: 'RefundRequested',
          refundId: `${disputeId}_award`,
          reason: 'dispute',
          amount: money('EUR', 256_168n),
          parts: [{ milestoneId: 'delivery', held: usd(287_500n) }],
        },
        {
          type: 'MilestoneReleased',
          rule: 'dispute_closed',
          amount: usd(862_500n),
          fee: usd(21_562n),
          net: usd(840_938n),
        },
      ],
    });
  });

  it('is not ended by a side’s own word, nor by a proposal that no longer stands', () => {
    given(...proposed)
      .when({ ...commands.AgreeAward, by: 'seller' })
      .thenRejected('dispute.own_proposal');
    const second = { ...story.disputeProposed, proposalId: 'prp_2' };
    given(...proposed, second)
      .when(commands.AgreeAward)
      .thenRejected('dispute.no_such_proposal');
  });

  it('knows a proposal again, and takes none beyond what is disputed', () => {
    given(...proposed)
      .when(commands.ProposeAward)
      .thenNothing();
    const bid = (toBuyer: ReturnType<typeof money>) => ({
      ...commands.ProposeAward,
      proposalId: 'prp_2',
      toBuyer,
    });
    given(...proposed)
      .when(bid(usd(1_150_001n)))
      .thenRejected('dispute.award_exceeds');
    given(...proposed)
      .when(bid(money('EUR', 1n)))
      .thenRejected('dispute.award_exceeds');
  });

  it('can’t be cut short, and is over after three days', () => {
    const early = { ...commands.EscalateDispute, at: later(story.disputeOpened.escalatableAt, -1) };
    given(...histories.disputed)
      .when(early)
      .thenRejected('dispute.cannot_escalate_negotiating');
    given(...histories.disputed)
      .when(commands.EscalateDispute)
      .thenEvents({
        ...story.disputeEscalated,
        by: 'buyer',
        decideBy: later(story.disputeOpened.escalatableAt, 14 * DAY_SECONDS),
        escalatedAt: story.disputeOpened.escalatableAt,
      });
  });
});

describe('The clock of a dispute', () => {
  it('escalates it on its day, not before', () => {
    given(...histories.disputed)
      .when(commands.PassEscalation)
      .thenEvents(story.disputeEscalated);
    const dueAt = later(story.disputeOpened.escalatesAt, -1);
    given(...histories.disputed)
      .when({ ...commands.PassEscalation, dueAt, at: dueAt })
      .thenNothing();
  });

  it('decides by silence, for the side that the timetable names', () => {
    expect(given(...histories.escalated).when(commands.PassDecision).decision).toMatchObject({
      events: [{ outcome: 'silence', toBuyer: usd(1_150_000n) }, { type: 'RefundRequested' }],
    });
    const forSeller = histories.escalated.map((event) =>
      event.type === 'DisputeOpened' ? { ...event, silenceAwards: 'seller' as const } : event,
    );
    expect(given(...forSeller).when(commands.PassDecision).decision).toMatchObject({
      events: [{ outcome: 'silence', toBuyer: usd(0n) }, { type: 'MilestoneReleased' }],
    });
    const dueAt = later(story.disputeEscalated.decideBy, -1);
    given(...histories.escalated)
      .when({ ...commands.PassDecision, dueAt, at: dueAt })
      .thenNothing();
  });

  it('stands still while the buyer’s bank disputes the charge', () => {
    given(...histories.disputed, story.chargebackOpened)
      .when(commands.PassEscalation)
      .thenNothing();
    given(...histories.escalated, story.chargebackOpened)
      .when(commands.PassDecision)
      .thenNothing();
  });
});
