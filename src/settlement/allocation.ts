import type { PayoutPart, Recovery } from '../../events/payout/common.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { isZero, type Money, money, subtract, sum } from '../money/money.ts';

/** A debt of the seller, and how much of it is neither recovered nor promised nor given up. */
export type OpenDebt = {
  readonly debtId: string;
  readonly debtorId: string;
  readonly remaining: Money;
};

/**
 * What becomes of money that is owed to a seller: `taken` are the waiting credits that go with it,
 * `recovered` what is kept for debts, and `parts` what is left of each credit and of the payout's own
 * parts. To the minor unit, `taken` and the own parts are `recovered` and `parts`.
 */
export type Plan = {
  readonly taken: readonly PayoutPart[];
  readonly recovered: readonly Recovery[];
  readonly parts: readonly PayoutPart[];
};

/** What a payout pays on a rail: at least `minimum`, in multiples of `stepMinor`. */
export type PayoutLimits = { readonly minimum: Money; readonly stepMinor: bigint };

/** How a plan is carried out: pay `parts` and leave `rest` waiting, or wait, or nothing is left. */
export type Outlay =
  | {
      readonly kind: 'pay';
      readonly parts: readonly PayoutPart[];
      readonly rest: readonly PayoutPart[];
    }
  | { readonly kind: 'roll_forward'; readonly minimum: Money }
  | { readonly kind: 'set_off' };

/**
 * Nets a payout against what else stands open with the seller, in its currency: credits that wait
 * come first, debts are recovered in the order in which they arose, out of the oldest credit first.
 */
export function planPayout(
  own: readonly [PayoutPart, ...PayoutPart[]],
  open: { readonly credits: readonly PayoutPart[]; readonly debts: readonly OpenDebt[] },
): Plan {
  const { currency } = own[0].amount;
  const taken = open.credits.filter((part) => part.amount.currency === currency);
  const parts = [...taken, ...own];
  const recovered: Recovery[] = [];
  for (const debt of open.debts) {
    if (debt.remaining.currency === currency) recover(debt, { parts, recovered });
  }
  return { taken, recovered, parts };
}

/** Takes a debt out of the parts, in their order, as far as they go. */
function recover(
  { debtId, debtorId, remaining }: OpenDebt,
  { parts, recovered }: { readonly parts: PayoutPart[]; readonly recovered: Recovery[] },
): void {
  let left = remaining;
  for (const [index, part] of parts.entries()) {
    const amount = smaller(left, part.amount);
    if (isZero(amount)) continue;
    left = subtract(left, amount);
    parts[index] = { ...part, amount: subtract(part.amount, amount) };
    recovered.push({ debtId, debtorId, sellerId: part.sellerId, amount });
  }
}

const smaller = (left: Money, right: Money): Money =>
  left.amountMinor < right.amountMinor ? left : right;

/** True where the plan draws on nothing that another payout of the seller could draw on too. */
export const isPlain = ({ taken, recovered }: Plan): boolean =>
  taken.length === 0 && recovered.length === 0;

/** The sum of parts, which are of one currency. */
export const totalOf = (currency: CurrencyCode, parts: readonly PayoutPart[]): Money =>
  sum(
    currency,
    parts.map(({ amount }) => amount),
  );

/**
 * What of the planned parts is paid now. Less than the corridor's minimum waits for the seller's next
 * payout, and so does what the rail can't pay to the last minor unit.
 */
export function outlayOf({ parts }: Plan, { minimum, stepMinor }: PayoutLimits): Outlay {
  const { currency } = minimum;
  const { amountMinor } = totalOf(currency, parts);
  if (amountMinor === 0n) return { kind: 'set_off' };
  const least = minimum.amountMinor > stepMinor ? minimum.amountMinor : stepMinor;
  if (amountMinor < least) return { kind: 'roll_forward', minimum: money(currency, least) };
  return { kind: 'pay', ...leaveOver(parts, money(currency, amountMinor % stepMinor)) };
}

/** Splits a rest off the last parts that have something, and shows it as parts of its own. */
function leaveOver(
  parts: readonly PayoutPart[],
  rest: Money,
): { readonly parts: readonly PayoutPart[]; readonly rest: readonly PayoutPart[] } {
  let left = rest;
  const split = parts.toReversed().map((part) => {
    const amount = smaller(left, part.amount);
    left = subtract(left, amount);
    return { paid: { ...part, amount: subtract(part.amount, amount) }, over: { ...part, amount } };
  });
  return {
    parts: split.map(({ paid }) => paid).toReversed(),
    rest: split
      .map(({ over }) => over)
      .filter(({ amount }) => !isZero(amount))
      .toReversed(),
  };
}
