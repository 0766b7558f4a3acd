import type { EscrowEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf } from './commands.ts';
import { lastAttemptOf, releaseOf } from './holdings.ts';
import { withSettlement } from './settlement.ts';
import { type EscrowState, isFunded } from './state.ts';

/**
 * The last paid milestone settles the trade in the same decision. Payments and returns may be told in
 * any order and end the same, by the numbers of their attempts: a payment that meets an older one has
 * overtaken that one's return, which then changes nothing.
 */
export function recordMilestonePaid(
  { milestoneId, payoutId, attempt = 1, at }: CommandOf<'RecordMilestonePaid'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || releaseOf(state, milestoneId) === undefined)
    return unreleased(milestoneId);
  if (attempt <= lastAttemptOf(state, milestoneId)) return nothing;
  const paid: EscrowEvent = {
    ...{ type: 'MilestonePaid', version: 1, milestoneId, payoutId },
    ...(attempt === 1 ? {} : { attempt }),
  };
  return withSettlement(state, [paid], at);
}

/** What was paid came back: the milestone is open again until another attempt pays it. */
export function recordMilestoneReturned(
  { milestoneId, payoutId, attempt, code }: CommandOf<'RecordMilestoneReturned'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || releaseOf(state, milestoneId) === undefined)
    return unreleased(milestoneId);
  const last = lastAttemptOf(state, milestoneId);
  if (attempt > last) return tooEarly('escrow.not_paid', 'A return was told before its payment.');
  return attempt === last && state.paidMilestoneIds.includes(milestoneId)
    ? decided({
        ...{ type: 'MilestonePaymentReturned', version: 1, milestoneId, payoutId, attempt, code },
      })
    : nothing;
}

const unreleased = (milestoneId: string): Decision<EscrowEvent> =>
  rejected('escrow.paid_unreleased', `A payout settled for ${milestoneId}, which is not released.`);
