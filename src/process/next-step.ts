import { inspectionEnd } from '../escrow/decide-release.ts';
import { disputedIds, isFrozen, undisputedMilestones } from '../escrow/holdings.ts';
import type { EscrowState, FundedState } from '../escrow/state.ts';
import { shipByOf } from '../escrow/timetable.ts';
import type { TradeHistory } from './trade-view.ts';

/** What happens next, and by when where there is a date. */
export type NextStep =
  | 'pay'
  | 'ship'
  | 'shipBy'
  | 'transit'
  | 'inspect'
  | 'accept'
  | 'payout'
  | 'refund'
  | 'negotiate'
  | 'decide'
  | 'bank'
  | 'cancel'
  | 'none';

export type Next = { readonly step: NextStep; readonly by?: string | undefined };

/** What happens next to a trade, as its buyer sees it. */
export function nextOf(escrow: TradeHistory['escrow']): Next {
  // Nothing comes of itself for now, and the buyer is not told why.
  if (escrow.block !== undefined) return { step: 'none' };
  switch (escrow.status) {
    case 'awaiting_payment':
      return { step: 'pay', by: escrow.terms.payBy };
    case 'canceling':
      return { step: 'cancel' };
    case 'canceled':
    case 'expired':
      return { step: 'none' };
    default:
      return nextOfFunded(escrow);
  }
}

function nextOfFunded(escrow: FundedState): Next {
  if (isFrozen(escrow)) return { step: 'bank' };
  if (disputedIds(escrow).size > 0) return nextOfDispute(escrow);
  switch (escrow.status) {
    case 'funded':
      return nextOfShipping(escrow, 'ship');
    case 'in_fulfilment':
      return nextOfShipping(escrow, 'transit');
    case 'delivered':
      return nextOfInspection(escrow);
    case 'released':
      return { step: 'payout' };
    case 'refunding':
      return { step: 'refund' };
    case 'settled':
    case 'refunded':
    case 'charged_back':
      return { step: 'none' };
    default: {
      const unknownStatus: never = escrow;
      return unknownStatus;
    }
  }
}

function nextOfShipping(escrow: FundedState, step: 'ship' | 'transit'): Next {
  const by = shipByOf(escrow.terms, escrow.payment);
  return by === undefined || escrow.dispatched ? { step } : { step: 'shipBy', by };
}

/** The inspection that ends first, of the milestones that wait for one. */
function nextOfInspection(escrow: Extract<EscrowState, { status: 'delivered' }>): Next {
  const [by] = undisputedMilestones(escrow)
    .filter(({ release }) => release === undefined || release.rule === 'inspection')
    .map((milestone) => inspectionEnd(escrow.delivery.confirmedAt, milestone))
    .toSorted();
  return by === undefined ? { step: 'accept' } : { step: 'inspect', by };
}

function nextOfDispute({ disputes }: FundedState): Next {
  const open = disputes.filter(({ stage }) => stage !== 'closed');
  const negotiated = open.find(({ stage }) => stage === 'negotiating');
  return negotiated === undefined
    ? { step: 'decide', by: open[0]?.decideBy ?? undefined }
    : { step: 'negotiate', by: negotiated.escalatesAt };
}
