import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { canonicalJson, sha256Hex } from '../../../src/platform/ids.ts';
import { story } from '../../support/builders.ts';
import { disputedPart, disputeId, proposed, usd } from './disputes.ts';
import { commands, given, histories } from './escrow-states.ts';

const { proposalId, by, toBuyer } = story.disputeProposed;
const agreedOn = { proposalId, by, toBuyer };

describe('The decision about one milestone of two', () => {
  it('awards and releases of that milestone only: the other one stays held', () => {
    const escalated = [...disputedPart, story.disputeEscalated];
    expect(
      given(...escalated).when({ ...commands.DecideDispute, toBuyer: usd(230_000n) }).decision,
    ).toMatchObject({
      events: [
        { type: 'DisputeClosed' },
        {
          type: 'RefundRequested',
          parts: [{ milestoneId: 'sample', held: usd(230_000n) }],
        },
        { type: 'MilestoneReleased', milestoneId: 'sample', amount: usd(230_000n) },
      ],
    });
  });
});

describe('The decision', () => {
  const decide = (minor: bigint) => ({ ...commands.DecideDispute, toBuyer: usd(minor) });

  it('splits what is disputed, and no more', () => {
    given(...histories.escalated)
      .when(decide(1_150_001n))
      .thenRejected('dispute.award_exceeds');
    expect(given(...histories.escalated).when(decide(1_150_000n)).decision).toMatchObject({
      events: [
        { type: 'DisputeClosed', outcome: 'decided' },
        { type: 'RefundRequested', amount: story.escrowFunded.received },
      ],
    });
    expect(given(...histories.escalated).when(decide(0n)).decision).toMatchObject({
      events: [{ type: 'DisputeClosed' }, { type: 'MilestoneReleased', amount: usd(1_150_000n) }],
    });
  });

  it('leaves with the seller what is too little to pay in the currency charged', () => {
    const received = money('JPY', 1_640n);
    const history = histories.escalated.map((event): EscrowEvent => {
      if (event.type === 'EscrowFunded') return { ...event, received };
      if (event.type !== 'TradeOpened') return event;
      return { ...event, quote: { ...event.quote, sell: received } };
    });
    expect(given(...history).when(decide(1n)).decision).toMatchObject({
      events: [{ type: 'DisputeClosed' }, { type: 'MilestoneReleased', amount: usd(1_150_000n) }],
    });
  });

  it('moves nothing while the buyer’s bank disputes the charge', () => {
    const frozen = [...histories.escalated, story.chargebackOpened];
    given(...frozen)
      .when(commands.DecideDispute)
      .thenRejected('dispute.cannot_close_charged_back');
  });

  it('is of the proposal that fits what is left by now', () => {
    const shrunk = [...disputedPart, { ...story.disputeProposed, toBuyer: usd(460_001n) }];
    given(...shrunk)
      .when(commands.AgreeAward)
      .thenRejected('dispute.award_exceeds');
  });

  it.each([
    ['agreed', proposed, commands.AgreeAward, { ...agreedOn, agreedBy: 'buyer' }],
    [
      ...(['decided', histories.escalated, commands.DecideDispute] as const),
      { evidenceSha256: commands.DecideDispute.evidenceSha256 },
    ],
    [
      ...(['silence', histories.escalated, commands.PassDecision] as const),
      { decideBy: story.disputeEscalated.decideBy, silenceAwards: 'buyer' },
    ],
    ['withdrawn', histories.disputed, commands.WithdrawDispute, {}],
  ] as const)('keeps the hash of what it was %s by', (outcome, history, command, evidence) => {
    const { decision } = given(...history).when(command);
    const closed = decision.kind === 'decided' ? decision.events[0] : undefined;
    if (closed?.type !== 'DisputeClosed') throw new Error('Nothing was closed.');
    const { toBuyer } = closed;
    const facts = { disputeId, outcome, toBuyer, at: command.at, ...evidence };
    expect(closed.evidenceSha256).toBe(sha256Hex(canonicalJson(facts)));
  });
});
