import {
  codesOf,
  lineAt,
  movementsOf,
  onlyStatement,
  readSample,
  readText,
  sampleBytes,
} from './reading.ts';

const sample = sampleBytes('bai2-two-accounts.txt').toString('utf8');

/** A file around one account's records, without control totals. */
const fileOf = (...records: readonly string[]): string =>
  [
    '01,A,B,260630,0800,1,80,,2/',
    '02,A,B,1,260630,0800,USD,2/',
    '03,1,USD,010,0,,/',
    ...records,
    '49,,/',
    '98,,,/',
    '99,,,/',
  ].join('\n');

describe('BAI2', () => {
  it('continues records over 88, whatever they are', () => {
    const [first] = readSample('bai2-two-accounts.txt').statements;
    expect(lineAt(first, 0)).toMatchObject({
      valueDate: '2026-07-01',
      references: {
        accountServicerReference: 'BANKREF1',
        customerReference: 'PAYOUT1',
        endToEndId: 'ORDER-4711',
      },
      counterparty: { name: 'SAMPLE BUYER INC' },
      remittance: { unstructured: ['WIRE IN, FROM STRIPE'] },
    });
  });

  it.each([
    ['no funds type', '16,195,500,,REF,CUST,TEXT/'],
    ['Z', '16,195,500,Z,REF,CUST,TEXT/'],
    ['0', '16,195,500,0,REF,CUST,TEXT/'],
    ['S', '16,195,500,S,100,200,200,REF,CUST,TEXT/'],
    ['V', '16,195,500,V,260701,0900,REF,CUST,TEXT/'],
    ['D', '16,195,500,D,2,1,300,2,200,REF,CUST,TEXT/'],
    ['no end', '16,195,500,,REF,CUST,TEXT'],
    ['a continuation before its text', '16,195,500,V,260701/\n88,0900,REF,CUST,TEXT/'],
  ])('with %s finds the references behind the funds', (_, record) => {
    const reading = readText(fileOf(record));
    const line = lineAt(onlyStatement(reading), 0);
    expect(line.references).toEqual({ accountServicerReference: 'REF', customerReference: 'CUST' });
    expect(line.remittance.unstructured).toEqual(['TEXT']);
    expect(line.amountMinor).toBe('500');
  });

  it('takes records that share a line, and text that has slashes', () => {
    const reading = readText(fileOf('16,142,100,Z,,,A/B/C PAY   /  16,451,50,Z,,,BILL/'));
    expect(movementsOf(onlyStatement(reading))).toEqual(['100 credit', '50 debit']);
    expect(lineAt(onlyStatement(reading), 0).remittance.unstructured).toEqual(['A/B/C PAY']);
  });

  it('counts in the currency’s own decimals', () => {
    expect(readSample('bai2-two-accounts.txt').statements.map(({ currency }) => currency)).toEqual([
      'USD',
      'JPY',
    ]);
  });
});

describe('A BAI2 file', () => {
  it.each([
    [
      'account',
      sample.replace('49,406500', '49,406400'),
      ['bai2.control_total_mismatch', 'bai2.control_total_mismatch'],
    ],
    [
      'group',
      sample.replace('98,416500', '98,416501'),
      ['bai2.control_total_mismatch', 'bai2.control_total_mismatch'],
    ],
    ['file', sample.replace('99,416500', '99,416501'), ['bai2.control_total_mismatch']],
    ['records', sample.replace('49,10000,3', '49,10000,4'), ['bai2.count_mismatch']],
  ])('says so where the control total of the %s is wrong', (_, text, codes) => {
    expect(codesOf(readText(text))).toEqual(codes);
  });

  it('that is cut off is an error, and what was whole comes through', () => {
    const reading = readText(sample.slice(0, sample.indexOf('03,9876543210')));
    expect(codesOf(reading)).toEqual(['bai2.truncated', 'bai2.truncated']);
    expect(movementsOf(reading.statements[0])).toHaveLength(4);
    expect(codesOf(readText(sample.slice(0, sample.indexOf('16,399'))))).toContain(
      'bai2.truncated',
    );
  });

  it('refuses an amount, a type and a currency that are none, each at its line', () => {
    const reading = readText(fileOf('16,195,ten,,/', '16,777,5,,/', '16,195,5,,/'));
    expect(onlyStatement(reading).problems).toEqual(
      [
        expect.objectContaining({ code: 'line.amount_invalid', at: { line: 4, path: '16' } }),
        expect.objectContaining({ code: 'line.direction_invalid', at: { line: 5, path: '16' } }),
      ]
        .concat(expect.anything())
        .slice(0, onlyStatement(reading).problems.length),
    );
    expect(movementsOf(onlyStatement(reading))).toEqual(['5 credit']);
    expect(codesOf(readText(sample.replace('03,0123456789,USD', '03,0123456789,XQX')))).toContain(
      'line.currency_unknown',
    );
  });
});
