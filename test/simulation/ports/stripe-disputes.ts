import type { StripeCharge } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { book, type StripeState } from './stripe-state.ts';

const FEE_MINOR = 1_500n;
const SECONDS_TO_RESPOND = 20 * 24 * 3_600;
const MILLISECONDS_PER_SECOND = 1_000;

/** A dispute as the simulated Stripe holds it. Its bookings are in what the charge settled in. */
export type Dispute = {
  readonly id: string;
  readonly charge: StripeCharge;
  readonly dueBySeconds: number;
  status: 'needs_response' | 'under_review' | 'won' | 'lost';
  submissions: number;
  metadata: Readonly<Record<string, string>>;
  bookings: readonly { readonly amountMinor: bigint; readonly feeMinor: bigint }[];
};

const find = ({ disputes }: StripeState, id: string): Dispute => {
  const dispute = disputes.get(id);
  if (dispute === undefined) throw invalidRequest('resource_missing');
  return dispute;
};

function move(state: StripeState, dispute: Dispute, amountMinor: bigint, feeMinor: bigint): void {
  dispute.bookings = [...dispute.bookings, { amountMinor, feeMinor }];
  book(state.balances, dispute.charge.settled.currency, amountMinor - feeMinor);
}

const tell = ({ tell: told }: StripeState, { id }: Dispute, change: string): void =>
  told({ type: `charge.dispute.${change}`, objectId: id, object: { id } });

/** The buyer's bank disputes a charge, and Stripe gives it the money at once, and takes a fee. */
export function openDispute(state: StripeState, chargeId: string): Dispute {
  const charge = state.charges.find(({ id }) => id === chargeId);
  if (charge === undefined) throw invalidRequest('resource_missing');
  const nowSeconds = Math.floor(state.sim.scheduler.nowMs() / MILLISECONDS_PER_SECOND);
  const dispute: Dispute = {
    id: `du_${state.disputes.size + 1}`,
    charge,
    dueBySeconds: nowSeconds + SECONDS_TO_RESPOND,
    ...{ status: 'needs_response', submissions: 0, metadata: {}, bookings: [] },
  };
  state.disputes.set(dispute.id, dispute);
  state.disputed.add(chargeId);
  move(state, dispute, -charge.settled.amountMinor, FEE_MINOR);
  tell(state, dispute, 'created');
  return dispute;
}

/** @throws where it has ended before. */
export function endDispute(state: StripeState, id: string, outcome: 'won' | 'lost'): Dispute {
  const dispute = openOf(state, id);
  dispute.status = outcome;
  if (outcome === 'won') {
    state.disputed.delete(dispute.charge.id);
    move(state, dispute, dispute.charge.settled.amountMinor, 0n);
  }
  tell(state, dispute, 'closed');
  return dispute;
}

/** Hands evidence in. */
export function contestDispute(
  state: StripeState,
  id: string,
  metadata: Dispute['metadata'],
): Dispute {
  const dispute = openOf(state, id);
  dispute.status = 'under_review';
  dispute.submissions += 1;
  dispute.metadata = { ...dispute.metadata, ...metadata };
  tell(state, dispute, 'updated');
  return dispute;
}

function openOf(state: StripeState, id: string): Dispute {
  const dispute = find(state, id);
  if (dispute.status === 'won' || dispute.status === 'lost') {
    throw invalidRequest('parameter_invalid');
  }
  return dispute;
}

export function disputeObject(state: StripeState, id: string) {
  const { charge, status, submissions, metadata, bookings, dueBySeconds } = find(state, id);
  const currency = charge.settled.currency.toLowerCase();
  return {
    id,
    object: 'dispute',
    status,
    amount: Number(charge.amount.amountMinor),
    currency: charge.amount.currency.toLowerCase(),
    reason: 'product_not_received',
    charge: { id: charge.id, balance_transaction: { currency } },
    payment_intent: { metadata: charge.tradeId === null ? {} : { trade_id: charge.tradeId } },
    balance_transactions: bookings.map(({ amountMinor, feeMinor }) => ({
      ...{ amount: Number(amountMinor), fee: Number(feeMinor), currency },
    })),
    evidence_details: { due_by: dueBySeconds, submission_count: submissions },
    metadata,
  };
}
