import type { EscrowEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { canonicalJson } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { disputedIds, isFrozen, openMilestones, undisputedMilestones } from './holdings.ts';
import { type Dispute, type EscrowState, type FundedState, isFunded } from './state.ts';
import { publicStatus } from './status.ts';
import { DEFAULT_TIMETABLE, deadlinesOf } from './timetable.ts';

/** The buyer disputes what is still held, or some milestones of it. */
export function openDispute(
  command: CommandOf<'OpenDispute'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  if (!isFunded(state)) return cannotDispute(state);
  const known = state.disputes.find(({ disputeId }) => disputeId === command.disputeId);
  if (known !== undefined) return repeated(known, command);
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not held yet.');
  }
  if (isFrozen(state) || openMilestones(state).length === 0) return cannotDispute(state);
  return disputeOf(command, state);
}

const cannotDispute = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_dispute_${publicStatus(state)}`,
    `Only money that is held can be disputed; this trade is ${publicStatus(state)}.`,
  );

/** The same request again is the same dispute; `milestoneIds` may have been left to the trade. */
const repeated = (
  { disputeId, milestoneIds, reason }: Dispute,
  command: CommandOf<'OpenDispute'>,
): Decision<EscrowEvent> =>
  reason === command.reason &&
  (command.milestoneIds === null ||
    canonicalJson(command.milestoneIds) === canonicalJson(milestoneIds))
    ? nothing
    : rejected('dispute.id_reused', `Another dispute was opened as ${disputeId}.`);

function disputeOf(
  { disputeId, milestoneIds, reason, evidenceSha256, at }: CommandOf<'OpenDispute'>,
  state: FundedState,
): Decision<EscrowEvent> {
  const free = undisputedMilestones(state).map(({ milestoneId }) => milestoneId);
  const wanted = milestoneIds ?? free;
  const refusal = wanted.map((milestoneId) => refusalOf(milestoneId, state)).find(Boolean);
  if (refusal !== undefined) return refusal;
  if (wanted.length === 0) return cannotDispute(state);
  return decided({
    type: 'DisputeOpened',
    version: 1,
    tradeId: state.terms.tradeId,
    disputeId,
    milestoneIds: [...wanted],
    reason,
    ...(evidenceSha256 === null ? {} : { evidenceSha256 }),
    ...deadlinesOf(state.terms.disputes ?? DEFAULT_TIMETABLE, at),
  });
}

/** Why a milestone can't be disputed; undefined where it can. */
function refusalOf(milestoneId: string, state: FundedState): Decision<EscrowEvent> | undefined {
  if (!state.terms.milestones.some((milestone) => milestone.milestoneId === milestoneId)) {
    return rejected('dispute.unknown_milestone', `This trade has no milestone ${milestoneId}.`);
  }
  if (disputedIds(state).has(milestoneId)) {
    return rejected('dispute.milestone_disputed', `Milestone ${milestoneId} is disputed already.`);
  }
  const isOpen = openMilestones(state).some((open) => open.milestoneId === milestoneId);
  return isOpen
    ? undefined
    : rejected('dispute.milestone_closed', `Nothing is held any more of ${milestoneId}.`);
}
