import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { toSettlement } from './charges.ts';
import { formatAmount } from './currencies.ts';
import { buildDispute } from './dispute-objects.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { idOf } from './references.ts';

/** What a bank says when its customer disputes a charge. */
export type DisputeOpening = {
  /** In the charge's currency; all that was not refunded when left out. */
  amount?: number | undefined;
  reason?: string | undefined;
  /** An inquiry only asks: no money is taken unless it escalates. */
  inquiry?: boolean | undefined;
};

const openChargebacks = ['needs_response', 'under_review'];
const openInquiries = ['warning_needs_response', 'warning_under_review'];

/**
 * Opens a dispute. A chargeback takes the amount and a fee from the balance that the charge was
 * paid to, at once and whatever is available there.
 * @throws StripeApiError 400 for a charge that can't be disputed, or an amount above what is left.
 */
export function openDispute(
  actor: Actor,
  charge: Stripe.Charge,
  opening: DisputeOpening = {},
): Stripe.Dispute {
  const { world, account } = actor;
  const left = leftOf(charge);
  const amount = opening.amount ?? left;
  if (!charge.paid || !charge.captured || left === 0) {
    throw invalidRequest(`Charge ${charge.id} holds nothing that could be disputed.`);
  }
  checkPositive(amount, 'amount');
  if (amount > left) {
    const most = formatAmount(BigInt(left), charge.currency);
    throw invalidRequest(`A dispute of ${charge.id} can be ${most} at most.`, { param: 'amount' });
  }
  const inquiry = opening.inquiry ?? false;
  const reason = opening.reason ?? (inquiry ? 'general' : 'fraudulent');
  const built = buildDispute(world, { charge, amount, reason, inquiry });
  const dispute = world.store.insert('dispute', account, built);
  const changed = world.store.change('charge', charge.id, { disputed: true });
  emit(actor, 'charge.dispute.created', dispute);
  emit(actor, 'charge.updated', changed, { disputed: false });
  return inquiry ? dispute : withdraw(actor, dispute);
}

/** What a capture of less left over counts as refunded, though none of it was ever taken. */
const refundedOfCaptured = (charge: Stripe.Charge): number =>
  charge.amount_refunded - (charge.amount - charge.amount_captured);

/** What of a charge was taken and not refunded. */
const leftOf = (charge: Stripe.Charge): number =>
  charge.amount_captured - refundedOfCaptured(charge);

/** Takes the disputed amount and the dispute fee from the balance. */
function withdraw(actor: Actor, dispute: Stripe.Dispute): Stripe.Dispute {
  const { world, account } = actor;
  const taken = toSettlement(world, account, {
    amountMinor: BigInt(dispute.amount),
    currency: dispute.currency,
  });
  const transaction = world.ledger.post({
    ...{ account, currency: taken.currency, amountMinor: -taken.amountMinor },
    ...{ feeMinor: BigInt(world.settings.disputeFeeMinor), feeDescription: 'Dispute fee' },
    ...{ type: 'adjustment', reportingCategory: 'dispute', source: dispute.id },
    description: `Chargeback withdrawal for ${idOf(dispute.charge)}`,
    availableOn: world.nowSeconds(),
    exchangeRate: taken.exchangeRate,
  });
  const changed = world.store.change('dispute', dispute.id, {
    balance_transactions: [...dispute.balance_transactions, transaction],
  });
  emit(actor, 'charge.dispute.funds_withdrawn', changed);
  return changed;
}

/**
 * An inquiry that the bank turns into a chargeback, of no more than was not refunded meanwhile.
 * @throws StripeApiError 400 for what is no open inquiry.
 */
export function escalateDispute(actor: Actor, dispute: Stripe.Dispute): Stripe.Dispute {
  if (!openInquiries.includes(dispute.status)) throw notOpen(dispute);
  const { payment_method_details: details } = dispute;
  const charge = actor.world.store.find('charge', actor.account, idOf(dispute.charge) ?? '');
  const escalated = actor.world.store.change('dispute', dispute.id, {
    status: 'needs_response',
    amount: charge ? Math.min(dispute.amount, leftOf(charge)) : dispute.amount,
    is_charge_refundable: false,
    ...(details?.card && {
      payment_method_details: { ...details, card: { ...details.card, case_type: 'chargeback' } },
    }),
  });
  emit(actor, 'charge.dispute.updated', escalated, { status: dispute.status });
  return withdraw(actor, escalated);
}

/** A full refund is the answer to an inquiry: the bank closes it. */
export function closeAnsweredInquiries(actor: Actor, chargeId: string): void {
  const { store } = actor.world;
  if (!store.find('charge', actor.account, chargeId)?.refunded) return;
  for (const dispute of store.list('dispute', actor.account)) {
    if (idOf(dispute.charge) !== chargeId || !openInquiries.includes(dispute.status)) continue;
    endDispute(actor, dispute, 'won');
  }
}

export type DisputeOutcome = 'won' | 'lost';

/**
 * Ends a dispute. A chargeback that is won gives the amount back, not the fee; an inquiry just
 * closes, and one that is lost by not answering does so too.
 * @throws StripeApiError 400 for a dispute that has ended before.
 */
export function endDispute(
  actor: Actor,
  dispute: Stripe.Dispute,
  outcome: DisputeOutcome,
): Stripe.Dispute {
  const inquiry = openInquiries.includes(dispute.status);
  if (!inquiry && !openChargebacks.includes(dispute.status)) throw notOpen(dispute);
  const closed = actor.world.store.change('dispute', dispute.id, {
    status: inquiry ? 'warning_closed' : outcome,
    is_charge_refundable: inquiry || outcome === 'won',
  });
  const reinstated = !inquiry && outcome === 'won' ? reinstate(actor, closed) : closed;
  emit(actor, 'charge.dispute.closed', reinstated, { status: dispute.status });
  if (reinstated !== closed) emit(actor, 'charge.dispute.funds_reinstated', reinstated);
  return reinstated;
}

/**
 * Gives back what was withdrawn, to the minor unit: the rate of today plays no part in it.
 * @param amountMinor a part only, in the currency of the balance.
 */
function reinstate(actor: Actor, dispute: Stripe.Dispute, amountMinor?: bigint): Stripe.Dispute {
  const { world, account } = actor;
  const [withdrawal] = dispute.balance_transactions;
  if (!withdrawal) throw invalidRequest(`Nothing was withdrawn for ${dispute.id}.`);
  const outstandingMinor = -dispute.balance_transactions.reduce(
    (sum, { amount }) => sum + BigInt(amount),
    0n,
  );
  const back = amountMinor ?? outstandingMinor;
  if (back <= 0n || back > outstandingMinor) {
    throw invalidRequest(
      `Of the withdrawal for ${dispute.id}, ${outstandingMinor} can be given back.`,
      { param: 'amount' },
    );
  }
  const transaction = world.ledger.post({
    ...{ account, currency: withdrawal.currency, amountMinor: back, source: dispute.id },
    ...{ type: 'adjustment', reportingCategory: 'dispute_reversal' },
    description: `Chargeback reversal for ${idOf(dispute.charge)}`,
    availableOn: world.nowSeconds(),
    exchangeRate: withdrawal.exchange_rate,
  });
  return world.store.change('dispute', dispute.id, {
    balance_transactions: [...dispute.balance_transactions, transaction],
  });
}

/** A part that the bank gives back of its own, as happens even after a dispute was lost. */
export function giveBack(actor: Actor, dispute: Stripe.Dispute, amount: number): Stripe.Dispute {
  checkPositive(amount, 'amount');
  const changed = reinstate(actor, dispute, BigInt(amount));
  emit(actor, 'charge.dispute.funds_reinstated', changed);
  return changed;
}

/** @throws StripeApiError 400 charge_disputed where a chargeback stands in the way of a refund. */
export function refuseWhileDisputed(actor: Actor, charge: Stripe.Charge): void {
  const blocking = actor.world.store
    .list('dispute', actor.account)
    .find(({ charge: disputed, is_charge_refundable: refundable }) => {
      return idOf(disputed) === charge.id && !refundable;
    });
  if (!blocking) return;
  throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
    code: 'charge_disputed',
  });
}

export function notOpen(dispute: Stripe.Dispute) {
  return invalidRequest(`This dispute is already closed: its status is ${dispute.status}.`);
}

export const isOpen = ({ status }: Stripe.Dispute): boolean =>
  openChargebacks.includes(status) || openInquiries.includes(status);
