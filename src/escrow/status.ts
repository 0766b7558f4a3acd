import { disputedIds, isFrozen, openMilestones } from './holdings.ts';
import { type EscrowState, type FundedState, type Held, isFunded } from './state.ts';

const isOver = (held: Held): boolean => held.converted && openMilestones(held).length === 0;

const isDone = ({ status }: Held['refunds'][number]): boolean =>
  status === 'settled' || status === 'canceled';

/**
 * The status that a funded trade has by what it holds: as long as a milestone holds money the goods
 * decide it, then what became of the money.
 */
export function withStatus(held: Held): FundedState {
  const { booking, delivery } = held;
  if (isOver(held)) return { ...held, status: statusAtEnd(held) };
  if (booking === null) return { ...held, status: 'funded' };
  return delivery === null
    ? { ...held, status: 'in_fulfilment', booking }
    : { ...held, status: 'delivered', booking, delivery };
}

function statusAtEnd(
  held: Held,
): 'settled' | 'refunding' | 'released' | 'refunded' | 'charged_back' {
  if (held.settled) return 'settled';
  if (!held.refunds.every(isDone)) return 'refunding';
  if (held.releases.length > 0) return 'released';
  return held.chargebacks.some(({ taken }) => taken !== null) ? 'charged_back' : 'refunded';
}

/** True where nothing more can happen to the money but what a buyer's bank or a refund starts. */
export const isComplete = (held: FundedState): boolean =>
  held.status === 'released' &&
  held.paidMilestoneIds.length === held.releases.length &&
  !isFrozen(held);

/** A trade's status as people are to see it. */
export const publicStatus = <S extends EscrowState>(
  state: S,
): Exclude<S['status'], never> | 'disputed' | 'charged_back' => {
  if (!isFunded(state)) return state.status;
  if (isFrozen(state)) return 'charged_back';
  return disputedIds(state).size > 0 ? 'disputed' : state.status;
};
