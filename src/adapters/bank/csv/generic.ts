import { statementDigits } from '../currencies.ts';
import { defined } from '../reading.ts';
import { type CsvRow, type CsvSource, type Movement, normalizeHeader } from './source.ts';
import type { TableRow } from './table.ts';

/** What a column of a bank's export may mean. */
export const genericKeys = [
  'date',
  'valueDate',
  'amount',
  'credit',
  'debit',
  'direction',
  'currency',
  'balance',
  'description',
  'reference',
  'endToEndId',
  'name',
  'counterpartyAccount',
  'account',
] as const;
export type GenericKey = (typeof genericKeys)[number];

/** Names in English, German, French, Italian, Spanish, Dutch and Portuguese, normalized. */
const names: Readonly<Record<GenericKey, readonly string[]>> = {
  date: [
    ...['booking date', 'bookingdate', 'posting date', 'transaction date', 'trade date', 'date'],
    ...['buchungstag', 'buchungsdatum', 'datum', 'transaktionsdatum', 'buchung'],
    ...["date d'operation", 'date operation', 'date de comptabilisation', 'date comptable'],
    ...['data', 'data operazione', 'data contabile', 'data di contabilizzazione'],
    ...['fecha', 'fecha operacion', 'fecha de operacion', 'boekdatum', 'rentedatum', 'data mov.'],
    ...['date of payment', 'completed date', 'transaction_date', 'booking_date', 'data lancamento'],
  ],
  valueDate: [
    ...['value date', 'valuedate', 'value_date', 'valuta', 'valutadatum', 'wertstellung'],
    ...['wertstellungsdatum', 'date de valeur', 'date valeur', 'data valuta', 'fecha valor'],
  ],
  amount: [
    ...['amount', 'transaction amount', 'betrag', 'umsatz', 'montant', 'importo', 'importe'],
    ...['bedrag', 'valor', 'kwota', 'net amount', 'belopp', 'belob'],
  ],
  credit: [
    ...['credit', 'credit amount', 'paid in', 'money in', 'deposit', 'deposits', 'haben'],
    ...['gutschrift', 'credits', 'credito', 'accredito', 'avere', 'abono', 'haber', 'bij'],
  ],
  debit: [
    ...['debit', 'debit amount', 'paid out', 'money out', 'withdrawal', 'withdrawals', 'soll'],
    ...['lastschrift', 'belastung', 'debits', 'debito', 'addebito', 'dare', 'cargo', 'debe'],
  ],
  direction: [
    'debit/credit',
    'credit/debit',
    'cr/dr',
    'dr/cr',
    'd/c',
    'af bij',
    's/h',
    'soll/haben',
    'indicator',
    'credit debit indicator',
    'direction',
  ],
  currency: [
    'currency',
    'ccy',
    'currency code',
    'wahrung',
    'devise',
    'monnaie',
    'divisa',
    'moneda',
    'munt',
    'muntsoort',
    'moeda',
    'waluta',
  ],
  balance: [
    'balance',
    'running balance',
    'saldo',
    'solde',
    'kontostand',
    'saldo na mutatie',
    'saldo in chf',
    'saldo disponibile',
    'account balance',
    'saldo nach buchung',
  ],
  description: [
    ...['description', 'details', 'narrative', 'transaction details', 'memo', 'purpose'],
    ...['verwendungszweck', 'buchungstext', 'beschreibung', 'avisierungstext', 'libelle'],
    ...['motif', 'texte de notification', 'descrizione', 'causale', 'concepto', 'omschrijving'],
    ...['mededelingen', 'testo di avviso', 'notification text', 'naam / omschrijving', 'descricao'],
  ],
  reference: [
    'reference',
    'transaction id',
    'transaction reference',
    'id',
    'referenz',
    'kundenreferenz',
    'reference number',
    'riferimento',
    'referencia',
    'kenmerk',
    'bank reference',
    'transactiereferentie',
    'ref',
  ],
  endToEndId: [
    'end to end id',
    'endtoendid',
    'end-to-end id',
    'end-to-end reference',
    'end to end reference',
    'end-to-end-referenz',
  ],
  name: [
    'name',
    'counterparty',
    'counterparty name',
    'payee',
    'payer',
    'beneficiary',
    'auftraggeber/empfanger',
    'beguenstigter/zahlungspflichtiger',
    'name zahlungsbeteiligter',
    'partner name',
    'nome',
    'nom',
    'naam tegenpartij',
    'empfanger',
    'beneficiario',
  ],
  counterpartyAccount: [
    'counterparty account',
    'counterparty iban',
    'iban zahlungsbeteiligter',
    'kontonummer/iban',
    'tegenrekening',
    'tegenrekening iban/bban',
    'partner iban',
    'account number of counterparty',
  ],
  account: [
    'account',
    'account number',
    'iban',
    'iban/bban',
    'auftragskonto',
    'konto',
    'compte',
    'conto',
    'cuenta',
    'rekening',
    'account iban',
    'iban auftragskonto',
  ],
};

const CURRENCY_IN_NAME = /\b(?:in |\()?([A-Z]{3})\)?\s*$/;
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
  const inPreface = preface
    .filter((row) => WORD_FOR_CURRENCY.test(normalizeHeader(row.cells[0] ?? '')))
    .map((row) => (row.cells[1] ?? '').replace(/[="\s]/g, ''))
    .find((code) => statementDigits(code) !== undefined);
  const currency = inNames ?? inPreface;
  const columns = inNames === undefined ? names : namesWith(inNames.toLowerCase());
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
    movements: (row) => genericMovements(row, { currency }),
  };
}

/** The names, and the names with the currency behind them. */
const namesWith = (code: string): typeof names => {
  const withCode = (alias: string): readonly string[] => [
    alias,
    `${alias} in ${code}`,
    `${alias} (${code})`,
    `${alias} ${code}`,
  ];
  const entries = genericKeys.map((key) => [key, names[key].flatMap(withCode)] as const);
  return Object.fromEntries(entries) as unknown as typeof names;
};

type Fixed = {
  readonly currency?: string | undefined;
  readonly account?: string | undefined;
};

const debitWords = new Set(['d', 'dr', 'dbit', 'debit', 's', 'soll', 'af', 'out', 'debet', 'dare']);

/** One row of a bank's export. A row without date and amount is a heading or a total: it is none. */
export function genericMovements(row: CsvRow<GenericKey>, fixed: Fixed): readonly Movement[] {
  const isEmpty = (['amount', 'credit', 'debit'] as const).every((key) => row.text(key) === '');
  if (isEmpty && (row.text('date') === '' || row.text('balance') !== '')) return [];
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
