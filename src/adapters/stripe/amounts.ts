import { type CurrencyCode, isCurrencyCode, minorUnitDigits } from '../../money/currency.ts';
import { type Money, money } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';

/** Currencies whose unit at Stripe has other digits than ISO 4217's (docs.stripe.com/currencies). */
const STRIPE_DIGITS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Stripe takes at most eight digits where the payment method is not known to allow more. */
const LARGEST_CHARGE = 99_999_999n;

/** Stripe's smallest charge, in its own units; half a dollar's worth elsewhere is left to Stripe. */
const SMALLEST_CHARGE: Readonly<Record<string, bigint>> = {
  USD: 50n,
  EUR: 50n,
  GBP: 30n,
  JPY: 50n,
  KRW: 50n,
};

const THREE_DIGITS = 3;

const unitsOf = ({ currency, amountMinor }: Money): bigint | undefined => {
  const difference =
    (STRIPE_DIGITS[currency] ?? minorUnitDigits(currency)) - minorUnitDigits(currency);
  if (difference >= 0) return amountMinor * 10n ** BigInt(difference);
  const divisor = 10n ** BigInt(-difference);
  return amountMinor % divisor === 0n ? amountMinor / divisor : undefined;
};

/** Why Stripe could not charge or transfer exactly this amount; undefined where it can. */
export function unrepresentable(
  amount: Money,
): { readonly code: string; readonly detail: string } | undefined {
  const units = unitsOf(amount);
  const threeDigitsOdd =
    minorUnitDigits(amount.currency) === THREE_DIGITS && amount.amountMinor % 10n !== 0n;
  if (units === undefined || threeDigitsOdd) {
    return {
      code: 'payment.amount_not_chargeable',
      detail: `The provider can't take ${amount.currency} to the last minor unit of this amount.`,
    };
  }
  if (units > LARGEST_CHARGE || units < (SMALLEST_CHARGE[amount.currency] ?? 1n)) {
    return {
      code: 'payment.amount_out_of_range',
      detail: `The provider takes no single payment of this size in ${amount.currency}.`,
    };
  }
  return undefined;
}

/**
 * How many minor units of ISO 4217's make the least that Stripe can move: tens where it takes three
 * digits and wants the last to be zero, a hundred where its unit is the whole currency unit.
 */
export function stepMinor(currency: CurrencyCode): bigint {
  const digits = minorUnitDigits(currency);
  if (digits === THREE_DIGITS) return 10n;
  const missing = digits - (STRIPE_DIGITS[currency] ?? digits);
  return missing > 0 ? 10n ** BigInt(missing) : 1n;
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
