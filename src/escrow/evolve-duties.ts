import type { EscrowEvent } from '../../events/index.ts';
import { money, subtract, zero } from '../money/money.ts';
import { isCovered } from './evolve-refunds.ts';
import { expectLegal } from './legal.ts';
import type { Duty, FundedState } from './state.ts';

type DutyEvent = Extract<
  EscrowEvent,
  { type: 'DutiesEarmarked' | 'DutiesPaid' | 'DutiesReleased' }
>;

/** The duties of a trade after one of their events. */
export function evolveDuties(state: FundedState, event: DutyEvent): readonly Duty[] {
  const before = state.duties.find(({ dutyId }) => dutyId === event.dutyId);
  if (event.type === 'DutiesEarmarked') {
    const { dutyId, amount, parts } = event;
    const nothing = zero(state.payment.received.currency);
    const isHeld = isCovered(state, { amount: nothing, parts });
    expectLegal(before === undefined && isHeld, event, state);
    return [...state.duties, { dutyId, amount, parts, paid: false }];
  }
  expectLegal(before !== undefined && !before.paid, event, state);
  if (event.type === 'DutiesReleased') {
    // Stryker disable next-line ConditionalExpression: it is known, as was asked above
    const isOwn = before !== undefined && isPartOf(event.parts, before);
    expectLegal(isOwn && isUnreleased(event.parts, state), event, state);
    return state.duties.map((duty) => (duty === before ? less(duty, event) : duty));
  }
  return state.duties.map((duty) => (duty === before ? { ...duty, paid: true } : duty));
}

type Parts = Duty['parts'];

const heldOf = (parts: Parts, milestoneId: string): bigint =>
  parts
    .filter((part) => part.milestoneId === milestoneId)
    .reduce((sum, { held }) => sum + held.amountMinor, 0n);

const isPartOf = (parts: Parts, duty: Duty): boolean =>
  parts.every(({ milestoneId, held }) => held.amountMinor <= heldOf(duty.parts, milestoneId));

/** Whether what comes back can still be released with its milestone. */
export const isUnreleased = (parts: Parts, held: Pick<FundedState, 'releases'>): boolean =>
  parts.every(
    ({ milestoneId }) => !held.releases.some((release) => release.milestoneId === milestoneId),
  );

/** The duty that is left; one of which nothing is left has nothing more to pay. */
function less(duty: Duty, { amount, parts }: Pick<Duty, 'amount' | 'parts'>): Duty {
  const left = subtract(duty.amount, amount);
  return {
    ...duty,
    amount: left,
    parts: duty.parts
      .map((part) => ({
        ...part,
        held: money(part.held.currency, part.held.amountMinor - heldOf(parts, part.milestoneId)),
      }))
      .filter(({ held }) => held.amountMinor > 0n),
    paid: left.amountMinor === 0n,
  };
}
