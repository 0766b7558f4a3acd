import { openMilestones } from './holdings.ts';
import type { FundedState, Held } from './state.ts';

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

function statusAtEnd(held: Held): 'settled' | 'refunding' | 'released' | 'refunded' {
  if (held.settled) return 'settled';
  if (!held.refunds.every(isDone)) return 'refunding';
  return held.releases.length > 0 ? 'released' : 'refunded';
}

/** True where nothing more can happen to the money but what a buyer's bank or a refund starts. */
export const isComplete = (held: FundedState): boolean =>
  held.status === 'released' && held.paidMilestoneIds.length === held.releases.length;
