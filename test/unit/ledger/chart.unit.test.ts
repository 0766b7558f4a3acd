import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountCodes, CHART, isAccountCode } from '../../../src/ledger/chart.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/ledger.md'), 'utf8');

describe('The chart of accounts', () => {
  it('is the one of docs/ledger.md: code, name, normal side and scope', () => {
    const documented = [
      ...document.matchAll(/^\| (\d{4}) \| (\w+) +\| (\w+) +\| (\w+|–) +\| .*\|$/gm),
    ].map(([, code, name, normalSide, scope]) => [code, name, normalSide, scope]);
    expect(
      accountCodes.map((code) => {
        const { name, normalSide, scope } = CHART[code];
        return [code, name, normalSide, scope ?? '–'];
      }),
    ).toEqual(documented);
  });

  it('has every account of the finance research, and the buyers’ cash balances beside them', () => {
    const research = [
      ...['1100', '1110', '1200', '1210', '1300', '1310', '1400', '2000', '2100', '2190', '2200'],
      ...['2210', '2300', '2310', '2400', '2410', '2420', '2900', '4000', '4100', '5000', '5100'],
      ...['5110', '5200', '5210', '5300', '5500', '5600'],
    ];
    expect(accountCodes.filter((code) => code !== '1120')).toEqual(research);
  });

  it('covers clients’ money by what is held for them, and owes it where the documents say', () => {
    const codesThat = (as: 'cover' | 'owed' | 'position') =>
      accountCodes.filter((code) => CHART[code].safeguarding === as).join(', ');
    expect(document.replace(/\s+/g, ' ')).toContain(
      `what lies at Stripe and on the segregated account (${codesThat('cover')}) must cover what is owed (${codesThat('owed')}). An open position (${codesThat('position')})`,
    );
  });

  it('lists its codes, and knows no other', () => {
    expect(accountCodes).toContain('2100');
    expect(isAccountCode('2100')).toBe(true);
    expect(['9999', '', 'toString'].map(isAccountCode)).toEqual([false, false, false]);
  });
});
