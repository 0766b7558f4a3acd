import { payableStep } from '../money/currency.ts';
import { type Money, money, subtract } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';
import { chargedOf } from './refund-ways.ts';
import type { Chargeback, Payment } from './state.ts';

/** What the provider has withdrawn and given back since the chargeback was opened last. */
export const sinceOpen = ({
  withdrawn,
  reinstated,
  earlier,
}: Pick<Chargeback, 'withdrawn' | 'reinstated' | 'earlier'>): {
  readonly withdrawn: Money;
  readonly reinstated: Money;
} =>
  earlier === undefined
    ? { withdrawn, reinstated }
    : {
        withdrawn: subtract(withdrawn, earlier.withdrawn),
        reinstated: subtract(reinstated, earlier.reinstated),
      };

/**
 * What of the charge is disputed and stays with the bank, in the currency charged: of the amount disputed as
 * much as stands withdrawn of what was withdrawn, for a chargeback that is partly won is a lost one of which a
 * part was given back; all of it where nothing was withdrawn. A bank may dispute in another currency: then it
 * is the share of the charge that stands withdrawn of what the charge settled for, so that the trade gives what
 * the bank took. Where the two can't be compared, it is all that was charged.
 */
export function disputedPart(
  payment: Payment,
  chargeback: Pick<Chargeback, 'amount' | 'withdrawn' | 'reinstated' | 'earlier'>,
): Money {
  const { amount } = chargeback;
  const charged = chargedOf(payment);
  const { withdrawn, reinstated } = sinceOpen(chargeback);
  const standing = subtract(withdrawn, reinstated);
  if (amount.currency === charged.currency) {
    return withdrawn.amountMinor === 0n ? amount : shareOf(amount, standing, withdrawn);
  }
  const { settled } = payment;
  return standing.currency === settled.currency ? shareOf(charged, standing, settled) : charged;
}

/**
 * As much of the whole as a part is of all of it, and never less than nothing: to the nearest amount that can be
 * paid, so that what is left of the charge can be paid back too.
 */
function shareOf({ currency, amountMinor }: Money, part: Money, all: Money): Money {
  const step = part.amountMinor < all.amountMinor ? payableStep(currency) : 1n;
  const steps = roundQuotient(part.amountMinor * amountMinor, all.amountMinor * step, 'halfEven');
  // Stryker disable next-line EqualityOperator: zero is zero either way
  return money(currency, steps < 0n ? 0n : steps * step);
}
