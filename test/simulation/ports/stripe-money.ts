import { type CurrencyCode, minorUnitDigits } from '../../../src/money/currency.ts';
import { type Money, money } from '../../../src/money/money.ts';
import type { Random } from '../engine/random.ts';
import { invalidRequest } from './stripe-errors.ts';

/** The currencies in which the platform has a balance; everything else settles in the first. */
const SETTLED_AS_IS: readonly CurrencyCode[] = ['USD', 'GBP', 'KWD'];

/** Millionths of a dollar for one unit of a currency, about. */
const DOLLAR_MILLIONTHS: Readonly<Record<string, bigint>> = {
  USD: 1_000_000n,
  EUR: 1_140_000n,
  GBP: 1_320_000n,
  JPY: 6_500n,
  KRW: 690n,
};

/** Cards know no thousandths: of three decimals the last is 0. */
const FILS_STEP = 10n;

/** In multiples of how many minor units Stripe moves a currency. */
export const stepOf = (currency: CurrencyCode): bigint =>
  minorUnitDigits(currency) === 3 ? FILS_STEP : 1n;

/** @throws where Stripe can't move exactly this. */
export function movable(amount: Money): Money {
  if (amount.amountMinor % stepOf(amount.currency) === 0n) return amount;
  throw invalidRequest('parameter_invalid_integer');
}

/** An amount as a request says it. @throws where Stripe can't move exactly this. */
export const moneyOf = (units: number, currency: string): Money =>
  movable(money(currency.toUpperCase() as CurrencyCode, BigInt(units)));

const MILLION = 1_000_000n;
const PARTS_PER_THOUSAND = 1_000n;
/** 2.9 % and 30 cents. */
const FEE_PER_THOUSAND = 29n;
const FEE_FIXED_MINOR = 30n;

/** What Stripe credits for a charge, and its fee: its own rate, up to 3 % off the market's. */
export function settle(
  charged: Money,
  random: Random,
): { readonly settled: Money; readonly fee: Money } {
  const settled = SETTLED_AS_IS.includes(charged.currency) ? charged : toDollars(charged, random);
  const feeMinor = (settled.amountMinor * FEE_PER_THOUSAND) / PARTS_PER_THOUSAND + FEE_FIXED_MINOR;
  return { settled, fee: money(settled.currency, feeMinor) };
}

function toDollars({ currency, amountMinor }: Money, random: Random): Money {
  const millionths = DOLLAR_MILLIONTHS[currency];
  if (millionths === undefined)
    throw new Error(`The simulated Stripe has no rate for ${currency}.`);
  const perThousand = BigInt(random.between(970, 1_005));
  const scale = 10n ** BigInt(minorUnitDigits('USD'));
  const unit = 10n ** BigInt(minorUnitDigits(currency));
  const dollars =
    (amountMinor * millionths * perThousand * scale) / (unit * MILLION * PARTS_PER_THOUSAND);
  return money('USD', dollars);
}
