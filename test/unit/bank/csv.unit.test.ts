import { dateOrder, parseLocalDate } from '../../../src/adapters/bank/csv/local-dates.ts';
import { decimalMark, parseLocal } from '../../../src/adapters/bank/csv/local-numbers.ts';
import { sniffDelimiter } from '../../../src/adapters/bank/csv/table.ts';
import { largestFileBytes, readStatements } from '../../../src/adapters/bank/read-statements.ts';
import {
  codesOf,
  lineAt,
  movementsOf,
  onlyStatement,
  readSample,
  readText,
  sampleBytes,
} from './reading.ts';

describe('A number as people write it', () => {
  it.each([
    ['1.234,50', 'EUR', 123450n],
    ['1,234.50', 'EUR', 123450n],
    ['1’234.50', 'CHF', 123450n],
    ['1 234,5', 'EUR', 123450n],
    ['-0,97', 'EUR', -97n],
    ['(234.56)', 'USD', -23456n],
    ['12.30-', 'EUR', -1230n],
    ['−5', 'EUR', -500n],
    ['€ 5,00', 'EUR', 500n],
    ['5.00 EUR', 'EUR', 500n],
    ['0.500', 'KWD', 500n],
    ['1.234', 'KWD', 1234n],
    ['1,234,567', 'JPY', 1234567n],
    ['1.000.000,00', 'EUR', 100000000n],
  ])('%s %s is %s minor units', (text, currency, minor) => {
    expect(parseLocal(text, currency, undefined)).toEqual({ ok: true, minor });
  });

  it('that could have either mark is refused, unless the file’s other numbers decide', () => {
    expect(parseLocal('1,234', 'EUR', undefined)).toMatchObject({ ok: false });
    expect(parseLocal('1,234', 'EUR', decimalMark(['1,234', '0.50']))).toEqual({
      ok: true,
      minor: 123400n,
    });
    expect(parseLocal('1,234', 'EUR', decimalMark(['1,234', '0,50']))).toMatchObject({
      fault: 'amount_precision',
    });
  });

  it.each(['', 'abc', '1,2,3.4.5', '12..5', '--', '1e5'])('%j is none', (text) => {
    expect(parseLocal(text, 'EUR', undefined)).toMatchObject({ ok: false });
  });
});

describe('A date as people write it', () => {
  it.each([
    ['2026-06-30T10:00:00Z', '2026-06-30'],
    ['30.06.2026', '2026-06-30'],
    ['30-06-2026', '2026-06-30'],
    ['30/06/26', '2026-06-30'],
    ['20260630', '2026-06-30'],
    ['2026/6/30', '2026-06-30'],
    ['30 Jun 2026', '2026-06-30'],
    ['June 30, 2026', '2026-06-30'],
    ['31.06.2026', undefined],
    ['soon', undefined],
  ])('%s is %s', (text, date) => {
    expect(parseLocalDate(text, 'day_first')).toBe(date);
  });

  it('has the order that any day above twelve, the dots, or the order of rows tells', () => {
    expect(dateOrder(['01/02/2026', '13/02/2026'])).toBe('day_first');
    expect(dateOrder(['01/02/2026', '02/13/2026'])).toBe('month_first');
    expect(dateOrder(['01.02.2026'])).toBe('day_first');
    expect(dateOrder(['04/01/2026', '09/01/2026', '04/02/2026'])).toBe('day_first');
    expect(dateOrder(['01/02/2026'])).toBeUndefined();
  });
});

describe('A delimiter', () => {
  it.each([
    ['a;b;c\n"x,y,z,w,v";2;3\n', ';'],
    ['a,b\n"1;2;3",2\n', ','],
    ['a\tb\n1,5\t2,5\n', '\t'],
  ])('is found in %j', (text, delimiter) => {
    expect(sniffDelimiter(text)).toBe(delimiter);
  });
});

describe('A provider’s export', () => {
  it('of PayPal tells memos, fees and what a refund belongs to', () => {
    const statement = onlyStatement(readSample('paypal-english.csv'));
    expect(statement.lines.map((line) => line.pending)).toEqual([false, true, false]);
    expect(lineAt(statement, 0)).toMatchObject({
      gross: { amountMinor: '115000', direction: 'credit' },
      charges: [{ amountMinor: '3365', direction: 'debit', included: true }],
    });
    expect(lineAt(statement, 2)).toMatchObject({ reversal: true, references: { sourceId: '1AB' } });
  });

  it('of Stripe keeps both dates, for reports by either, and the payout (P29)', () => {
    const [euros, yen] = readSample('stripe-balance.csv').statements;
    expect(lineAt(euros, 1)).toMatchObject({
      bookingDate: '2026-06-29',
      valueDate: '2026-07-02',
      references: { transactionId: 'txn_2', sourceId: 'ch_1', payoutId: 'po_1' },
    });
    expect(movementsOf(yen)).toEqual(['1000 debit']);
  });

  it('of Stripe’s payments is refused with what to export instead', () => {
    const text =
      'id,Description,Created (UTC),Amount,Amount Refunded,Currency,Captured,Fee\nch_1,x,2026-06-30 07:48,1.00,0,eur,true,0.1\n';
    expect(codesOf(readText(text))).toEqual(['stripe.payments_export']);
  });

  it('says at which row a running balance breaks, and by how much', () => {
    const text = sampleBytes('wise-balance.csv').toString().replace('498.14,', '498.15,');
    const found = onlyStatement(readText(text)).problems;
    expect(found.map(({ code, at, differenceMinor }) => [code, at.line, differenceMinor])).toEqual([
      ['line.running_balance', 3, '1'],
      ['line.running_balance', 2, '-1'],
    ]);
  });

  it('refuses a row with a currency that is none and keeps the others', () => {
    const text = sampleBytes('paypal-english.csv')
      .toString()
      .replace('"Completed","USD","-150', '"Completed","ZZZ","-150');
    const reading = readText(text);
    expect(movementsOf(reading.statements[0])).toEqual(['111635 credit', '5000 credit']);
    expect(codesOf(reading)).toEqual(['line.currency_unknown']);
    expect(reading.problems[0]).toMatchObject({ severity: 'error', at: { line: 4, column: 7 } });
  });

  it.each([
    [
      'in its first column',
      (text: string) => text.slice(0, text.indexOf('TRANSFER-6') + 4),
      'csv.truncated',
    ],
    ['in a row', (text: string) => text.slice(0, text.indexOf('2500.0') + 3), 'csv.truncated'],
    [
      'in a quoted value',
      (text: string) => text.slice(0, text.indexOf('Buyer Inc') + 3),
      'csv.row_not_readable',
    ],
  ])('cut off %s is an error, and whole rows come through', (_, cut, code) => {
    const reading = readText(cut(sampleBytes('wise-transfers.csv').toString()));
    expect(codesOf(reading)).toContain(code);
    expect(movementsOf(reading.statements[0])).toEqual(['13299 debit']);
  });
});

describe('A file above the limit', () => {
  it('is refused before it is read', () => {
    const bytes = Buffer.alloc(largestFileBytes + 1, ' ');
    expect(codesOf(readStatements(bytes))).toEqual(['statement.too_large']);
  });
});

describe('A bank’s own export', () => {
  it('takes the currency from the names of columns or the lines above', () => {
    expect(onlyStatement(readSample('bank-swiss.csv'))).toMatchObject({
      currency: 'CHF',
      closing: { amountMinor: '374950' },
    });
  });

  it('may have footnotes, and a blank line below its header', () => {
    const text = sampleBytes('bank-swiss.csv').toString().replace('in CHF\n', 'in CHF\n\n');
    const reading = readText(
      `${text}\nDisclaimer:\nThis is no statement of account; ask your bank.\n`,
    );
    expect(codesOf(reading)).toEqual([]);
    expect(onlyStatement(reading)).toMatchObject({ account: { id: 'CH9300762011623852957' } });
    expect(movementsOf(onlyStatement(reading))).toHaveLength(2);
  });

  it('without a currency anywhere is refused', () => {
    expect(codesOf(readText('Date,Amount\n2026-06-30,1.00\n'))).toEqual(['csv.currency_missing']);
  });

  it('keeps identical rows (P28)', () => {
    const row = '2026-06-30,5.00,EUR,x\n';
    const reading = readText(`Date,Amount,Currency,Description\n${row.repeat(3)}`);
    expect(movementsOf(onlyStatement(reading))).toEqual(['500 credit', '500 credit', '500 credit']);
  });

  it.each(['', '   \n', '{"object":"list"}', 'hello', '\u0000\u0001', ':20:1\n:32A:260101EUR1,\n'])(
    'that is %j is refused',
    (text) => {
      const reading = readText(text);
      expect(reading.statements).toEqual([]);
      expect(reading.problems[0]).toMatchObject({
        severity: 'error',
        at: { line: expect.any(Number) },
      });
    },
  );
});
