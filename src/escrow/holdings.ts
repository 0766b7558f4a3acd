import type { RefundPart } from '../../events/escrow/refund-requested.v1.ts';
import type { Milestone } from '../../events/escrow/trade-opened.v1.ts';
import { payableStep } from '../money/currency.ts';
import { type Money, money, subtract, sum } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';
import type { Held, Release } from './state.ts';

/** A milestone with what is left of it, in the trade's currency. */
export type OpenMilestone = Milestone & { readonly remaining: Money };

/** What a refund or a lost chargeback takes: of the payment, of each milestone, of the spread. */
type Taking = {
  readonly charged: Money;
  readonly parts: readonly RefundPart[];
  readonly spread: Money | null;
};

/** Everything that went back to the buyer, or is on its way. What was called off takes nothing. */
const takings = ({ refunds, chargebacks }: Held): readonly Taking[] => [
  ...refunds
    .filter(({ status, reason }) => status !== 'canceled' && reason !== 'overpayment')
    .map(({ amount, parts, valuation }) => ({
      charged: amount,
      parts,
      spread: valuation?.spread ?? null,
    })),
  ...chargebacks.flatMap(({ taken }) =>
    taken === null ? [] : [{ charged: taken.covered, parts: taken.parts, spread: taken.spread }],
  ),
];

/** The parts of milestones that were taken or set aside. */
const takenParts = (held: Held): readonly RefundPart[] =>
  [...takings(held), ...held.duties].flatMap(({ parts }) => parts);

const partsOf = (parts: readonly RefundPart[], milestoneId: string): readonly RefundPart[] =>
  parts.filter((part) => part.milestoneId === milestoneId);

/** True while the buyer's bank disputes the charge: then no money moves by our decision. */
export const isFrozen = ({ chargebacks }: Held): boolean =>
  chargebacks.some(({ status }) => status === 'open');

/** True while the bank has taken the money, or is about to. While it only asks, a refund answers it. */
export const isRefundFrozen = ({ chargebacks }: Pick<Held, 'chargebacks'>): boolean =>
  chargebacks.some(({ status, isInquiry }) => status === 'open' && !isInquiry);

/** The milestones that are in a dispute. */
export const disputedIds = ({ disputes }: Held): ReadonlySet<string> =>
  new Set(
    disputes.filter(({ stage }) => stage !== 'closed').flatMap(({ milestoneIds }) => milestoneIds),
  );

/** The milestones that hold money which nobody disputes. */
export function undisputedMilestones(held: Held): readonly OpenMilestone[] {
  const disputed = disputedIds(held);
  return openMilestones(held).filter(({ milestoneId }) => !disputed.has(milestoneId));
}

export const releaseOf = ({ releases }: Held, milestoneId: string): Release | undefined =>
  releases.find((release) => release.milestoneId === milestoneId);

/**
 * The milestones that still hold money, and how much. One that is released holds nothing, unless a
 * refund that was to take a part of it was called off.
 */
export function openMilestones(held: Held): readonly OpenMilestone[] {
  if (!held.converted) return [];
  const parts = takenParts(held);
  return held.terms.milestones
    .map((milestone) => ({ ...milestone, remaining: remainingOf(held, milestone, parts) }))
    .filter(({ remaining }) => remaining.amountMinor > 0n);
}

function remainingOf(
  held: Held,
  { milestoneId, amount }: Milestone,
  parts: readonly RefundPart[],
): Money {
  const taken = partsOf(parts, milestoneId).map((part) => part.held);
  const released = held.releases
    .filter((release) => release.milestoneId === milestoneId)
    .flatMap(({ net, fee }) => [net, fee]);
  const gone = [...taken, ...released];
  // Stryker disable next-line ConditionalExpression: less nothing it is the same amount
  return gone.length === 0 ? amount : subtract(amount, sum(amount.currency, gone));
}

/** What of a release has not been taken back: the seller's net and the platform's fee. */
export type Recoverable = Pick<Release, 'milestoneId' | 'net' | 'fee'> & { readonly total: Money };

/** The released milestones with what is left to take back of each. */
export function recoverable(held: Held): readonly Recoverable[] {
  const { currency } = held.terms.amount;
  const taken = takenParts(held);
  return held.releases
    .map(({ milestoneId, net, fee }) => {
      const parts = partsOf(taken, milestoneId);
      const netLeft = subtract(
        net,
        sum(
          currency,
          parts.map((part) => part.net),
        ),
      );
      const feeLeft = subtract(
        fee,
        sum(
          currency,
          parts.map((part) => part.fee),
        ),
      );
      const total = money(currency, netLeft.amountMinor + feeLeft.amountMinor);
      return { milestoneId, net: netLeft, fee: feeLeft, total };
    })
    .filter(({ total }) => total.amountMinor > 0n);
}

/** What has gone back to the buyer, or is on its way, in both currencies. */
export function returned(held: Held): { readonly charged: Money; readonly traded: Money } {
  const all = takings(held);
  const { currency } = held.terms.amount;
  return {
    charged: sum(
      held.payment.received.currency,
      all.map(({ charged }) => charged),
    ),
    traded: sum(
      currency,
      all.flatMap(({ parts }) => parts.flatMap(({ held: part, net, fee }) => [part, net, fee])),
    ),
  };
}

/** What of the buyer's payment can still go back, in the currency charged. */
export const refundable = (held: Held): Money =>
  subtract(held.payment.received, returned(held).charged);

const atLeastZero = (amount: Money): Money =>
  // Stryker disable next-line EqualityOperator: zero is zero either way
  amount.amountMinor < 0n ? money(amount.currency, 0n) : amount;

const share = (of: Money, part: bigint, whole: bigint): bigint =>
  roundQuotient(of.amountMinor * part, whole, 'halfEven');

/**
 * What an amount in the currency charged is in the trade's: cumulative, so that whatever the parts,
 * together they are never more than the trade, and the last one takes exactly the rest.
 */
export function tradedPart(held: Held, amount: Money): Money {
  const { charged, traded } = returned(held);
  const { received } = held.payment;
  const until = charged.amountMinor + amount.amountMinor;
  const { currency } = held.terms.amount;
  const total = money(currency, share(held.terms.amount, until, received.amountMinor));
  return atLeastZero(subtract(total, traded));
}

/**
 * The other way about: what a part of the trade is in the currency charged, never more than is left, and
 * rounded down to what can be given back in it. The last part takes all that is left, to the minor unit.
 */
export function chargedPart(held: Held, part: Money): Money {
  const { charged, traded } = returned(held);
  const { received } = held.payment;
  const until = traded.amountMinor + part.amountMinor;
  const whole = held.terms.amount.amountMinor;
  const step = payableStep(received.currency);
  const total = roundQuotient(received.amountMinor * until, whole * step, 'floor') * step;
  return atLeastZero(
    subtract(until >= whole ? received : money(received.currency, total), charged),
  );
}

/** The spread that goes back with a part of what was held: cumulative too. */
export function spreadPart(held: Held, part: Money): Money {
  const valued = takings(held).flatMap(({ parts, spread: given }) =>
    given === null ? [] : [{ parts, given }],
  );
  const before = valued.flatMap(({ parts }) => parts.map((each) => each.held.amountMinor));
  const until = before.reduce((total, each) => total + each, part.amountMinor);
  const { spread } = held;
  const given = sum(
    spread.currency,
    valued.map((each) => each.given),
  );
  const total = money(spread.currency, share(spread, until, held.terms.amount.amountMinor));
  return atLeastZero(subtract(total, given));
}

/** The latest attempt that paid a milestone, whatever became of it; 0 where none did. */
export const lastAttemptOf = (
  { paidAttempts }: Pick<Held, 'paidAttempts'>,
  milestoneId: string,
): number => paidAttempts[milestoneId] ?? 0;
