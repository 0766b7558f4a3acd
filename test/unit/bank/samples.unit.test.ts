import { BankStatement } from '../../../events/bank/bank-statement.v1.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { problemsOf } from '../../../src/adapters/bank/reading.ts';
import { movementsOf, readSample, sampleBytes, sampleMapping, sampleNames } from './reading.ts';

const expected: Readonly<Record<string, readonly string[]>> = {
  'bai2-two-accounts.txt': [
    '50000 credit',
    '10000 credit',
    '2000 credit',
    '20500 debit',
    '1000 debit',
  ],
  'bank-german-windows1252.csv': ['123450 credit', '23450 debit'],
  'bank-mapped.tsv': ['1234567 credit', '234567 debit'],
  'bank-swiss.csv': ['125050 debit', '500000 credit'],
  'camt052-interim.xml': ['25050 credit'],
  'camt053-two-accounts.xml': [
    '987930 credit',
    '250000 debit',
    '100000 credit',
    '98980 debit',
    '0 debit',
    '1570 credit',
    '1570 credit',
    '100255 credit',
  ],
  'camt054-credit.xml': ['8000 credit'],
  'mt940-envelope.sta': ['50000 credit', '2000 debit', '10025 debit', '775 credit'],
  'mt942-interim.sta': ['12050 credit', '2000 debit', '7000 credit'],
  'paypal-english.csv': ['111635 credit', '5000 credit', '14565 debit'],
  'paypal-german.csv': ['97475 credit'],
  'revolut-business.csv': ['9473 debit', '50000 credit'],
  'revolut-personal.csv': ['10000 credit', '4100 debit', '3000 debit'],
  'stripe-balance-transactions.json': ['958000 credit', '5000 debit'],
  'stripe-balance.csv': ['958000 debit', '958000 credit', '1000 debit'],
  'stripe-payouts.csv': ['958000 debit', '1000 debit'],
  'wise-balance.csv': ['10000 debit', '186 debit', '50000 credit'],
  'wise-transfers.csv': ['13299 debit', '250000 credit', '200 debit'],
};

describe('The samples', () => {
  it('are all expected', () => {
    expect(sampleNames).toEqual(Object.keys(expected).sort());
  });
});

describe.each(sampleNames)('The sample %s', (name) => {
  it('reads whole, adds up, and gives these movements', () => {
    const reading = readSample(name);
    expect(problemsOf(reading)).toEqual([]);
    expect(reading.statements.flatMap(movementsOf)).toEqual(expected[name]);
  });

  it('is written in the published form', () => {
    for (const statement of readSample(name).statements) {
      expect(BankStatement.parse(statement)).toEqual(statement);
    }
  });

  it('reads the same in UTF-8 with and without a mark, in UTF-16 and with other line ends', () => {
    const reading = readSample(name);
    const isWindows = name.includes('windows1252');
    const text = new TextDecoder(isWindows ? 'windows-1252' : 'utf-8').decode(sampleBytes(name));
    const variants = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text.replace('encoding="UTF-8"', '')}`, 'utf16le'),
      Buffer.from(text.replace('encoding="UTF-8"', ''), 'utf16le').swap16(),
      Buffer.from(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')),
    ];
    const mapping = sampleMapping(name);
    for (const bytes of variants) expect(readStatements(bytes, mapping)).toEqual(reading);
  });
});
