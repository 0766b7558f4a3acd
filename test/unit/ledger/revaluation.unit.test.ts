import { emptyBalance } from '../../../src/ledger/balances.ts';
import { CLEARING_ACCOUNTS, ledgerChecks, redChecks } from '../../../src/ledger/gate.ts';
import { revalue } from '../../../src/ledger/revaluation.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { divideRational, one, parseDecimal } from '../../../src/money/rational.ts';

const balance = (account: string, currency: CurrencyCode, netMinor: bigint) => ({
  ...emptyBalance(account, currency),
  debitMinor: netMinor > 0n ? netMinor : 0n,
  creditMinor: netMinor < 0n ? -netMinor : 0n,
});

/** The ECB's way: so many dollars for one euro. */
const perEuro: Partial<Record<CurrencyCode, string>> = { USD: '1.1650', JPY: '171.20' };
const rates = {
  rateDate: '2026-06-30',
  toBase: (currency: CurrencyCode) => {
    const rate = perEuro[currency];
    if (currency === 'EUR') return one;
    return rate === undefined ? undefined : divideRational(one, parseDecimal(rate));
  },
};

describe('A position at the closing rate', () => {
  it('is a gain where what it stands for is worth more than it cost', () => {
    const books = [balance('1400', 'USD', 1_150_000n), balance('1400', 'EUR', -982_990n)];
    expect(revalue(books, { base: 'EUR', rates })).toEqual({
      rateDate: '2026-06-30',
      positions: [
        {
          position: { currency: 'USD', amountMinor: 1_150_000n },
          value: { currency: 'EUR', amountMinor: 987_124n },
        },
        {
          position: { currency: 'EUR', amountMinor: -982_990n },
          value: { currency: 'EUR', amountMinor: -982_990n },
        },
      ],
      unrealized: { currency: 'EUR', amountMinor: 4_134n },
    });
  });

  it('keeps to the minor units of each currency', () => {
    const { positions } = revalue([balance('1400', 'JPY', 17_120n)], { base: 'EUR', rates }) ?? {};
    expect(positions).toMatchObject([{ value: { amountMinor: 10_000n } }]);
  });

  it('that is closed needs no rate, and one without a rate is a red check', () => {
    const closed = [balance('1400', 'KRW', 0n), balance('1100', 'KRW', 5n)];
    expect(revalue(closed, { base: 'EUR', rates })).toMatchObject({
      ...{ rateDate: null, positions: [], unrealized: { amountMinor: 0n } },
    });
    const open = [balance('1400', 'KRW', 5n)];
    const revaluation = revalue(open, { base: 'EUR', rates });
    expect(revaluation).toBeUndefined();
    expect(redChecks(ledgerChecks(open, { openItems: [], revaluation }))).toContain('revaluation');
  });
});

describe('The checks of the books', () => {
  const revaluation = revalue([], { base: 'EUR', rates });
  const covered = [balance('1200', 'EUR', 101n), balance('2100', 'EUR', -100n)];

  it('are green where the books balance, clients are covered and nothing is open', () => {
    const books = [...covered, balance('3000', 'EUR', -1n)];
    expect(ledgerChecks(books, { openItems: [], revaluation })).toMatchObject([
      { name: 'trial_balance', status: 'green', items: [] },
      { name: 'accounts', status: 'green', items: [] },
      { name: 'safeguarding', status: 'green', items: [] },
      { name: 'revaluation', status: 'green', items: [revaluation] },
    ]);
  });

  it('name the currency that is short, and by how much', () => {
    const books = [...covered, balance('2100', 'USD', -7n), balance('4000', 'USD', 7n)];
    const checks = ledgerChecks(books, { openItems: [], revaluation });
    expect(checks.find(({ name }) => name === 'safeguarding')).toMatchObject({
      ...{ status: 'red', items: [{ currency: 'USD', shortfallMinor: 7n }] },
    });
    expect(checks.find(({ name }) => name === 'safeguarding')?.items).toHaveLength(1);
  });

  it('are asked of every account that must come back to zero', () => {
    expect(CLEARING_ACCOUNTS).toEqual(['1300', '1400', '2000', '2300', '2310', '2900']);
  });

  it('are red where debits and credits differ, and where clients are not covered', () => {
    const books = [balance('1200', 'EUR', 90n), balance('2100', 'EUR', -100n)];
    expect(redChecks(ledgerChecks(books, { openItems: [], revaluation }))).toEqual([
      ...['trial_balance', 'safeguarding'],
    ]);
  });

  it('list what is open and let it pass, with its age', () => {
    const item = {
      ...{ account: '2900', currency: 'EUR', scope: 'lin_1', balanceMinor: -5n },
      since: '2026-06-12',
    };
    const checks = ledgerChecks([], { openItems: [item], revaluation });
    expect(redChecks(checks)).toEqual([]);
    expect(checks.find(({ name }) => name === 'accounts')).toMatchObject({
      ...{ status: 'itemized', items: [item] },
    });
  });
});
