import type { RefundPart } from '../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { compare, type Money, subtract, sum } from '../money/money.ts';
import { refundIdFor } from '../platform/ids.ts';
import {
  chargedPart,
  type OpenMilestone,
  openMilestones,
  releaseOf,
  tradedPart,
} from './holdings.ts';
import { heldParts, partsUpTo } from './refund-parts.ts';
import { byWays } from './refund-ways.ts';
import type { FundedState, Refund } from './state.ts';

/**
 * What is held of milestones that are released: a refund was to take it, and was called off. It is
 * the buyer's, for the seller has had the rest.
 */
export const heldForBuyer = (state: FundedState): readonly OpenMilestone[] =>
  openMilestones(state).filter(({ milestoneId }) => releaseOf(state, milestoneId) !== undefined);

const totalOf = (state: FundedState, milestones: readonly OpenMilestone[]): Money =>
  sum(
    state.terms.amount.currency,
    milestones.map(({ remaining }) => remaining),
  );

/**
 * The parts of a trade that a lost chargeback of `covered`, in the currency charged, takes: first what
 * is held for the buyer (or `all` of that, where less would leave a part too small to be paid back),
 * then what is held for the seller, then what was released.
 */
export function lostParts(
  state: FundedState,
  covered: Money,
  // Stryker disable next-line StringLiteral: whatever is not all is as covered
  ofBuyers: 'as_covered' | 'all' = 'as_covered',
): readonly RefundPart[] {
  const forBuyer = heldForBuyer(state);
  const forSeller = openMilestones(state).filter((open) =>
    forBuyer.every(({ milestoneId }) => milestoneId !== open.milestoneId),
  );
  const amount = tradedPart(state, covered);
  const all = totalOf(state, forBuyer);
  const least = ofBuyers === 'all' ? all : amount;
  // Stryker disable next-line EqualityOperator: of two equal amounts either will do
  if (compare(amount, all) < 0) return heldParts(forBuyer, least);
  return [...heldParts(forBuyer, all), ...partsUpTo(state, subtract(amount, all), forSeller)];
}

/**
 * What is still held for the buyer, in the currency charged: zero where it is too small a part. Rounded
 * to the nearest, so that what was asked for less what the bank took is what goes back.
 */
export const leftForBuyer = (state: FundedState): Money =>
  chargedPart(state, totalOf(state, heldForBuyer(state)), 'halfEven');

/** The bank took less than the refunds that were called off: the rest goes back to the buyer after all. */
export function refundRest(
  state: FundedState,
  { calledOff, chargebackId, at }: RestOf,
): readonly EscrowEvent[] {
  const forBuyer = heldForBuyer(state);
  const parts = heldParts(forBuyer, totalOf(state, forBuyer));
  const [first] = calledOff.filter((refund) => refund.parts.length > 0);
  if (parts.length === 0 || first === undefined) return [];
  const { tradeId } = state.terms;
  return byWays(state, {
    ...{ type: 'RefundRequested', version: 1, tradeId, amount: leftForBuyer(state) },
    refundId: refundIdFor(tradeId, `rest#${chargebackId}`),
    ...{ parts: [...parts], reason: first.reason, requestedAt: at },
  });
}

type RestOf = {
  readonly calledOff: readonly Refund[];
  readonly chargebackId: string;
  readonly at: string;
};
