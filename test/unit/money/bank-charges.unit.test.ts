import {
  BankChargeLimits,
  isTooLittleBack,
  mostKeptMinor,
} from '../../../src/money/bank-charges.ts';
import { money } from '../../../src/money/money.ts';

const usual = BankChargeLimits.parse(undefined);

describe('What banks may keep of a payment that comes back', () => {
  it.each([
    ['25 major units', money('USD', 100_000n), 2_500n],
    ['whatever the currency’s minor units are', money('KWD', 100_000n), 25_000n],
    ['1 % of it where that is more', money('USD', 448_500n), 4_485n],
    ['rounded down', money('KRW', 1_000_099n), 10_000n],
    ['and that is the same where both are', money('USD', 250_000n), 2_500n],
  ])('is %s', (_, paid, mostMinor) => {
    expect(mostKeptMinor(usual, paid)).toBe(mostMinor);
  });

  it('is what a deployment says of a currency, more or less than usual', () => {
    const limits = BankChargeLimits.parse({ KRW: '30000', USD: '0' });
    expect(mostKeptMinor(limits, money('KRW', 1_000_000n))).toBe(30_000n);
    expect(mostKeptMinor(limits, money('USD', 1_000_000n))).toBe(0n);
    expect(mostKeptMinor(limits, money('EUR', 1_000_000n))).toBe(10_000n);
  });

  it.each([['-1'], ['1.5'], ['']])('is no %j', (text) => {
    expect(BankChargeLimits.safeParse({ USD: text }).success).toBe(false);
  });
});

describe('A payment of which too little comes back', () => {
  const isTooLittle = (paidMinor: bigint, returnedMinor: bigint): boolean =>
    isTooLittleBack(usual, {
      paid: money('USD', paidMinor),
      returned: money('USD', returnedMinor),
    });

  it('has lost more than banks may keep, by a cent', () => {
    expect(isTooLittle(100_000n, 97_500n)).toBe(false);
    expect(isTooLittle(100_000n, 97_499n)).toBe(true);
  });

  it('has not where all of it or more comes back', () => {
    expect(isTooLittle(100_000n, 100_000n)).toBe(false);
    expect(isTooLittle(100_000n, 100_001n)).toBe(false);
  });

  it('is one of which nothing comes back, however small it was', () => {
    expect(isTooLittle(2_000n, 1n)).toBe(false);
    expect(isTooLittle(2_000n, 0n)).toBe(true);
  });
});
