import type { RefundRequested } from '../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { sum } from '../money/money.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import { silence } from './decide-dispute.ts';
import { release } from './decide-release.ts';
import { evolveEscrow } from './evolve.ts';
import {
  chargedPart,
  isFrozen,
  openMilestones,
  refundable,
  undisputedMilestones,
} from './holdings.ts';
import { heldParts } from './refund-parts.ts';
import { byWays } from './refund-ways.ts';
import { withSettlement } from './settlement.ts';
import { type EscrowState, type FundedState, isFunded } from './state.ts';
import { holdLimitAt, holdPartAt, shipByOf } from './timetable.ts';

/** At four fifths of the time that money may be held, somebody is told. */
export function warnOfHoldLimit(at: string, state: EscrowState): Decision<EscrowEvent> {
  if (!isFunded(state)) return nothing;
  const { terms, payment, holdWarned } = state;
  const limitAt = holdLimitAt(terms, payment);
  const open = openMilestones(state);
  const isDue = limitAt !== undefined && at >= holdPartAt(terms, payment, 'warning');
  if (!isDue || holdWarned || open.length === 0) return nothing;
  const held = sum(
    terms.amount.currency,
    open.map(({ remaining }) => remaining),
  );
  const { tradeId } = terms;
  return decided({ type: 'HoldLimitNear', version: 1, tradeId, held, limitAt, noticedAt: at });
}

/** At nineteen twentieths of it, what is held goes, to whom it is due by what is known. */
export function forceAtHoldLimit(at: string, state: EscrowState): Decision<EscrowEvent> {
  if (!isFunded(state) || isFrozen(state) || openMilestones(state).length === 0) return nothing;
  const { terms, payment } = state;
  const limitAt = holdLimitAt(terms, payment);
  if (limitAt === undefined || at < holdPartAt(terms, payment, 'forced')) return nothing;
  const { tradeId } = terms;
  const forced: EscrowEvent = {
    type: 'HoldLimitForced',
    version: 1,
    tradeId,
    limitAt,
    forcedAt: at,
  };
  let events: readonly EscrowEvent[] = [forced];
  let after = evolveEscrow(state, forced) as FundedState;
  for (const dispute of state.disputes.filter(({ stage }) => stage !== 'closed')) {
    const decision = silence(after, dispute, at);
    // Stryker disable next-line ConditionalExpression,ArrayDeclaration: refused only while frozen, which was asked above
    const decidedEvents = decision.kind === 'decided' ? decision.events : [];
    events = [...events, ...decidedEvents];
    after = decidedEvents.reduce(evolveEscrow, after) as FundedState;
  }
  const rest =
    state.delivery === null
      ? giveBackHeld(after, { limitAt, at })
      : releaseHeld(after, { limitAt, at });
  return withSettlement(state, [...events, ...rest], at);
}

type Forced = { readonly limitAt: string; readonly at: string };

/** Goes back to the buyer; a rest that is too little for that is the seller's, as in an award. */
function giveBackHeld(state: FundedState, forced: Forced): readonly EscrowEvent[] {
  const refunds = refundHeld(state, { reason: 'hold_limit', at: forced.at });
  const isTooLittle = refunds.length === 0 && refundable(state).amountMinor > 0n;
  return isTooLittle ? releaseHeld(state, forced) : refunds;
}

function releaseHeld(state: FundedState, { limitAt, at }: Forced): readonly EscrowEvent[] {
  const { tradeId } = state.terms;
  return undisputedMilestones(state).map((milestone) => {
    const { milestoneId } = milestone;
    const evidence = { rule: 'hold_limit', tradeId, milestoneId, limitAt, at };
    const evidenceSha256 = sha256Hex(canonicalJson(evidence));
    return release(state, milestone, {
      rule: 'hold_limit',
      evidenceSha256,
      evidence,
      releasedAt: at,
    });
  });
}

/** Gives the buyer back all that is held and not disputed. */
export function refundHeld(
  state: FundedState,
  { reason, at }: { readonly reason: RefundRequested['reason']; readonly at: string },
): readonly EscrowEvent[] {
  const open = undisputedMilestones(state);
  const { tradeId, amount: whole } = state.terms;
  const held = sum(
    whole.currency,
    open.map(({ remaining }) => remaining),
  );
  const amount = chargedPart(state, held);
  if (held.amountMinor === 0n || amount.amountMinor === 0n) return [];
  return byWays(state, {
    type: 'RefundRequested',
    version: 1,
    tradeId,
    refundId: givenBackId(state, reason),
    amount,
    parts: [...heldParts(open, held)],
    reason,
    requestedAt: at,
  });
}

/** What was disputed, or called off, when the first was given back is a refund of its own, by its number. */
function givenBackId(
  { terms: { tradeId }, refunds }: FundedState,
  reason: RefundRequested['reason'],
): string {
  const before = refunds.filter((refund) => refund.reason === reason).length;
  const ordinal = before === 0 ? '' : `_${before + 1}`;
  return `rfd_${tradeId.slice(tradeId.indexOf('_') + 1)}_${reason}${ordinal}`;
}

/** Goods that were not handed to the carrier in time are not waited for. */
export function passShippingDue(at: string, state: EscrowState): Decision<EscrowEvent> {
  if (!isFunded(state) || isFrozen(state) || !state.converted) return nothing;
  const shipBy = shipByOf(state.terms, state.payment);
  const isMissed =
    // Stryker disable next-line ConditionalExpression: no instant is at or after undefined
    shipBy !== undefined && at >= shipBy && !state.dispatched && state.delivery === null;
  const refunds = isMissed ? refundHeld(state, { reason: 'not_shipped', at }) : [];
  if (
    // Stryker disable next-line ConditionalExpression: then nothing is missed, and nothing refunded
    shipBy === undefined ||
    refunds.length === 0
  ) {
    return nothing;
  }
  const { tradeId } = state.terms;
  return decided({ type: 'ShippingMissed', version: 1, tradeId, shipBy, missedAt: at }, ...refunds);
}

/** The carrier has the goods. What is told again, or after the trade is over, changes nothing. */
export function recordDispatch(
  { shipmentId, dispatchedAt }: { readonly shipmentId: string; readonly dispatchedAt: string },
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || state.terms.shipWithinSeconds === undefined || state.dispatched) {
    return nothing;
  }
  if (state.booking !== null && state.booking.shipmentId !== shipmentId) return nothing;
  return decided({ type: 'GoodsDispatched', version: 1, shipmentId, dispatchedAt });
}
