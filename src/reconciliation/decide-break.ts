import type { BreakEvent } from '../../events/reconciliation/index.ts';
import { isZero } from '../money/money.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import type { BreakCommand, BreakCommandOf, Step } from './break-commands.ts';
import type { BreakState } from './break-state.ts';
import { approveMatch, matchByHand } from './decide-match.ts';
import { type WriteOffPosting, writeOffPosting } from './write-off.ts';

type Unresolved = Extract<BreakState, { status: 'open' | 'write_off_proposed' }>;
type Verdict = Decision<BreakEvent>;

/** What comes of a command on a break. A resolved break takes no more steps. */
export function decideBreak(command: BreakCommand, state: BreakState): Verdict {
  if (command.type === 'RaiseBreak') return raise(command, state);
  if (state.status === 'not_raised') {
    return rejected('break.not_found', 'There is no such break.');
  }
  if (command.type === 'ReopenBreak') return reopen(command, state);
  if (state.status === 'resolved') {
    return command.type === 'ClearBreak'
      ? nothing
      : rejected('break.resolved', `This break is resolved: ${state.resolution}.`);
  }
  if (command.type === 'ClearBreak') return clear(command, state);
  if (command.reason.trim().length < SHORTEST_REASON) {
    return rejected('break.reason_missing', 'Say why, for whoever reads the record later.');
  }
  return decideStep(command, state);
}

/** What was cleared may be found again: what cleared it is gone. What a person resolved is not. */
function raise({ facts }: BreakCommandOf<'RaiseBreak'>, state: BreakState): Verdict {
  const isFree =
    state.status === 'not_raised' ||
    (state.status === 'resolved' && state.resolution === 'cleared');
  return isFree ? decided({ type: 'BreakRaised', version: 1, ...facts }) : nothing;
}

/** What a person resolved with items that were somebody else's by then holds for nothing. */
function reopen({ taken, at }: BreakCommandOf<'ReopenBreak'>, state: BreakState): Verdict {
  if (state.status !== 'resolved' || state.resolution === 'cleared') return nothing;
  const { facts, resolution, writtenOff } = state;
  const { amount, posting } = writtenOff ?? {};
  return decided({
    ...{ type: 'BreakReopened', version: 1, breakId: facts.breakId, taken: [...taken] },
    ...(resolution === 'matched' ? {} : { was: resolution }),
    ...(amount === undefined || posting === undefined ? {} : { reversed: { amount, posting } }),
    reopenedAt: at,
  });
}

/** As the published events have it. */
const SHORTEST_REASON = 3;

type StepCommand = Exclude<BreakCommand, { type: 'RaiseBreak' | 'ReopenBreak' | 'ClearBreak' }>;

function decideStep(command: StepCommand, state: Unresolved): Verdict {
  switch (command.type) {
    case 'AssignBreak':
      return state.assignee === command.assignee
        ? nothing
        : decided({
            ...common('BreakAssigned', state, command),
            assignee: command.assignee,
          });
    case 'ExplainBreak':
      return decided(common('BreakExplained', state, command));
    case 'ApproveWriteOff':
      return approve(command, state);
    case 'DeclineWriteOff':
      return state.status === 'write_off_proposed'
        ? decided(common('WriteOffDeclined', state, command))
        : rejected('break.nothing_proposed', 'Nobody has proposed a write-off.');
    default:
      return state.status === 'open'
        ? resolve(command, state)
        : rejected('break.write_off_proposed', 'A write-off waits for a second person.');
  }
}

type Resolving = Extract<StepCommand, { type: 'MatchByHand' | 'WriteOff' | 'SendBack' }>;

function resolve(command: Resolving, state: Unresolved): Verdict {
  switch (command.type) {
    case 'MatchByHand':
      return matchByHand(command, state);
    case 'WriteOff':
      return writeOff(command, state);
    case 'SendBack':
      return sendBack(command, state);
    default: {
      const unknownCommand: never = command;
      return unknownCommand;
    }
  }
}

function writeOff(command: BreakCommandOf<'WriteOff'>, state: Unresolved): Verdict {
  const { difference } = state.facts;
  if (isZero(difference)) {
    return rejected('break.nothing_to_write_off', 'There is no difference to give up.');
  }
  const posting = writeOffPosting(state.facts);
  if (posting === undefined) {
    return rejected('break.nothing_booked', 'The books hold nothing that could be written off.');
  }
  const { amountMinor } = difference;
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return size > command.limitMinor
    ? decided({ ...common('WriteOffProposed', state, command), amount: difference })
    : decided({
        ...common('BreakWrittenOff', state, command),
        amount: difference,
        approvedBy: null,
        ...bookedWith(posting),
      });
}

/**
 * What lies in suspense is written off on its own line's stream, which whoever identifies it writes to,
 * too: one of both is first. All else is booked with the step.
 */
const bookedWith = (posting: WriteOffPosting | undefined): { posting?: WriteOffPosting } =>
  posting === undefined || posting.asset === '2900' ? {} : { posting };

/** The record names both: who proposed with the reason, and who agreed. */
function approve(command: BreakCommandOf<'ApproveWriteOff'>, state: Unresolved): Verdict {
  if (state.status !== 'write_off_proposed') {
    return rejected('break.nothing_proposed', 'Nobody has proposed a write-off.');
  }
  const { proposedBy, reason, facts, match } = state;
  if (proposedBy === command.by) {
    return rejected('break.same_person', 'Whoever proposed a write-off can not approve it.');
  }
  if (match !== undefined) return approveMatch(command, state, match);
  const posting = writeOffPosting(facts);
  return decided({
    type: 'BreakWrittenOff',
    version: 1,
    breakId: facts.breakId,
    amount: facts.difference,
    approvedBy: command.by,
    approvalReason: command.reason.trim(),
    ...bookedWith(posting),
    by: proposedBy,
    reason,
    at: command.at,
  });
}

/** Only money that came, and that we have too much of, can go back. */
function sendBack(command: BreakCommandOf<'SendBack'>, state: Unresolved): Verdict {
  const { difference, right } = state.facts;
  return right.length > 0 && difference.amountMinor > 0n
    ? decided({ ...common('BreakSentBack', state, command), amount: difference })
    : rejected('break.nothing_to_send_back', 'No money came that is not ours.');
}

const clear = (command: BreakCommandOf<'ClearBreak'>, state: Unresolved): Verdict =>
  decided({
    type: 'BreakCleared',
    version: 1,
    breakId: state.facts.breakId,
    matchedBy: [...command.matchedBy],
    clearedAt: command.at,
  });

const common = <T extends BreakEvent['type']>(
  type: T,
  { facts }: Unresolved,
  { by, reason, at }: Step,
) => ({ type, version: 1 as const, breakId: facts.breakId, by, reason: reason.trim(), at });
