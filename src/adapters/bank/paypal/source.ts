import { charge } from '../csv/charge.ts';
import type { CsvRow, CsvSource, Movement } from '../csv/source.ts';
import { defined } from '../reading.ts';
import { paypalColumns, paypalWords } from './words.ts';

type Key = keyof typeof paypalColumns;

/**
 * PayPal's activity download, in the languages its users have it in. The balance moves by `net`. A
 * row that PayPal calls a memo (an authorization, an order) is told, not booked.
 */
export const paypalSource: CsvSource<Key> = {
  format: 'paypal',
  columns: paypalColumns,
  required: [['date'], ['currency'], ['gross'], ['fee'], ['net'], ['id']],
  amounts: ['gross', 'fee', 'net', 'balance'],
  dates: ['date'],
  movements,
};

function movements(row: CsvRow<Key>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const pending = isPending(row);
  const key = pending && !/\d/.test(row.text('net')) ? 'gross' : 'net';
  const minor = row.neededAmount(key, currency);
  if (minor === undefined) return [];
  const date = row.date('date');
  const subject = [row.text('subject'), row.text('note')].filter((text) => text !== '');
  return [
    {
      at: row.at,
      currency,
      minor,
      bookingDate: date,
      valueDate: date,
      pending,
      reversal: paypalWords.reversal.test(row.word('type')),
      ...(pending ? {} : charges(row, currency)),
      balance: pending ? undefined : row.amount('balance', currency),
      ...defined({ transactionCode: row.text('type'), counterparty: counterparty(row, minor) }),
      references: defined({
        transactionId: row.text('id'),
        sourceId: row.text('referenceId'),
        customerReference: row.text('invoice') || row.text('custom'),
      }),
      remittance: { structured: [], unstructured: [...new Set(subject)] },
    },
  ];
}

/** PayPal writes fees as negative numbers: what it took from the gross. */
function charges(row: CsvRow<Key>, currency: string): Pick<Movement, 'gross' | 'charges'> {
  const fee = row.amount('fee', currency) ?? 0n;
  return charge({ gross: row.amount('gross', currency), fee: -fee, currency });
}

function isPending(row: CsvRow<Key>): boolean {
  return row.text('impact') === ''
    ? paypalWords.pending.test(row.word('status'))
    : paypalWords.memo.test(row.word('impact'));
}

function counterparty(row: CsvRow<Key>, minor: bigint): Movement['counterparty'] {
  const found = defined({
    name: row.text('name'),
    account: row.text(minor < 0n ? 'to' : 'from'),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
