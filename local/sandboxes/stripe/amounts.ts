import { exponentOf, formatAmount, minimumCharge, stepOf } from './currencies.ts';
import { invalidRequest } from './errors.ts';
import { platformAccount } from './references.ts';
import type { World } from './world.ts';

const maximumCardDigits = 12;

/** Most other methods take eight digits, 999,999.99 euros; some currencies have more. */
const maximumOtherDigits: Readonly<Record<string, number>> = { cop: 10, idr: 12, inr: 9 };

function maximumDigits(currency: string, types: readonly string[] = ['card']): number {
  return types.includes('card') ? maximumCardDigits : (maximumOtherDigits[currency] ?? 8);
}

/** @throws StripeApiError 400 for a currency that the sandbox has no rate for. */
export function checkCurrency(world: World, currency: string): void {
  if (world.exchange.supports(currency)) return;
  const supported = world.exchange.currencies().join(', ');
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: ${supported}`,
    { param: 'currency' },
  );
}

/** The currency an account holds its balance in and charges settle in. */
export function settlementCurrencyOf(world: World, account: string): string {
  const connected = world.store.findAnywhere('account', account);
  return connected?.default_currency ?? world.settings.settlementCurrency;
}

/** Whether an account keeps a balance in a currency, so that nothing is converted. */
export function settlesIn(world: World, account: string, currency: string): boolean {
  if (currency === settlementCurrencyOf(world, account)) return true;
  return account === platformAccount && world.settings.settlesIn.includes(currency);
}

/**
 * Stripe's rules for what may be charged: above zero, a multiple of the currency's step, up to
 * twelve digits by card and eight by most else, and at least the minimum of the settlement currency after conversion.
 * @throws StripeApiError 400 parameter_invalid_integer, amount_too_large or amount_too_small.
 */
export function checkChargeAmount(
  world: World,
  charge: {
    amount: number;
    currency: string;
    account: string;
    /** The methods that it may be paid by. Default: cards. */
    types?: readonly string[] | undefined;
  },
): void {
  const { amount, currency } = charge;
  checkPositive(amount, 'amount');
  checkStep(amount, currency);
  const maximum = 10n ** BigInt(maximumDigits(currency, charge.types)) - 1n;
  if (BigInt(amount) > maximum) {
    throw invalidRequest(`Amount must be no more than ${formatAmount(maximum, currency)}`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
  checkMinimum(world, charge);
}

/** @throws StripeApiError 400 parameter_invalid_integer below 1. */
export function checkPositive(amount: number, param: string): void {
  if (amount >= 1) return;
  throw invalidRequest('This value must be greater than or equal to 1.', {
    code: 'parameter_invalid_integer',
    param,
  });
}

function checkStep(amount: number, currency: string): void {
  const step = stepOf(currency);
  if (amount % step === 0) return;
  const message =
    exponentOf(currency) === 3
      ? `Charge amounts in ${currency.toUpperCase()} must be evenly divisible by ${step}.`
      : `Currency ${currency.toUpperCase()} has become effectively zero-decimal and charged ` +
        `amounts must be evenly divisible by ${step}.`;
  throw invalidRequest(message, { code: 'parameter_invalid_integer', param: 'amount' });
}

function checkMinimum(
  world: World,
  charge: { amount: number; currency: string; account: string },
): void {
  const { currency } = charge;
  const settlement = settlementCurrencyOf(world, charge.account);
  const minimum = minimumCharge(settlement);
  const refuse = (message: string) => {
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' });
  };
  const least = formatAmount(minimum, settlement);
  const amountMinor = BigInt(charge.amount);
  if (currency === settlement) {
    if (amountMinor < minimum) refuse(`Amount must be at least ${least} ${settlement}`);
    return;
  }
  const converted = world.exchange.convert({ amountMinor, from: currency, to: settlement });
  if (converted.amountMinor >= minimum) return;
  const about = formatAmount(converted.amountMinor, settlement);
  refuse(
    `Amount must convert to at least ${least}. ${formatAmount(amountMinor, currency)} converts ` +
      `to approximately ${about}.`,
  );
}
