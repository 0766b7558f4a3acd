import {
  type CurrencyCode,
  isCurrencyCode,
  minorUnitDigits,
  payableStep,
} from '../../money/currency.ts';
import { type Money, money } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';
import { type StripeLimits, usualStripeLimits } from './limits.ts';

/** Currencies whose unit at Stripe has other digits than ISO 4217's (docs.stripe.com/currencies). */
const STRIPE_DIGITS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Whose payouts to a bank are in hundreds of the charge's unit, and so in whole units of money. */
const PAID_OUT_IN_HUNDREDS: readonly CurrencyCode[] = ['HUF', 'TWD'];
const HUNDRED = 100n;

const unitsOf = ({ currency, amountMinor }: Money): bigint | undefined => {
  const difference =
    (STRIPE_DIGITS[currency] ?? minorUnitDigits(currency)) - minorUnitDigits(currency);
  if (difference >= 0) return amountMinor * 10n ** BigInt(difference);
  const divisor = 10n ** BigInt(-difference);
  return amountMinor % divisor === 0n ? amountMinor / divisor : undefined;
};

/** Why Stripe could not charge exactly this amount; undefined where it can. */
export function unrepresentable(
  amount: Money,
  { minimums, maximums, maximum }: StripeLimits = usualStripeLimits,
): { readonly code: string; readonly detail: string } | undefined {
  const units = unitsOf(amount);
  if (units === undefined || amount.amountMinor % payableStep(amount.currency) !== 0n) {
    return {
      code: 'payment.amount_not_chargeable',
      detail: `The provider can't take ${amount.currency} to the last minor unit of this amount.`,
    };
  }
  const { currency } = amount;
  if (units > (maximums[currency] ?? maximum) || units < (minimums[currency] ?? 1n)) {
    return {
      code: 'payment.amount_out_of_range',
      detail: `The provider takes no single payment of this size in ${amount.currency}.`,
    };
  }
  return undefined;
}

/**
 * An amount in Stripe's unit, which it wants as a JSON number.
 *
 * @throws CodedError `payment.amount_not_chargeable`, not retryable.
 */
export function toStripeAmount(amount: Money): {
  readonly amount: number;
  readonly currency: string;
} {
  const units = unitsOf(amount);
  if (units === undefined || units > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new CodedError({
      code: 'payment.amount_not_chargeable',
      message: `Stripe can't hold this amount of ${amount.currency}.`,
      retryable: false,
    });
  }
  return { amount: Number(units), currency: amount.currency.toLowerCase() };
}

/**
 * An amount in two parts: what Stripe can pay out to a bank, and what stays on the balance until
 * there is more of it. HUF and TWD are charged to the hundredth and paid out without, and of a
 * three-decimal currency the last digit is always 0.
 *
 * @example wholePayout(money('HUF', 350_050n)) // payable 3,500.00, left 0.50
 */
export function wholePayout<C extends CurrencyCode>(
  amount: Money<C>,
): { readonly payable: Money<C>; readonly left: Money<C> } {
  const { currency, amountMinor } = amount;
  const left = amountMinor % payoutStep(currency);
  return { payable: money(currency, amountMinor - left), left: money(currency, left) };
}

const payoutStep = (currency: CurrencyCode): bigint =>
  PAID_OUT_IN_HUNDREDS.includes(currency) ? HUNDRED : payableStep(currency);

/**
 * An amount as Stripe reports it.
 *
 * @throws CodedError `stripe.unknown_amount`, not retryable, for what is not whole units of money.
 */
export function fromStripeAmount(units: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  const amountMinor =
    isCurrencyCode(currency) && Number.isSafeInteger(units)
      ? minorUnitsOf(currency, BigInt(units))
      : undefined;
  if (!isCurrencyCode(currency) || amountMinor === undefined) {
    throw new CodedError({
      code: 'stripe.unknown_amount',
      message: `Stripe reported ${units} ${stripeCurrency}, which is not money we know.`,
      retryable: false,
    });
  }
  return money(currency, amountMinor);
}

/** Undefined for a part of a minor unit: nothing of an amount is ever dropped. */
function minorUnitsOf(currency: CurrencyCode, units: bigint): bigint | undefined {
  const difference =
    minorUnitDigits(currency) - (STRIPE_DIGITS[currency] ?? minorUnitDigits(currency));
  if (difference >= 0) return units * 10n ** BigInt(difference);
  const divisor = 10n ** BigInt(-difference);
  return units % divisor === 0n ? units / divisor : undefined;
}
