import * as z from 'zod/mini';
import type { CurrencyCode } from './currency.ts';
import { currencySchema } from './schema.ts';

/** `"50000"`, an amount in minor units: 1 to 18 digits. */
export const minorUnits = z.pipe(
  z.string().check(z.regex(/^\d{1,18}$/)),
  z.transform((digits) => BigInt(digits)),
);

/**
 * How much one person may give up of a debt or of a break, in minor units of each currency as text. A
 * currency without a limit always takes two.
 *
 * @example { "USD": "50000", "JPY": "75000" }
 */
export const WriteOffLimits = z._default(z.partialRecord(currencySchema, minorUnits), {});
export type WriteOffLimits = z.infer<typeof WriteOffLimits>;

/** Zero where the currency has no limit. */
export const limitMinorOf = (limits: WriteOffLimits, currency: CurrencyCode): bigint =>
  limits[currency] ?? 0n;
