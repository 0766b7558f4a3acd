import type { EscrowEvent } from '../../events/index.ts';
import { subtract } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { BlockCommand, CommandOf, EscrowCommand } from './commands.ts';
import { earmarkAtOnce } from './decide-duties.ts';
import { evolveEscrow } from './evolve.ts';
import { blockOf, standingOf } from './evolve-block.ts';
import { type EscrowState, isFunded, type Release } from './state.ts';

/** What would let money go, and is refused while the funds are blocked. */
const REFUSED: ReadonlySet<EscrowCommand['type']> = new Set<EscrowCommand['type']>([
  'AcceptGoods',
  'PresentDocument',
  'RequestRefund',
  'RetryRefund',
  'EarmarkDuties',
  'RecordDutiesPaid',
  'AgreeAward',
  'DecideDispute',
  'RequestCancellation',
]);

/** Deadlines that only tell somebody something. Every other one waits for the end of the block. */
const NOTICES: readonly string[] = ['hold_warning', 'evidence_near', 'evidence_due'];

/**
 * Why a command is not carried out on a trade whose funds are blocked; undefined where it is. What
 * others have done is recorded: money that came, a refund or payout that was sent before, what the
 * buyer's bank took. The customer is not told why.
 */
export function refusalByBlock(
  command: EscrowCommand,
  state: EscrowState,
): Decision<EscrowEvent> | undefined {
  if (blockOf(state) === undefined) return undefined;
  if (REFUSED.has(command.type)) return fundsBlocked(rejected);
  switch (command.type) {
    case 'RequestResponse':
      return command.response === 'accept' ? fundsBlocked(rejected) : undefined;
    case 'ValueRefund':
      return fundsBlocked(tooEarly);
    case 'PassDeadline':
      return NOTICES.includes(command.deadline) ? undefined : nothing;
    // Stryker disable next-line ConditionalExpression: what falls through is undefined, too
    default:
      return undefined;
  }
}

const fundsBlocked = (answer: typeof rejected): Decision<EscrowEvent> =>
  answer('escrow.funds_blocked', 'No money of this trade moves for now.');

/** What a decision changes of the money of a blocked trade changes what is blocked of it, at once. */
export function withBlockedFunds(
  state: EscrowState,
  decision: Decision<EscrowEvent>,
): Decision<EscrowEvent> {
  // Stryker disable next-line ConditionalExpression: a trade without a block has none of it to adjust
  if (blockOf(state) === undefined || decision.kind !== 'decided') return decision;
  const after = decision.events.reduce(evolveEscrow, state);
  const block = blockOf(after);
  // Stryker disable next-line ConditionalExpression,StringLiteral: what has a block is opened
  if (block === undefined || after.status === 'not_opened') return decision;
  const standing = standingOf(after);
  const held = subtract(standing.held, block.held);
  const clearing = subtract(standing.clearing, block.clearing);
  if (held.amountMinor === 0n && clearing.amountMinor === 0n) return decision;
  const { tradeId } = after.terms;
  return decided(...decision.events, {
    ...{ type: 'BlockedFundsAdjusted', version: 1, tradeId, caseId: block.caseId },
    ...{ held, clearing },
  });
}

/** Blocks the funds of a trade, lets them go by two persons' word. */
export function decideBlock(command: BlockCommand, state: EscrowState): Decision<EscrowEvent> {
  if (state.status === 'not_opened') return rejected('trade.not_found', 'There is no such trade.');
  switch (command.type) {
    case 'BlockFunds':
      return blockFunds(command, state);
    case 'ProposeUnblock':
      return proposeUnblock(command, state);
    case 'ApproveUnblock':
      return approveUnblock(command, state);
  }
}

type Opened = Exclude<EscrowState, { status: 'not_opened' }>;

/** One case at a time: a further hit belongs to the case that is open. */
function blockFunds(
  { caseId, by, evidenceSha256, at }: CommandOf<'BlockFunds'>,
  state: Opened,
): Decision<EscrowEvent> {
  const { block, terms } = state;
  if (block !== undefined) {
    return block.caseId === caseId
      ? nothing
      : rejected('block.other_case', `The funds are blocked already, by ${block.caseId}.`);
  }
  const releases: readonly Release[] = isFunded(state) ? state.releases : [];
  const isPaid = ({ milestoneId }: Release): boolean =>
    isFunded(state) && state.paidMilestoneIds.includes(milestoneId);
  return decided({
    ...{ type: 'FundsBlocked', version: 1, tradeId: terms.tradeId, caseId },
    ...standingOf(state),
    owed: releases.filter((release) => !isPaid(release)).map(owedOf),
    gone: releases.filter(isPaid).map(owedOf),
    ...(evidenceSha256 === undefined ? {} : { evidenceSha256 }),
    ...{ blockedBy: by, blockedAt: at },
  });
}

const owedOf = ({ milestoneId, net: amount }: Release) => ({ milestoneId, amount });

const notBlocked: Decision<EscrowEvent> = rejected(
  'escrow.not_blocked',
  'The funds of this trade are not blocked.',
);

/** The same person's word again changes nothing; another ground is another proposal. */
function proposeUnblock(
  { ground, reference, by, at }: CommandOf<'ProposeUnblock'>,
  { block, terms }: Opened,
): Decision<EscrowEvent> {
  if (block === undefined) return notBlocked;
  const { caseId, proposal } = block;
  const isKnown =
    proposal?.by === by && proposal.ground === ground && proposal.reference === reference;
  if (isKnown) return nothing;
  return decided({
    ...{ type: 'UnblockProposed', version: 1, tradeId: terms.tradeId, caseId },
    ...{ ground, reference, proposedBy: by, proposedAt: at },
  });
}

/** What goes back is what is blocked by then. Duties that could not be set aside meanwhile are now. */
function approveUnblock(
  { by, at }: CommandOf<'ApproveUnblock'>,
  state: Opened,
): Decision<EscrowEvent> {
  const { block, terms } = state;
  if (block === undefined) return notBlocked;
  const { caseId, held, clearing, proposal } = block;
  if (proposal === undefined) {
    return rejected('block.nothing_proposed', 'Nobody has proposed to lift this block.');
  }
  if (proposal.by === by) {
    return rejected('block.same_person', 'Whoever proposed to lift a block can not approve it.');
  }
  const { ground, reference, by: proposedBy } = proposal;
  const unblocked: EscrowEvent = {
    ...{ type: 'FundsUnblocked', version: 1, tradeId: terms.tradeId, caseId, held, clearing },
    ...{ ground, reference, proposedBy, approvedBy: by, unblockedAt: at },
  };
  const after = evolveEscrow(state, unblocked);
  return decided(unblocked, ...(isFunded(after) ? earmarkAtOnce(after, at) : []));
}
