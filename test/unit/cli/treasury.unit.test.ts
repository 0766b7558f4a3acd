import { coversOf } from '../../../local/cli/treasury.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { movementOf } from '../../../src/process/movement-of.ts';

const at = '2026-11-26T12:00:00.000Z';
const position = (currency: CurrencyCode, minor: bigint) => ({
  ...({ account: '1400', name: 'fx_position', currency } as const),
  debitMinor: minor > 0n ? String(minor) : '0',
  creditMinor: minor < 0n ? String(-minor) : '0',
});
const trade = (...positions: readonly ReturnType<typeof position>[]) => ({
  ...{ id: 'trd_1', payIn: { currency: 'JPY' as const, amountMinor: '1000000' } },
  money: positions as unknown as Parameters<typeof coversOf>[0]['money'],
});

/** What is open after the covers, by currency. */
const left = (...positions: readonly ReturnType<typeof position>[]) => {
  const covers = coversOf(trade(...positions), at).flatMap((one) => journalize(movementOf(one)));
  const open = new Map(
    positions.map(({ currency, debitMinor, creditMinor }) => [
      currency as string,
      BigInt(debitMinor) - BigInt(creditMinor),
    ]),
  );
  for (const { account, currency, debitMinor, creditMinor } of balancesOf(covers)) {
    if (account !== '1400') continue;
    open.set(currency, (open.get(currency) ?? 0n) + debitMinor - creditMinor);
  }
  return Object.fromEntries(open);
};

describe('What a trade leaves open between currencies', () => {
  it('is closed by one cover where one currency is short', () => {
    expect(left(position('KWD', 3_512_340n), position('USD', -1_150_000n))).toEqual({
      ...{ KWD: 0n, USD: 0n },
    });
  });

  it('is closed by two where the spread of the buyer’s money is open too, at Stripe’s own rate', () => {
    const open = [position('JPY', 15_000n), position('KRW', 9_000_000n), position('USD', -6_500n)];
    expect(left(...open)).toEqual({ JPY: 0n, KRW: 0n, USD: 0n });
    expect(coversOf(trade(...open), at)).toMatchObject([
      { sold: { amountMinor: 98n }, bought: { currency: 'JPY' }, movementId: 'cover-trd_1-1' },
      { sold: { amountMinor: 6_402n }, bought: { currency: 'KRW' }, movementId: 'cover-trd_1-2' },
    ]);
  });

  it('is nothing to cover where nothing is open', () => {
    expect(coversOf(trade(position('USD', 0n)), at)).toEqual([]);
  });

  it('is a person’s where two currencies are to be sold', () => {
    expect(() => coversOf(trade(position('USD', -1n), position('EUR', -1n)), at)).toThrow(
      'not closed by selling one currency',
    );
  });
});
