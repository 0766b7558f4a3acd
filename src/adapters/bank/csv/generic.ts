import { statementDigits } from '../currencies.ts';
import { defined } from '../reading.ts';
import { type GenericKey, genericKeys, genericNames } from './generic-names.ts';
import {
  type CsvRow,
  type CsvSource,
  columnsOf,
  type Movement,
  normalizeHeader,
} from './source.ts';
import type { TableRow } from './table.ts';

const CURRENCY_IN_NAME = /\b(?:in |\()?([A-Z]{3})\)?\s*$/;
const WORD_FOR_ACCOUNT = /^(?:account|account number|konto|compte|conto|cuenta|iban)$/;
const WORD_FOR_CURRENCY = /^(?:currency|wahrung|devise|valuta|divisa|monnaie|moneda)$/;

/**
 * A bank's own export, known by common names of its columns. `Credit in CHF` and `Betrag (EUR)`
 * are taken as the name and the currency; lines above the header may tell the currency too.
 */
export function genericSource(
  header: readonly string[],
  preface: readonly TableRow[],
): CsvSource<GenericKey> {
  const inNames = header
    .map((name) => CURRENCY_IN_NAME.exec(name.trim())?.[1])
    .find((code) => code !== undefined && statementDigits(code) !== undefined);
  const inPreface = valuesAfter(preface, WORD_FOR_CURRENCY).find(
    (code) => statementDigits(code) !== undefined,
  );
  const [account] = valuesAfter(preface, WORD_FOR_ACCOUNT);
  const currency = inNames ?? inPreface;
  const columns = inNames === undefined ? genericNames : namesWith(inNames.toLowerCase());
  return {
    format: 'csv',
    columns,
    required: [
      ['date', 'valueDate'],
      ['amount', 'credit'],
      ...(currency === undefined ? [['currency'] as const] : []),
    ],
    amounts: ['amount', 'credit', 'debit', 'balance'],
    dates: ['date', 'valueDate'],
    movements: (row) => genericMovements(row, { currency, account }),
  };
}

/** What stands behind a word above the header. */
const valuesAfter = (preface: readonly TableRow[], word: RegExp): readonly string[] =>
  preface
    .filter(({ cells }) => word.test(normalizeHeader(cells[0] ?? '')))
    .map(({ cells }) => (cells[1] ?? '').replace(/[="\s]/g, ''))
    .filter((value) => value !== '');

/** True for a header that has all but the currency. */
export const lacksCurrency = (header: readonly string[]): boolean => {
  const source = {
    ...genericSource(header, []),
    required: [['date'], ['amount', 'credit']] as const,
  };
  return columnsOf(source, header) !== undefined;
};

/** The names, and the names with the currency behind them. */
const namesWith = (code: string): typeof genericNames => {
  const withCode = (alias: string): readonly string[] => [
    alias,
    `${alias} in ${code}`,
    `${alias} (${code})`,
    `${alias} ${code}`,
  ];
  const entries = genericKeys.map((key) => [key, genericNames[key].flatMap(withCode)] as const);
  return Object.fromEntries(entries) as unknown as typeof genericNames;
};

type Fixed = {
  readonly currency?: string | undefined;
  readonly account?: string | undefined;
};

const debitWords = new Set(['d', 'dr', 'dbit', 'debit', 's', 'soll', 'af', 'out', 'debet', 'dare']);

/** One row of a bank's export. A row without an amount that has no day either is a heading, a
 * footnote or a total: it is no movement. */
export function genericMovements(row: CsvRow<GenericKey>, fixed: Fixed): readonly Movement[] {
  const isEmpty = (['amount', 'credit', 'debit'] as const).every((key) => row.text(key) === '');
  if (isEmpty && (!row.hasDate('date') || row.text('balance') !== '')) return [];
  const currency =
    row.text('currency') === '' && fixed.currency !== undefined
      ? fixed.currency
      : row.currency('currency');
  if (currency === undefined) return [];
  const minor = genericAmount(row, currency);
  if (minor === undefined) return [];
  const bookingDate = row.date('date');
  const description = row.text('description');
  return [
    {
      at: row.at,
      account: row.text('account') || fixed.account,
      currency,
      minor,
      balance: row.amount('balance', currency),
      bookingDate,
      valueDate: row.date('valueDate') ?? bookingDate,
      references: defined({
        customerReference: row.text('reference'),
        endToEndId: row.text('endToEndId'),
      }),
      remittance: { structured: [], unstructured: description === '' ? [] : [description] },
      ...counterparty(row),
    },
  ];
}

function genericAmount(row: CsvRow<GenericKey>, currency: string): bigint | undefined {
  if (row.text('amount') !== '') {
    const amount = row.amount('amount', currency);
    const isDebit = amount !== undefined && amount > 0n && debitWords.has(row.word('direction'));
    return isDebit ? -amount : amount;
  }
  const credit = row.amount('credit', currency);
  const debit = row.amount('debit', currency);
  if (row.problems.length > 0) return undefined;
  if (credit === undefined && debit === undefined) {
    return row.neededAmount(row.has('amount') ? 'amount' : 'credit', currency);
  }
  // Some banks sign their debits, some do not; both mean that money went out.
  const out = debit === undefined ? 0n : debit < 0n ? debit : -debit;
  return (credit ?? 0n) + out;
}

function counterparty(row: CsvRow<GenericKey>): Pick<Movement, 'counterparty'> {
  const found = defined({ name: row.text('name'), account: row.text('counterpartyAccount') });
  return Object.keys(found).length === 0 ? {} : { counterparty: found };
}
