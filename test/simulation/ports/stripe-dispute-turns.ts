import {
  answerDueBy,
  close,
  find,
  giveBack,
  isInquiry,
  isOpen,
  isTaken,
  sometime,
  tell,
  withdrawSometime,
} from './stripe-disputes.ts';
import { invalidRequest } from './stripe-errors.ts';
import type { StripeState } from './stripe-state.ts';

/** The bank has what it asked for, a full refund say, and takes nothing. @throws where it does not only ask. */
export function closeInquiry(state: StripeState, id: string): void {
  const { dispute } = find(state, id);
  if (!isInquiry(dispute)) throw invalidRequest('parameter_invalid');
  close(state, dispute, 'warning_closed');
}

/** The bank asks no more, and takes the money. @throws where it does not only ask. */
export function escalate(state: StripeState, id: string): void {
  const { dispute } = find(state, id);
  if (!isInquiry(dispute)) throw invalidRequest('parameter_invalid');
  disputeAgain(state, id);
}

/** The money was back, and the bank takes it anew. @throws where it was not won, or the money is not back. */
export function takeAnew(state: StripeState, id: string): void {
  const { dispute } = find(state, id);
  if (dispute.status !== 'won' || isTaken(dispute)) throw invalidRequest('parameter_invalid');
  dispute.anew += 1;
  disputeAgain(state, id);
}

function disputeAgain(state: StripeState, id: string): void {
  const found = find(state, id);
  found.dispute.status = 'needs_response';
  found.dispute.dueBySeconds = answerDueBy(state);
  tell(state, found.dispute, 'updated');
  withdrawSometime(state, found);
}

/** What was lost is won after all, and the rest of the money comes back. @throws where it was not lost. */
export function winOnAppeal(state: StripeState, id: string): void {
  const { dispute } = find(state, id);
  if (dispute.status !== 'lost') throw invalidRequest('parameter_invalid');
  close(state, dispute, 'won');
  sometime(state, dispute, () => giveBack(state, id));
}

/** It goes no further: the buyer keeps what was withdrawn by now. @throws where it has ended before. */
export function prevent(state: StripeState, id: string): void {
  const { dispute } = find(state, id);
  if (!isOpen(dispute)) throw invalidRequest('parameter_invalid');
  close(state, dispute, 'prevented');
}
