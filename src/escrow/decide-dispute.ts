import type { DisputeClosed } from '../../events/escrow/dispute-closed.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { type Money, zero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import { award } from './award.ts';
import type { CommandOf } from './commands.ts';
import { disputedAmount } from './evolve-disputes.ts';
import { isFrozen } from './holdings.ts';
import { type Dispute, type EscrowState, type FundedState, isFunded } from './state.ts';
import { secondsAfter } from './timetable.ts';

type Met =
  | { readonly kind: 'open'; readonly dispute: Dispute; readonly state: FundedState }
  | { readonly kind: 'refused'; readonly decision: Decision<EscrowEvent> };

/** The open dispute that a command means, or why there is none; `verb` names what was asked. */
function meet(disputeId: string, state: EscrowState, verb: string): Met {
  const dispute = isFunded(state)
    ? state.disputes.find((each) => each.disputeId === disputeId)
    : undefined;
  if (!isFunded(state) || dispute === undefined) {
    const decision = rejected('dispute.not_found', 'There is no such dispute.');
    return { kind: 'refused', decision };
  }
  if (dispute.stage !== 'closed') {
    // Stryker disable next-line StringLiteral: it names the type; only `refused` is asked for
    return { kind: 'open', dispute, state };
  }
  const detail = `The dispute is closed: ${dispute.outcome}.`;
  return { kind: 'refused', decision: rejected(`dispute.cannot_${verb}_closed`, detail) };
}

const exceeds = (toBuyer: Money, { dispute, state }: Met & { kind: 'open' }): boolean =>
  toBuyer.currency !== state.terms.amount.currency ||
  toBuyer.amountMinor > disputedAmount(state, dispute);

const awardExceeds: Decision<EscrowEvent> = rejected(
  'dispute.award_exceeds',
  'The award is more than what is disputed, or not in the currency of the trade.',
);

/** One side proposes a split; its proposal stands until the next one. */
export function proposeAward(
  { disputeId, proposalId, by, toBuyer, at }: CommandOf<'ProposeAward'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const met = meet(disputeId, state, 'propose');
  if (met.kind === 'refused') return met.decision;
  if (met.dispute.proposal?.proposalId === proposalId) return nothing;
  if (exceeds(toBuyer, met)) return awardExceeds;
  const proposed = { disputeId, proposalId, by, toBuyer, proposedAt: at };
  return decided({ type: 'DisputeProposed', version: 1, ...proposed });
}

/** The other side accepts the proposal that stands, at any time before the dispute is decided. */
export function agreeAward(
  { disputeId, proposalId, by, at }: CommandOf<'AgreeAward'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const met = meet(disputeId, state, 'agree');
  if (met.kind === 'refused') return met.decision;
  const { proposal } = met.dispute;
  if (proposal === null || proposal.proposalId !== proposalId) {
    return rejected('dispute.no_such_proposal', 'Another proposal stands by now, or none.');
  }
  if (proposal.by === by) {
    return rejected('dispute.own_proposal', 'The other side has to agree.');
  }
  const { toBuyer } = proposal;
  if (exceeds(toBuyer, met)) return awardExceeds;
  return close(met, { outcome: 'agreed', toBuyer, at, evidence: { ...proposal, agreedBy: by } });
}

/** Either side asks for a decision once the time to negotiate is over. */
export function escalateDispute(
  { disputeId, by, at }: CommandOf<'EscalateDispute'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const met = meet(disputeId, state, 'escalate');
  if (met.kind === 'refused') return met.decision;
  const { dispute } = met;
  if (dispute.stage === 'escalated') return nothing;
  if (at < dispute.escalatableAt) {
    const detail = `The sides negotiate until ${dispute.escalatableAt}.`;
    return rejected('dispute.cannot_escalate_negotiating', detail);
  }
  return decided(escalated(dispute, by, at));
}

const escalated = (
  { disputeId, decisionSeconds }: Dispute,
  by: 'buyer' | 'seller' | 'clock',
  at: string,
): EscrowEvent => ({
  type: 'DisputeEscalated',
  version: 1,
  disputeId,
  by,
  decideBy: secondsAfter(at, decisionSeconds),
  escalatedAt: at,
});

/** The arbitrator splits what is disputed. */
export function decideDispute(
  { disputeId, toBuyer, evidenceSha256, at }: CommandOf<'DecideDispute'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const met = meet(disputeId, state, 'decide');
  if (met.kind === 'refused') return met.decision;
  if (met.dispute.stage === 'negotiating') {
    const detail = 'A dispute is decided once it is escalated; the sides still negotiate.';
    return rejected('dispute.cannot_decide_negotiating', detail);
  }
  if (exceeds(toBuyer, met)) return awardExceeds;
  return close(met, { outcome: 'decided', toBuyer, at, evidence: { evidenceSha256 } });
}

/** The buyer takes the dispute back: its milestones go on by their own rules. */
export function withdrawDispute(
  { disputeId, at }: CommandOf<'WithdrawDispute'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const met = meet(disputeId, state, 'withdraw');
  if (met.kind === 'refused') return met.decision;
  return decided(
    closed(met, {
      outcome: 'withdrawn',
      toBuyer: zero(met.state.terms.amount.currency),
      at,
      evidence: {},
    }),
  );
}

/** The clock: a dispute that nobody escalated escalates, and silence decides one that is escalated. */
export function passDisputeDeadline(
  { subjectId, deadline, at }: CommandOf<'PassDeadline'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  // Stryker disable next-line StringLiteral: nobody is told what the clock is refused
  const met = meet(subjectId, state, 'decide');
  if (met.kind === 'refused' || isFrozen(met.state)) return nothing;
  const { dispute } = met;
  if (deadline === 'dispute_escalation') {
    const isDue = dispute.stage === 'negotiating' && at >= dispute.escalatesAt;
    return isDue ? decided(escalated(dispute, 'clock', at)) : nothing;
  }
  if (dispute.decideBy === null || at < dispute.decideBy) return nothing;
  return silence(met.state, dispute, at);
}

/** Closes a dispute that nobody has decided, for the side that its timetable names. */
export function silence(state: FundedState, dispute: Dispute, at: string): Decision<EscrowEvent> {
  const { silenceAwards, decideBy } = dispute;
  const { currency } = state.terms.amount;
  const amountMinor = silenceAwards === 'buyer' ? disputedAmount(state, dispute) : 0n;
  return close(
    // Stryker disable next-line StringLiteral: it names the type; only `refused` is asked for
    { kind: 'open', dispute, state },
    {
      outcome: 'silence',
      toBuyer: { currency, amountMinor },
      at,
      evidence: { decideBy, silenceAwards },
    },
  );
}

type Closing = {
  readonly outcome: DisputeClosed['outcome'];
  readonly toBuyer: Money;
  readonly at: string;
  readonly evidence: Readonly<Record<string, unknown>>;
};

function closed(
  { dispute, state }: Met & { kind: 'open' },
  { outcome, toBuyer, at, evidence }: Closing,
): EscrowEvent {
  const { disputeId } = dispute;
  const facts = { disputeId, outcome, toBuyer, at, ...evidence };
  return {
    type: 'DisputeClosed',
    version: 1,
    tradeId: state.terms.tradeId,
    disputeId,
    outcome,
    toBuyer,
    evidenceSha256: sha256Hex(canonicalJson(facts)),
    closedAt: at,
  };
}

/** Closes a dispute and moves its money in the same decision. */
function close(met: Met & { kind: 'open' }, closing: Closing): Decision<EscrowEvent> {
  const { state, dispute } = met;
  if (isFrozen(state)) {
    return rejected(
      'dispute.cannot_close_charged_back',
      "The buyer's bank disputes the charge; until that has ended no money moves.",
    );
  }
  return award(state, dispute, closed(met, closing));
}
