import type { Money } from '../../../src/money/money.ts';
import type { StripeCharge, StripeDispute } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { book, type StripeState } from './stripe-state.ts';

type Dispute = StripeState['disputes'][number];

/** The money moves up to some hours after the bank's word. */
const LATE_MS = [60_000, 6 * 3_600_000] as const;
/** What Stripe charges for a dispute, in minor units of what it settles in. */
const FEE_MINOR = 1_500n;
/** Where it converts there and back, so many thousandths may be missing in the end. */
const MOST_MISSING_THOUSANDTHS = 20;
const THOUSAND = 1_000n;
const SECONDS_TO_RESPOND = 20 * 24 * 3_600;
const MILLISECONDS_PER_SECOND = 1_000;

/** While the bank only asks, it takes nothing. */
export const isInquiry = ({ status }: StripeDispute): boolean =>
  status === 'warning_needs_response' || status === 'warning_under_review';

const sumOf = (bookings: StripeDispute['bookings']): bigint =>
  bookings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** What it has come to; undefined while it is open. One that was prevented is what its money did. */
export function endOf({ status, bookings }: StripeDispute): 'won' | 'lost' | undefined {
  if (status === 'prevented') return sumOf(bookings) < 0n ? 'lost' : 'won';
  if (status === 'warning_closed') return 'won';
  return status === 'won' || status === 'lost' ? status : undefined;
}

export const isOpen = (dispute: StripeDispute): boolean => endOf(dispute) === undefined;

/** True from when money was withdrawn until some of it has come back. */
export const isTaken = ({ bookings }: StripeDispute): boolean =>
  (bookings.at(-1)?.amountMinor ?? 0n) < 0n;

/** What is still missing of what was withdrawn last. */
const withdrawnMinor = ({ bookings }: StripeDispute): bigint =>
  -sumOf(bookings.slice(bookings.findLastIndex(({ amountMinor }) => amountMinor < 0n)));

export type Found = { readonly dispute: Dispute; readonly charge: StripeCharge };

/** A dispute with its charge. */
export function find({ disputes, charges }: StripeState, id: string): Found {
  const dispute = disputes.find((each) => each.id === id);
  const charge = charges.find((each) => each.id === dispute?.chargeId);
  if (dispute === undefined || charge === undefined) throw invalidRequest('resource_missing');
  return { dispute, charge };
}

/** @throws where it has ended before. */
function openOf(state: StripeState, id: string): Found {
  const found = find(state, id);
  if (!isOpen(found.dispute)) throw invalidRequest('parameter_invalid');
  return found;
}

/** So much of a charge, in what it settled in, and the other way round. */
export function settledMinor({ amount, settled }: StripeCharge, part: Money): bigint {
  const isSettled = part.currency !== amount.currency;
  return isSettled
    ? part.amountMinor
    : (settled.amountMinor * part.amountMinor) / amount.amountMinor;
}

export function chargedMinor({ amount, settled }: StripeCharge, part: Money): bigint {
  const isCharged = part.currency === amount.currency;
  return isCharged
    ? part.amountMinor
    : (amount.amountMinor * part.amountMinor) / settled.amountMinor;
}

/** From now on the bank waits for an answer, and for so long. */
export const answerDueBy = ({ sim }: StripeState): number =>
  Math.floor(sim.scheduler.nowMs() / MILLISECONDS_PER_SECOND) + SECONDS_TO_RESPOND;

/**
 * The buyer's bank disputes a charge, or so much of it in either of its currencies, and Stripe gives it the
 * money, at once or a little later, and takes a fee. Where the bank only asks, nothing moves.
 */
export function openDispute(
  state: StripeState,
  chargeId: string,
  opening: { readonly amount?: Money | undefined; readonly isInquiry?: boolean } = {},
): Dispute {
  const charge = state.charges.find(({ id }) => id === chargeId);
  if (charge === undefined) throw invalidRequest('resource_missing');
  const wasInquiry = opening.isInquiry === true;
  const dispute: Dispute = {
    id: `du_${state.disputes.length + 1}`,
    chargeId,
    tradeId: charge.tradeId,
    amount: opening.amount ?? charge.amount,
    dueBySeconds: answerDueBy(state),
    status: wasInquiry ? 'warning_needs_response' : 'needs_response',
    ...{ wasInquiry, ends: [], anew: 0 },
    ...{ submissions: 0, metadata: {}, bookings: [] },
  };
  state.disputes.push(dispute);
  tell(state, dispute, 'created');
  if (!wasInquiry) withdrawSometime(state, { dispute, charge });
  return dispute;
}

/** Unless it has ended by then, or has the money. */
export const withdrawSometime = (state: StripeState, found: Found): void =>
  sometime(state, found.dispute, () => {
    if (isOpen(found.dispute) && !isTaken(found.dispute)) withdraw(state, found);
  });

function withdraw(state: StripeState, found: Found): void {
  const { dispute, charge } = found;
  const takenMinor = settledMinor(charge, dispute.amount);
  move(state, found, { amountMinor: -takenMinor, feeMinor: FEE_MINOR });
  tell(state, dispute, 'funds_withdrawn');
}

function move(
  state: StripeState,
  { dispute, charge }: Found,
  { amountMinor, feeMinor }: Omit<StripeDispute['bookings'][number], 'transactionId'>,
): void {
  const amount = { ...charge.settled, amountMinor };
  const moved = { category: 'dispute', sourceId: dispute.id, amount, feeMinor } as const;
  const transactionId = book(state, moved);
  dispute.bookings = [...dispute.bookings, { transactionId, amountMinor, feeMinor }];
}

/**
 * The bank decides. What it had taken comes back where it is won, at once or a little later.
 *
 * @throws where it has ended before.
 */
export function endDispute(state: StripeState, id: string, outcome: 'won' | 'lost'): void {
  const found = openOf(state, id);
  const { dispute } = found;
  if (outcome === 'lost' && !isTaken(dispute)) withdraw(state, found);
  close(state, dispute, outcome);
  if (outcome === 'won' && isTaken(dispute)) {
    sometime(state, dispute, () => giveBack(state, id, THOUSAND));
  }
}

/** It has come to an end, and stays there unless somebody changes their mind. */
export function close(state: StripeState, dispute: Dispute, status: Dispute['status']): void {
  dispute.status = status;
  const end = endOf(dispute);
  if (end !== undefined) dispute.ends = [...dispute.ends, end];
  tell(state, dispute, 'closed');
}

/** So many thousandths of what is withdrawn come back, less what two conversions cost. */
export function giveBack(state: StripeState, id: string, thousandths = THOUSAND): void {
  const found = find(state, id);
  const { dispute, charge } = found;
  const part = (withdrawnMinor(dispute) * thousandths) / THOUSAND;
  const isConverted = charge.amount.currency !== charge.settled.currency;
  const missing = isConverted ? state.sim.random.between(0, MOST_MISSING_THOUSANDTHS) : 0;
  const amountMinor = part - (part * BigInt(missing)) / THOUSAND;
  move(state, found, { amountMinor, feeMinor: 0n });
  tell(state, dispute, 'funds_reinstated');
}

/** Hands evidence in. */
export function contestDispute(
  state: StripeState,
  id: string,
  metadata: Dispute['metadata'],
): void {
  const { dispute } = openOf(state, id);
  dispute.status = isInquiry(dispute) ? 'warning_under_review' : 'under_review';
  dispute.submissions += 1;
  dispute.metadata = { ...dispute.metadata, ...metadata };
  tell(state, dispute, 'updated');
}

export function tell({ tell: told }: StripeState, { id }: Dispute, change: string): void {
  told({ type: `charge.dispute.${change}`, objectId: id, object: { id } });
}

export function sometime({ sim }: StripeState, { id }: Dispute, act: () => void): void {
  if (!sim.strikes('lateBalance')) {
    act();
    return;
  }
  const run = (): string => {
    act();
    return '';
  };
  sim.scheduler.at(sim.scheduler.nowMs() + sim.random.between(...LATE_MS), () =>
    sim.scheduler.add({ task: 'stripe', kind: 'stripe.dispute', subject: id, run }),
  );
}

export function disputeObject(state: StripeState, id: string) {
  const { dispute, charge } = find(state, id);
  const { status, amount, submissions, metadata, bookings, dueBySeconds } = dispute;
  const currency = charge.settled.currency.toLowerCase();
  const isBooked = charge.bookedAtMs <= state.sim.scheduler.nowMs();
  return {
    id,
    object: 'dispute',
    status,
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    reason: 'product_not_received',
    charge: { id: charge.id, balance_transaction: isBooked ? { currency } : null },
    payment_intent: { metadata: charge.tradeId === null ? {} : { trade_id: charge.tradeId } },
    balance_transactions: bookings.map(({ transactionId: id, amountMinor, feeMinor }) => ({
      ...{ id, amount: Number(amountMinor), fee: Number(feeMinor), currency },
      net: Number(amountMinor - feeMinor),
    })),
    evidence_details: { due_by: dueBySeconds, submission_count: submissions },
    metadata,
  };
}
