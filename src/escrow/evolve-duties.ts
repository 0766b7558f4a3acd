import type { EscrowEvent } from '../../events/index.ts';
import { zero } from '../money/money.ts';
import { isCovered } from './evolve-refunds.ts';
import { expectLegal } from './legal.ts';
import type { Duty, FundedState } from './state.ts';

type DutyEvent = Extract<EscrowEvent, { type: 'DutiesEarmarked' | 'DutiesPaid' }>;

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
  return state.duties.map((duty) => (duty === before ? { ...duty, paid: true } : duty));
}
