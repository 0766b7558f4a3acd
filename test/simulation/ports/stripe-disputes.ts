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

export const isOpen = ({ status }: StripeDispute): boolean => status !== 'won' && status !== 'lost';

const withdrawnMinor = ({ bookings }: StripeDispute): bigint =>
  bookings.reduce((sum, { amountMinor }) => sum - amountMinor, 0n);

/** A dispute with its charge. */
function find(
  { disputes, charges }: StripeState,
  id: string,
): { readonly dispute: Dispute; readonly charge: StripeCharge } {
  const dispute = disputes.find((each) => each.id === id);
  const charge = charges.find((each) => each.id === dispute?.chargeId);
  if (dispute === undefined || charge === undefined) throw invalidRequest('resource_missing');
  return { dispute, charge };
}

/** @throws where it has ended before. */
function openOf(state: StripeState, id: string): ReturnType<typeof find> {
  const found = find(state, id);
  if (!isOpen(found.dispute)) throw invalidRequest('parameter_invalid');
  return found;
}

/**
 * The buyer's bank disputes a charge, or so much of it, and Stripe gives it the money, at once or a
 * little later, and takes a fee.
 */
export function openDispute(state: StripeState, chargeId: string, amountMinor?: bigint): Dispute {
  const charge = state.charges.find(({ id }) => id === chargeId);
  if (charge === undefined) throw invalidRequest('resource_missing');
  const nowSeconds = Math.floor(state.sim.scheduler.nowMs() / MILLISECONDS_PER_SECOND);
  const dispute: Dispute = {
    id: `du_${state.disputes.length + 1}`,
    chargeId,
    tradeId: charge.tradeId,
    amount: { ...charge.amount, amountMinor: amountMinor ?? charge.amount.amountMinor },
    dueBySeconds: nowSeconds + SECONDS_TO_RESPOND,
    ...{ status: 'needs_response', submissions: 0, metadata: {}, bookings: [] },
  };
  state.disputes.push(dispute);
  tell(state, dispute, 'created');
  sometime(state, dispute, () => {
    if (isOpen(dispute) && dispute.bookings.length === 0) withdraw(state, { dispute, charge });
  });
  return dispute;
}

function withdraw(state: StripeState, found: ReturnType<typeof find>): void {
  const { dispute, charge } = found;
  const { settled, amount } = charge;
  const takenMinor = (settled.amountMinor * dispute.amount.amountMinor) / amount.amountMinor;
  move(state, found, { amountMinor: -takenMinor, feeMinor: FEE_MINOR });
  tell(state, dispute, 'funds_withdrawn');
}

function move(
  { balances }: StripeState,
  { dispute, charge }: ReturnType<typeof find>,
  booking: StripeDispute['bookings'][number],
): void {
  dispute.bookings = [...dispute.bookings, booking];
  book(balances, charge.settled.currency, booking.amountMinor - booking.feeMinor);
}

/**
 * The bank decides. What it had taken comes back where it is won, at once or a little later.
 *
 * @throws where it has ended before.
 */
export function endDispute(state: StripeState, id: string, outcome: 'won' | 'lost'): void {
  const found = openOf(state, id);
  const { dispute } = found;
  if (outcome === 'lost' && dispute.bookings.length === 0) withdraw(state, found);
  dispute.status = outcome;
  tell(state, dispute, 'closed');
  if (outcome === 'won' && dispute.bookings.length > 0) {
    sometime(state, dispute, () => giveBack(state, id, THOUSAND));
  }
}

/** So many thousandths of what is withdrawn come back, less what two conversions cost. */
export function giveBack(state: StripeState, id: string, thousandths: bigint): void {
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
  dispute.status = 'under_review';
  dispute.submissions += 1;
  dispute.metadata = { ...dispute.metadata, ...metadata };
  tell(state, dispute, 'updated');
}

function tell({ tell: told }: StripeState, { id }: Dispute, change: string): void {
  told({ type: `charge.dispute.${change}`, objectId: id, object: { id } });
}

function sometime({ sim }: StripeState, { id }: Dispute, act: () => void): void {
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
    balance_transactions: bookings.map(({ amountMinor, feeMinor }, index) => ({
      ...{ id: `txn_${id}_${index}`, net: Number(amountMinor - feeMinor) },
      ...{ amount: Number(amountMinor), fee: Number(feeMinor), currency },
    })),
    evidence_details: { due_by: dueBySeconds, submission_count: submissions },
    metadata,
  };
}
