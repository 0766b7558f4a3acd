import type { EscrowEvent } from '../../events/index.ts';
import { payableStep } from '../money/currency.ts';
import type { Decision } from '../platform/decision.ts';
import { release } from './decide-release.ts';
import { evolveEscrow } from './evolve.ts';
import { chargedPart, openMilestones, tradedPart } from './holdings.ts';
import { heldParts } from './refund-parts.ts';
import { byWays } from './refund-ways.ts';
import { withSettlement } from './settlement.ts';
import { type Dispute, type FundedState, isFunded } from './state.ts';

type DisputeClosed = Extract<EscrowEvent, { type: 'DisputeClosed' }>;

/**
 * What a closed dispute leads to: the buyer's part of each milestone as a refund, the rest of each
 * released to the seller. A part too small to be paid in the currency charged stays the seller's, and so
 * does what of it is too small to be moved in that currency.
 */
export function award(
  state: FundedState,
  { disputeId, milestoneIds }: Dispute,
  closed: EscrowEvent,
): Decision<EscrowEvent> {
  const { toBuyer, closedAt, evidenceSha256 } = closed as DisputeClosed;
  const disputed = openMilestones(state).filter(({ milestoneId }) =>
    milestoneIds.includes(milestoneId),
  );
  const amount = chargedPart(state, toBuyer);
  const isExact = payableStep(amount.currency) === 1n;
  const taken = isExact ? toBuyer : tradedPart(state, amount);
  const parts = amount.amountMinor === 0n ? [] : heldParts(disputed, taken);
  const refund: readonly EscrowEvent[] =
    parts.length === 0
      ? []
      : byWays(state, {
          type: 'RefundRequested',
          version: 1,
          tradeId: state.terms.tradeId,
          refundId: `${disputeId}_award`,
          amount,
          parts: [...parts],
          reason: 'dispute',
          requestedAt: closedAt,
        });
  const after = [closed, ...refund].reduce(evolveEscrow, state);
  // Stryker disable next-line MethodExpression: a trade stays funded; the filter is for the compiler
  const rest = [after]
    .filter(isFunded)
    .flatMap(openMilestones)
    .filter(({ milestoneId }) => milestoneIds.includes(milestoneId));
  const grounds = { rule: 'dispute_closed', evidenceSha256, releasedAt: closedAt } as const;
  const releases = rest.map((milestone) => release(state, milestone, grounds));
  return withSettlement(state, [closed, ...refund, ...releases], closedAt);
}
