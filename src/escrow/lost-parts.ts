import type { RefundPart } from '../../events/escrow/refund-requested.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { payableStep } from '../money/currency.ts';
import { compare, type Money, money, subtract, sum } from '../money/money.ts';
import { refundIdFor } from '../platform/ids.ts';
import { openMilestones, tradedPart } from './holdings.ts';
import { addParts, firstOfParts, lessParts, partsUpTo, totalsOf } from './refund-parts.ts';
import { refundableBy } from './refund-ways.ts';
import type { FundedState, Refund } from './state.ts';

/** What was decided for the buyer and is called off: so much of the charge, out of these parts. */
export type Decided = {
  readonly amount: Money;
  readonly parts: readonly RefundPart[];
  readonly reason: Refund['reason'];
};

/** Of refunds that are called off, what was to come out of the trade; undefined where nothing was. */
export function decidedFor(
  { terms, payment }: FundedState,
  calledOff: readonly Refund[],
): Decided | undefined {
  const refunds = calledOff.filter(({ parts }) => parts.length > 0);
  const [first] = refunds;
  if (first === undefined) return undefined;
  return {
    amount: sum(
      payment.received.currency,
      refunds.map(({ amount }) => amount),
    ),
    parts: addParts(
      refunds.flatMap(({ parts }) => parts),
      terms.amount.currency,
    ),
    reason: first.reason,
  };
}

/** What a lost chargeback takes of a trade, and what it leaves of what was decided for the buyer. */
export type Division = {
  readonly parts: readonly RefundPart[];
  readonly rest: Decided | undefined;
};

/**
 * Divides a trade at a lost chargeback of `covered`, in the currency charged. It takes first what was
 * decided for the buyer, whom the bank has given it: all of that, where less would leave a part too small
 * to be paid back. Then it takes what is held for the seller, then what was released.
 */
export function divide(
  state: FundedState,
  { covered, decided }: { readonly covered: Money; readonly decided: Decided | undefined },
): Division {
  const { currency } = state.terms.amount;
  const amount = tradedPart(state, covered);
  if (decided === undefined) {
    return { parts: partsUpTo(state, amount, openMilestones(state)), rest: undefined };
  }
  const { all } = totalsOf(decided.parts, currency);
  const left = payable(
    subtract(decided.amount, covered),
    subtract(refundableBy(state, 'charge'), covered),
  );
  if (left.amountMinor > 0n && compare(amount, all) < 0) {
    const parts = firstOfParts(decided.parts, amount);
    const rest = lessParts(decided.parts, parts, currency);
    return { parts, rest: { ...decided, amount: left, parts: rest } };
  }
  const beside = withoutParts(state, decided.parts);
  const beyond = money(currency, atLeast(amount.amountMinor - all.amountMinor));
  const others = partsUpTo(beside, beyond, openMilestones(beside));
  return { parts: addParts([...decided.parts, ...others], currency), rest: undefined };
}

const atLeast = (minor: bigint): bigint =>
  // Stryker disable next-line EqualityOperator: zero is zero either way
  minor < 0n ? 0n : minor;

/** So much of it as can be paid back: all that is left of a charge, or multiples of the currency's step. */
function payable(amount: Money, left: Money): Money {
  const odd = amount.amountMinor % payableStep(amount.currency);
  return compare(amount, left) === 0 ? amount : money(amount.currency, amount.amountMinor - odd);
}

/** The trade as it is beside these parts. */
const withoutParts = (state: FundedState, parts: readonly RefundPart[]): FundedState => ({
  ...state,
  duties: [
    ...state.duties,
    // Stryker disable next-line StringLiteral,BooleanLiteral: of what is set aside only the parts count here
    { dutyId: '', amount: totalsOf(parts, state.terms.amount.currency).all, parts, paid: true },
  ],
});

/** The bank took less than was decided for the buyer: the rest goes back to the buyer after all. */
export function refundRest(
  { terms: { tradeId }, refunds }: FundedState,
  {
    rest,
    chargebackId,
    at,
  }: {
    readonly rest: Decided | undefined;
    readonly chargebackId: string;
    readonly at: string;
  },
): readonly EscrowEvent[] {
  if (rest === undefined) return [];
  const { amount, reason } = rest;
  return [
    {
      ...{ type: 'RefundRequested', version: 1, tradeId, amount },
      refundId: nextIdOf(refunds, (ordinal) => refundIdFor(tradeId, keyOf(chargebackId, ordinal))),
      ...{ parts: [...rest.parts], reason, requestedAt: at },
    },
  ];
}

const keyOf = (chargebackId: string, ordinal: number): string =>
  ordinal === 1 ? `rest#${chargebackId}` : `rest#${chargebackId}#${ordinal}`;

/** The id of the first ordinal that no refund has yet. */
function nextIdOf(refunds: readonly Refund[], idOf: (ordinal: number) => string): string {
  const known = new Set(refunds.map(({ refundId }) => refundId));
  const free = [idOf(1), ...refunds.map((_, index) => idOf(index + 2))].filter(
    (id) => !known.has(id),
  );
  return free[0] as string;
}
