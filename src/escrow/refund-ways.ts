import type { RefundPart, RefundRequested } from '../../events/escrow/refund-requested.v1.ts';
import { compare, type Money, money, subtract, sum, zero } from '../money/money.ts';
import type { Held, Payment, Refund } from './state.ts';

/** How money came, and how it goes back: charged at the provider, or by receipts at the bank. */
export type Way = 'charge' | 'bank';

function paidBy({ payment }: Held, way: Way): Money {
  const { received, receiptIds } = payment;
  const byReceipts = receiptIds === undefined ? payment.byReceipts : received;
  const bank = byReceipts ?? zero(received.currency);
  return way === 'bank' ? bank : subtract(received, bank);
}

/** All that the provider charged, also what was more than due. */
export const chargedOf = ({ charged, received, byReceipts }: Payment): Money =>
  charged ?? subtract(received, byReceipts ?? zero(received.currency));

/** Whether it gives back of the charge itself, and not of what lies on the buyer's cash balance. */
export const isOfCharge = ({ from, creditedBy }: Refund): boolean =>
  from === 'charge' && creditedBy === undefined;

/** Whether finance pays it: what came by receipt, and what of a disputed charge the provider refuses to give back. */
export const isByBank = ({ from, byBank }: Refund): boolean => from === 'bank' || byBank === true;

const goesBack = ({ status, reason }: Refund): boolean =>
  status !== 'canceled' && reason !== 'overpayment';

/** What of the payment came by that way and has neither gone back by it, nor was taken by the buyer's bank. */
export function refundableBy(held: Held, way: Way): Money {
  const { refunds, chargebacks } = held;
  const back = refunds.filter((refund) => goesBack(refund) && refund.from === way);
  const taken =
    way === 'charge' ? chargebacks.flatMap(({ taken: each }) => each?.covered ?? []) : [];
  const paid = paidBy(held, way);
  return subtract(paid, sum(paid.currency, [...back.map(({ amount }) => amount), ...taken]));
}

/**
 * Whether a chargeback was lost for more than was left of the charge: the bank has given the buyer what was on
 * its way by a refund too, and the provider gives back nothing more. In another currency, nobody can say.
 */
export const isChargeSpent = ({ chargebacks }: Held): boolean =>
  chargebacks.some(({ amount, taken }) => {
    if (taken === null || taken.covered.currency !== amount.currency) return false;
    const { covered, disputed, unapplied = zero(amount.currency) } = taken;
    return disputed.amountMinor > covered.amountMinor + unapplied.amountMinor;
  });

/** The part of a refund that goes back by bank has an id of its own. */
export const bankPartOf = (refundId: string): string => `${refundId}_bank`;

/**
 * A refund as it goes back: the way that the money came. Of a payment in two ways what was charged goes first,
 * since nobody has to do it by hand, and the rest by bank.
 */
export function byWays(held: Held, refund: RefundRequested): readonly RefundRequested[] {
  const left = refundableBy(held, 'charge');
  if (held.payment.byReceipts === undefined || compare(refund.amount, left) <= 0) return [refund];
  if (left.amountMinor <= 0n) return [{ ...refund, from: 'bank' }];
  const rest = subtract(refund.amount, left);
  const share = (part: Money): Money =>
    money(part.currency, (part.amountMinor * left.amountMinor) / refund.amount.amountMinor);
  const shares = refund.parts.map((part) => mapped(part, share));
  const others = refund.parts.map((part) => mapped(part, (each) => subtract(each, share(each))));
  return [
    { ...refund, amount: left, parts: shares.filter(isSome) },
    {
      ...{ ...refund, refundId: bankPartOf(refund.refundId), amount: rest },
      // Stryker disable next-line MethodExpression: of each part less than all goes by the charge
      ...{ parts: others.filter(isSome), from: 'bank' },
    },
  ];
}

const mapped = (part: RefundPart, by: (amount: Money) => Money): RefundPart => ({
  milestoneId: part.milestoneId,
  ...{ held: by(part.held), net: by(part.net), fee: by(part.fee) },
});

const isSome = ({ held, net, fee }: RefundPart): boolean =>
  held.amountMinor + net.amountMinor + fee.amountMinor > 0n;
