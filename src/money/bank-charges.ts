import * as z from 'zod/mini';
import { shareByBasisPoints } from './allocate.ts';
import { minorUnitDigits } from './currency.ts';
import type { Money } from './money.ts';
import { currencySchema } from './schema.ts';
import { minorUnits } from './write-off-limits.ts';

/**
 * How much banks may keep of a payment that comes back, in minor units of each currency as text. In a
 * currency that is not named it is 25 major units, or 1 % of what was paid where that is more.
 *
 * @example { "KRW": "30000" }
 */
export const BankChargeLimits = z._default(z.partialRecord(currencySchema, minorUnits), {});
export type BankChargeLimits = z.infer<typeof BankChargeLimits>;

const USUAL_MAJOR = 25n;
const USUAL_BASIS_POINTS = 100;

/** The most that banks may keep of a payment, in minor units of its currency. */
export function mostKeptMinor(limits: BankChargeLimits, { currency, amountMinor }: Money): bigint {
  const configured = limits[currency];
  if (configured !== undefined) return configured;
  const fixed = USUAL_MAJOR * 10n ** BigInt(minorUnitDigits(currency));
  const share = shareByBasisPoints({ currency, amountMinor }, USUAL_BASIS_POINTS, 'floor');
  // Stryker disable next-line EqualityOperator: of two that are equal either is the larger.
  return share.amountMinor > fixed ? share.amountMinor : fixed;
}

/**
 * True where so little came back of a payment that it is no return of it, whatever the bank calls it:
 * nothing, or less than what was paid by more than banks charge. Both amounts are of one currency.
 */
export const isTooLittleBack = (
  limits: BankChargeLimits,
  { paid, returned }: { readonly paid: Money; readonly returned: Money },
): boolean =>
  returned.amountMinor <= 0n ||
  paid.amountMinor - returned.amountMinor > mostKeptMinor(limits, paid);
