import { type Lock, LockPolicy, lockFor, lockPremium } from '../../../src/fx/lock-policy.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';

const usual = LockPolicy.parse({});
const thursday = new Date('2026-11-26T10:00:00Z');
const saturday = new Date('2026-11-28T10:00:00Z');

const premium = (
  lock: Lock,
  {
    pair = ['EUR', 'USD'] as readonly [CurrencyCode, CurrencyCode],
    now = thursday,
    policy = usual,
  } = {},
) => lockPremium(policy, { lock, pair, now });

describe('What a lock costs', () => {
  it('grows with its length', () => {
    expect((['NONE', 'M5', 'M30', 'H1', 'H24'] as const).map((lock) => premium(lock))).toEqual([
      ...[0, 0, 0, 10, 40],
    ]);
  });

  it('doubles for a volatile currency on either side', () => {
    expect(premium('H24', { pair: ['KRW', 'EUR'] })).toBe(80);
    expect(premium('H24', { pair: ['EUR', 'BRL'] })).toBe(80);
  });

  it('is more on a day without new rates, where the lock costs anything', () => {
    expect(premium('H1', { now: saturday })).toBe(25);
    expect(premium('M5', { now: saturday })).toBe(0);
  });

  it('is what the platform has decided', () => {
    const policy = LockPolicy.parse({
      premiumBasisPoints: { M5: 5 },
      closedDayBasisPoints: 0,
      volatileCurrencies: ['USD'],
    });
    expect(premium('M5', { policy, now: saturday })).toBe(10);
    expect(premium('H24', { policy })).toBe(80);
  });
});

describe('A policy', () => {
  it.each([
    { premiumBasisPoints: { M5: -1 } },
    { premiumBasisPoints: { M5: 0.5 } },
    { premiumBasisPoints: { M1: 5 } },
    { longestLock: 'NONE' },
    { volatileCurrencies: ['XAU'] },
    { unheardOf: true },
  ])('is refused with %p', (policy) => {
    expect(LockPolicy.safeParse(policy).success).toBe(false);
  });
});

describe('The lock for a time', () => {
  it.each([
    [0, 'NONE'],
    [1, 'M5'],
    [300, 'M5'],
    [301, 'M30'],
    [1_800, 'M30'],
    [3_600, 'H1'],
    [86_400, 'H24'],
    [604_800, 'H24'],
  ])('of %p seconds is %s', (seconds, lock) => {
    expect(lockFor(seconds)).toBe(lock);
  });
});
