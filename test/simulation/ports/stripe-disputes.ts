import type { StripeDispute } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { book, type StripeState } from './stripe-state.ts';

type Dispute = StripeState['disputes'][number];
type Charge = StripeState['charges'][number];

/** The money moves up to some hours after the bank's word. */
const LATE_MS = [60_000, 6 * 3_600_000] as const;
/** What Stripe charges for a dispute, in minor units of what it settles in. */
const FEE_MINOR = 1_500n;
/** Where it converts there and back, so many thousandths may be missing in the end. */
const MOST_MISSING_THOUSANDTHS = 20;
const THOUSAND = 1_000n;
const EVIDENCE_SECONDS = 7 * 86_400;
const MILLISECONDS_PER_SECOND = 1_000;

export const isOpen = ({ status }: StripeDispute): boolean => status !== 'won' && status !== 'lost';

const withdrawnMinor = ({ bookings }: StripeDispute): bigint =>
  bookings.reduce((sum, { amountMinor }) => sum - amountMinor, 0n);

/** The buyer's bank disputes so much of a charge, and takes it, at once or a little later. */
export function openDispute(
  state: StripeState,
  { charge, amountMinor }: { readonly charge: Charge; readonly amountMinor: bigint },
): Dispute {
  const dispute: Dispute = {
    id: `dp_${state.disputes.length + 1}`,
    chargeId: charge.id,
    tradeId: charge.tradeId,
    amount: { ...charge.amount, amountMinor },
    status: 'needs_response',
    submissions: 0,
    metadata: {},
    bookings: [],
  };
  state.disputes.push(dispute);
  tell(state, dispute, 'created');
  sometime(state, dispute, () => {
    if (isOpen(dispute) && dispute.bookings.length === 0) withdraw(state, dispute, charge);
  });
  return dispute;
}

function withdraw(state: StripeState, dispute: Dispute, charge: Charge): void {
  const { settled, amount } = charge;
  const takenMinor = (settled.amountMinor * dispute.amount.amountMinor) / amount.amountMinor;
  move(state, { dispute, charge }, { amountMinor: -takenMinor, feeMinor: FEE_MINOR });
  tell(state, dispute, 'funds_withdrawn');
}

function move(
  { balances }: StripeState,
  { dispute, charge }: { readonly dispute: Dispute; readonly charge: Charge },
  booking: StripeDispute['bookings'][number],
): void {
  dispute.bookings = [...dispute.bookings, booking];
  book(balances, charge.settled.currency, booking.amountMinor - booking.feeMinor);
}

/** The bank decides. What it had taken comes back where it is won, at once or a little later. */
export function endDispute(
  state: StripeState,
  { dispute, charge }: { readonly dispute: Dispute; readonly charge: Charge },
  status: 'won' | 'lost',
): void {
  if (!isOpen(dispute)) throw invalidRequest('parameter_invalid');
  if (status === 'lost' && dispute.bookings.length === 0) withdraw(state, dispute, charge);
  dispute.status = status;
  tell(state, dispute, 'closed');
  if (status === 'won' && dispute.bookings.length > 0) {
    sometime(state, dispute, () => giveBack(state, { dispute, charge }, THOUSAND));
  }
}

/** So many thousandths of what is withdrawn come back, less what two conversions cost. */
export function giveBack(
  state: StripeState,
  { dispute, charge }: { readonly dispute: Dispute; readonly charge: Charge },
  thousandths: bigint,
): void {
  const part = (withdrawnMinor(dispute) * thousandths) / THOUSAND;
  const isConverted = charge.amount.currency !== charge.settled.currency;
  const missing = isConverted ? state.sim.random.between(0, MOST_MISSING_THOUSANDTHS) : 0;
  const amountMinor = part - (part * BigInt(missing)) / THOUSAND;
  move(state, { dispute, charge }, { amountMinor, feeMinor: 0n });
  tell(state, dispute, 'funds_reinstated');
}

/** Hands evidence in. */
export function contestDispute(
  state: StripeState,
  disputeId: string,
  metadata: StripeDispute['metadata'],
): void {
  const { dispute } = withCharge(state, disputeId);
  if (!isOpen(dispute)) throw invalidRequest('parameter_invalid');
  dispute.status = 'under_review';
  dispute.submissions += 1;
  dispute.metadata = { ...dispute.metadata, ...metadata };
  tell(state, dispute, 'updated');
}

/** The bank has read our evidence; nothing else has changed. */
export function review(state: StripeState, dispute: Dispute): void {
  if (!isOpen(dispute)) return;
  dispute.status = 'under_review';
  tell(state, dispute, 'updated');
}

function tell({ tell: tellAll }: StripeState, { id }: Dispute, change: string): void {
  tellAll({ type: `charge.dispute.${change}`, objectId: id, object: { id } });
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

/** A dispute with the charge that it is about. */
export function withCharge(state: StripeState, disputeId: string) {
  const dispute = state.disputes.find(({ id }) => id === disputeId);
  const charge = state.charges.find(({ id }) => id === dispute?.chargeId);
  if (dispute === undefined || charge === undefined) throw invalidRequest('resource_missing');
  return { dispute, charge };
}

export function disputeObject(state: StripeState, disputeId: string) {
  const { dispute, charge } = withCharge(state, disputeId);
  const nowMs = state.sim.scheduler.nowMs();
  const currency = charge.settled.currency.toLowerCase();
  return {
    id: dispute.id,
    object: 'dispute',
    amount: Number(dispute.amount.amountMinor),
    currency: dispute.amount.currency.toLowerCase(),
    status: dispute.status,
    reason: 'product_not_received',
    evidence_details: {
      due_by: Math.floor(charge.capturedAtMs / MILLISECONDS_PER_SECOND) + EVIDENCE_SECONDS,
      submission_count: dispute.submissions,
    },
    metadata: dispute.metadata,
    charge: {
      id: charge.id,
      balance_transaction:
        charge.bookedAtMs > nowMs ? null : { object: 'balance_transaction', currency },
    },
    payment_intent: {
      id: charge.paymentIntentId,
      metadata: charge.tradeId === null ? {} : { trade_id: charge.tradeId },
    },
    balance_transactions: dispute.bookings.map(({ amountMinor, feeMinor }) => ({
      amount: Number(amountMinor),
      fee: Number(feeMinor),
      currency,
    })),
  };
}
