import type { EscrowEvent } from '../../events/index.ts';
import { openMilestones, undisputedMilestones } from './holdings.ts';
import { expectLegal } from './legal.ts';
import type { Dispute, FundedState } from './state.ts';

export type DisputeEvent = Extract<
  EscrowEvent,
  { type: 'DisputeOpened' | 'DisputeProposed' | 'DisputeEscalated' | 'DisputeClosed' }
>;

/** The disputes of a trade after one of their events. */
export function evolveDisputes(state: FundedState, event: DisputeEvent): readonly Dispute[] {
  const { disputes } = state;
  const before = disputes.find(({ disputeId }) => disputeId === event.disputeId);
  if (event.type === 'DisputeOpened') {
    const free = new Set(undisputedMilestones(state).map(({ milestoneId }) => milestoneId));
    const isFree = event.milestoneIds.every((milestoneId) => free.has(milestoneId));
    expectLegal(before === undefined && isFree, event, state);
    return [...disputes, opened(event)];
  }
  expectLegal(before !== undefined && before.stage !== 'closed', event, state);
  return disputes.map((dispute) => (dispute === before ? after(dispute, event, state) : dispute));
}

function opened(event: Extract<DisputeEvent, { type: 'DisputeOpened' }>): Dispute {
  const { disputeId, milestoneIds, reason, escalatableAt, escalatesAt } = event;
  const { decisionSeconds, silenceAwards } = event;
  return {
    ...{ disputeId, milestoneIds, reason, escalatableAt, escalatesAt },
    ...{ decisionSeconds, silenceAwards },
    stage: 'negotiating',
    decideBy: null,
    proposal: null,
    outcome: null,
  };
}

function after(
  dispute: Dispute,
  event: Exclude<DisputeEvent, { type: 'DisputeOpened' }>,
  state: FundedState,
): Dispute {
  switch (event.type) {
    case 'DisputeProposed': {
      const { proposalId, by, toBuyer } = event;
      return { ...dispute, proposal: { proposalId, by, toBuyer } };
    }
    case 'DisputeEscalated':
      expectLegal(dispute.stage === 'negotiating', event, state);
      return { ...dispute, stage: 'escalated', decideBy: event.decideBy };
    case 'DisputeClosed':
      expectLegal(event.toBuyer.amountMinor <= disputedAmount(state, dispute), event, state);
      return { ...dispute, stage: 'closed', outcome: event.outcome };
  }
}

/** What is left of a dispute's milestones, in minor units of the trade's currency. */
export const disputedAmount = (state: FundedState, { milestoneIds }: Dispute): bigint =>
  openMilestones(state)
    .filter(({ milestoneId }) => milestoneIds.includes(milestoneId))
    .reduce((total, { remaining }) => total + remaining.amountMinor, 0n);
