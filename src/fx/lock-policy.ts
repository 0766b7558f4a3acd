import * as z from 'zod/mini';
import type { CurrencyCode } from '../money/currency.ts';
import { currencySchema } from '../money/schema.ts';
import { isTargetDay } from '../platform/target-calendar.ts';

/** How long a price may be held, in seconds. `NONE` is a price to look at and never held. */
export const lockSeconds = { NONE: 0, M5: 300, M30: 1_800, H1: 3_600, H24: 86_400 } as const;

export type Lock = keyof typeof lockSeconds;

/** Longest last. */
export const locks = Object.keys(lockSeconds) as readonly Lock[];

const basisPoints = z.int().check(z.gte(0), z.lte(1_000));

/**
 * What holding a price costs, in hundredths of a percent, by the length of the lock. A lock that
 * costs something costs twice as much in a volatile currency, and `closedDayBasisPoints` more on a
 * day on which no new rates come.
 */
export const LockPolicy = z.strictObject({
  version: z._default(z.string().check(z.minLength(1), z.maxLength(64)), 'default-1'),
  longestLock: z._default(z.enum(['M5', 'M30', 'H1', 'H24']), 'H1'),
  premiumBasisPoints: z._default(
    z.strictObject({
      M5: z._default(basisPoints, 0),
      M30: z._default(basisPoints, 0),
      H1: z._default(basisPoints, 10),
      H24: z._default(basisPoints, 40),
    }),
    { M5: 0, M30: 0, H1: 10, H24: 40 },
  ),
  closedDayBasisPoints: z._default(basisPoints, 15),
  volatileCurrencies: z._default(z.array(currencySchema), [
    'BRL',
    'ILS',
    'KRW',
    'MXN',
    'TRY',
    'ZAR',
  ]),
});
export type LockPolicy = z.infer<typeof LockPolicy>;

/** The shortest lock that holds for so many seconds; the longest there is, where none does. */
export const lockFor = (seconds: number): Lock =>
  locks.find((lock) => lockSeconds[lock] >= seconds) ?? 'H24';

/** What a lock of this length costs for this pair at this instant. */
export function lockPremium(
  { premiumBasisPoints, closedDayBasisPoints, volatileCurrencies }: LockPolicy,
  terms: {
    readonly lock: Lock;
    readonly pair: readonly [CurrencyCode, CurrencyCode];
    readonly now: Date;
  },
): number {
  const base = terms.lock === 'NONE' ? 0 : premiumBasisPoints[terms.lock];
  if (base === 0) return 0;
  const isVolatile = terms.pair.some((currency) => volatileCurrencies.includes(currency));
  const today = terms.now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return base * (isVolatile ? 2 : 1) + (isTargetDay(today) ? 0 : closedDayBasisPoints);
}
