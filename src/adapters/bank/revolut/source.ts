import { charge } from '../csv/charge.ts';
import type { CsvRow, CsvSource, Movement } from '../csv/source.ts';
import { defined } from '../reading.ts';

const columns = {
  started: [
    ...['date started (utc)', 'started date', 'datum des beginns', 'data di inizio'],
    ...['date de debut', 'fecha de inicio', 'startdatum', 'data de inicio'],
  ],
  completed: [
    ...['date completed (utc)', 'completed date', 'datum des abschlusses'],
    ...['data di completamento', 'date de fin', 'fecha de finalizacion', 'data de conclusao'],
  ],
  id: ['id', 'transaction id'],
  type: ['type', 'art', 'tipo', 'typ'],
  state: ['state', 'status', 'stato', 'etat', 'estado'],
  description: ['description', 'beschreibung', 'descrizione', 'descripcion', 'descricao'],
  reference: ['reference'],
  payer: ['payer'],
  originalCurrency: ['orig currency'],
  originalAmount: ['orig amount'],
  currency: ['payment currency', 'currency', 'wahrung', 'valuta', 'devise', 'divisa', 'moeda'],
  amount: ['amount', 'betrag', 'importo', 'montant', 'importe', 'montante'],
  total: ['total amount'],
  rate: ['exchange rate'],
  fee: ['fee', 'gebuhr', 'costo', 'frais', 'comision', 'comissao'],
  balance: ['balance', 'kontostand', 'saldo', 'solde'],
  account: ['account', 'product', 'produkt', 'prodotto', 'produit', 'producto', 'produto'],
  beneficiary: ['beneficiary iban', 'beneficiary account number'],
  beneficiaryBic: ['beneficiary bic'],
} as const;
type Key = keyof typeof columns;

/** Revolut's statement, business or personal. The balance moves by the amount and the fee. */
const statementSource: CsvSource<Key> = {
  format: 'revolut',
  columns,
  required: [['started'], ['completed'], ['currency'], ['amount'], ['fee'], ['balance']],
  amounts: ['amount', 'total', 'fee', 'balance', 'originalAmount'],
  dates: ['started', 'completed'],
  movements: statementMovements,
};

const settled = /^(?:completed|abgeschlossen|completato|termine|completado|concluido|zakonczono)$/;

function statementMovements(row: CsvRow<Key>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const amount = row.neededAmount('amount', currency);
  const fee = row.amount('fee', currency) ?? 0n;
  if (amount === undefined) return [];
  // Older files sign the fee, newer ones do not; it is taken either way.
  const taken = fee < 0n ? -fee : fee;
  const state = row.word('state');
  const pending = state !== '' && !settled.test(state);
  const completed = row.date('completed');
  const started = row.date('started');
  return [
    {
      at: row.at,
      account: row.text('account'),
      currency,
      minor: row.amount('total', currency) ?? amount - taken,
      balance: pending ? undefined : row.amount('balance', currency),
      bookingDate: completed ?? started,
      valueDate: completed ?? started,
      pending,
      reversal: /refund|revert|reversal|ruckerstattung|rimborso|remboursement/.test(
        row.word('type'),
      ),
      ...charge({ gross: amount, fee: taken, currency }),
      ...described(row),
      ...defined({ exchange: exchangeOf(row) }),
    },
  ];
}

function described(
  row: CsvRow<Key>,
): Omit<Movement, 'at' | 'currency' | 'minor' | 'bookingDate' | 'valueDate'> {
  const texts = [row.text('reference'), row.text('description')].filter((text) => text !== '');
  const counterparty = defined({
    name: row.text('payer'),
    account: row.text('beneficiary'),
    bic: row.text('beneficiaryBic'),
  });
  return {
    references: defined({
      transactionId: row.text('id'),
      customerReference: row.text('reference'),
    }),
    remittance: { structured: [], unstructured: [...new Set(texts)] },
    ...defined({
      transactionCode: row.text('type'),
      counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
    }),
  };
}

function exchangeOf(row: CsvRow<Key>): Movement['exchange'] {
  const from = row.text('currency').toUpperCase();
  const to = row.text('originalCurrency').toUpperCase();
  if (!/^[A-Z]{3}$/.test(to) || from === to) return undefined;
  return { sourceCurrency: from, targetCurrency: to, ...defined({ rate: row.text('rate') }) };
}

const expenseColumns = {
  started: ['transaction started (utc)'],
  completed: ['transaction completed (utc)'],
  id: ['transaction id'],
  type: ['transaction type'],
  state: ['transaction status'],
  description: ['transaction description'],
  payer: ['payer'],
  currency: ['payment currency'],
  amount: ['amount (payment currency)'],
  fee: ['fee'],
  account: ['account'],
} as const;
type ExpenseKey = keyof typeof expenseColumns;

/** Revolut Business's expenses: what was spent is written without a sign, a refund with one. */
const expenseSource: CsvSource<ExpenseKey> = {
  format: 'revolut',
  columns: expenseColumns,
  required: [['started'], ['completed'], ['currency'], ['amount']],
  amounts: ['amount', 'fee'],
  dates: ['started', 'completed'],
  movements: expenseMovements,
};

function expenseMovements(row: CsvRow<ExpenseKey>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const amount = row.neededAmount('amount', currency);
  const fee = row.amount('fee', currency) ?? 0n;
  if (amount === undefined) return [];
  const completed = row.date('completed');
  const description = row.text('description');
  return [
    {
      at: row.at,
      account: row.text('account'),
      currency,
      minor: -amount - fee,
      bookingDate: completed ?? row.date('started'),
      valueDate: completed ?? row.date('started'),
      pending: completed === null,
      reversal: amount < 0n,
      ...charge({ gross: -amount, fee, currency }),
      ...defined({ transactionCode: row.text('type') }),
      references: defined({ transactionId: row.text('id') }),
      remittance: { structured: [], unstructured: description === '' ? [] : [description] },
    },
  ];
}

/** Everything that Revolut exports. */
export const revolutSources: readonly CsvSource[] = [
  statementSource as CsvSource,
  expenseSource as CsvSource,
];
