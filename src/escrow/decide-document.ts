import type { EscrowEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { release } from './decide-release.ts';
import { disputedIds, isFrozen, openMilestones } from './holdings.ts';
import { type EscrowState, type FundedState, isFunded } from './state.ts';
import { publicStatus } from './status.ts';

/** The paper that a milestone waits for is presented, which releases it. */
export function presentDocument(
  command: CommandOf<'PresentDocument'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  const { milestoneId, documentType } = command;
  const milestone = state.terms.milestones.find((each) => each.milestoneId === milestoneId);
  if (milestone?.release?.rule !== 'document') {
    return rejected('document.not_awaited', `No milestone ${milestoneId} waits for a document.`);
  }
  if (milestone.release.documentType !== documentType) {
    const detail = `Milestone ${milestoneId} waits for a ${milestone.release.documentType}.`;
    return rejected('document.wrong_type', detail);
  }
  if (!isFunded(state)) return cannotRelease(state);
  if (!state.converted) {
    return tooEarly('escrow.not_converted', 'The money of this trade is not held yet.');
  }
  return releaseBy(command, state);
}

const cannotRelease = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_release_${publicStatus(state)}`,
    `Nothing is released of a trade that is ${publicStatus(state)}.`,
  );

function releaseBy(
  { milestoneId, documentType, documentSha256, at }: CommandOf<'PresentDocument'>,
  state: FundedState,
): Decision<EscrowEvent> {
  const open = openMilestones(state).find((each) => each.milestoneId === milestoneId);
  if (open === undefined) {
    const wasReleased = state.releases.some((each) => each.milestoneId === milestoneId);
    return wasReleased ? nothing : cannotRelease(state);
  }
  if (isFrozen(state) || disputedIds(state).has(milestoneId)) return cannotRelease(state);
  const { tradeId } = state.terms;
  const presented = { tradeId, milestoneId, documentType, documentSha256, presentedAt: at };
  const evidence = { rule: 'document_presented', ...presented };
  return decided(
    { type: 'DocumentPresented', version: 1, ...presented },
    release(state, open, {
      rule: 'document_presented',
      evidenceSha256: sha256Hex(canonicalJson(evidence)),
      evidence,
      releasedAt: at,
    }),
  );
}
