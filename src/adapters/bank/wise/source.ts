import { charge } from '../csv/charge.ts';
import type { CsvRow, CsvSource, Movement } from '../csv/source.ts';
import { defined } from '../reading.ts';

type BalanceKey =
  | 'id'
  | 'date'
  | 'amount'
  | 'currency'
  | 'description'
  | 'reference'
  | 'balance'
  | 'exchangeFrom'
  | 'exchangeTo'
  | 'rate'
  | 'payer'
  | 'payee'
  | 'payeeAccount'
  | 'merchant'
  | 'fees';

/**
 * Wise's statement of one balance. Its fee is a row of its own where the statement was asked for
 * that way, so `Total fees` is told beside the amount and never taken from it.
 */
export const wiseBalanceSource: CsvSource<BalanceKey> = {
  format: 'wise',
  columns: {
    id: ['transferwise id', 'wise id'],
    date: ['date', 'datum', 'fecha', 'data'],
    amount: ['amount', 'betrag', 'montant', 'importe'],
    currency: ['currency', 'wahrung', 'devise', 'divisa'],
    description: ['description', 'beschreibung', 'descripcion'],
    reference: ['payment reference', 'verwendungszweck', 'reference du paiement'],
    balance: ['running balance', 'kontostand', 'saldo'],
    exchangeFrom: ['exchange from'],
    exchangeTo: ['exchange to'],
    rate: ['exchange rate'],
    payer: ['payer name'],
    payee: ['payee name'],
    payeeAccount: ['payee account number'],
    merchant: ['merchant'],
    fees: ['total fees'],
  },
  required: [['id'], ['date'], ['amount'], ['currency']],
  amounts: ['amount', 'balance', 'fees'],
  dates: ['date'],
  movements: balanceMovements,
};

function balanceMovements(row: CsvRow<BalanceKey>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const minor = row.neededAmount('amount', currency);
  if (minor === undefined) return [];
  const date = row.date('date');
  const remittance = [row.text('reference'), row.text('description')].filter(Boolean);
  return [
    {
      at: row.at,
      currency,
      minor,
      balance: row.amount('balance', currency),
      bookingDate: date,
      valueDate: date,
      references: defined({
        transactionId: row.text('id'),
        customerReference: row.text('reference'),
      }),
      remittance: { structured: [], unstructured: [...new Set(remittance)] },
      ...defined({
        counterparty: party({
          name: row.text('payer') || row.text('payee') || row.text('merchant'),
          account: row.text('payeeAccount'),
        }),
        exchange: exchange(row.text('exchangeFrom'), row.text('exchangeTo'), row.text('rate')),
      }),
    },
  ];
}

type TransferKey =
  | 'id'
  | 'status'
  | 'direction'
  | 'created'
  | 'finished'
  | 'sourceFee'
  | 'sourceFeeCurrency'
  | 'sourceName'
  | 'sourceAmount'
  | 'sourceCurrency'
  | 'targetName'
  | 'targetAmount'
  | 'targetCurrency'
  | 'rate'
  | 'reference'
  | 'batch';

/** Wise's history of transfers over all balances: what left one, what came to one, or both. */
export const wiseTransfersSource: CsvSource<TransferKey> = {
  format: 'wise',
  columns: {
    id: ['id'],
    status: ['status', 'statut', 'stato', 'estado'],
    direction: ['direction', 'richtung', 'sens', 'direzione', 'direccion'],
    created: ['created on', 'erstellt am', 'cree le', 'creato il', 'creado el'],
    finished: ['finished on', 'abgeschlossen am', 'termine le', 'completato il', 'finalizado el'],
    sourceFee: [
      ...['source fee amount', 'betrag der ausgangsgebuhr'],
      ...['montant des frais source', 'importo commissione di origine'],
    ],
    sourceFeeCurrency: ['source fee currency', 'wahrung der ausgangsgebuhr'],
    sourceName: ['source name', 'quellenname', 'nom de la source'],
    sourceAmount: ['source amount (after fees)', 'ausgangsbetrag (nach gebuhren)'],
    sourceCurrency: ['source currency', 'ausgangswahrung', 'devise source'],
    targetName: ['target name', 'name des empfangers', 'nom du beneficiaire'],
    targetAmount: ['target amount (after fees)', 'zielbetrag (nach gebuhren)'],
    targetCurrency: ['target currency', 'zielwahrung', 'devise cible'],
    rate: ['exchange rate', 'wechselkurs', 'taux de change'],
    reference: ['reference', 'referenz', 'riferimento', 'referencia'],
    batch: ['batch', 'sammeluberweisung'],
  },
  required: [['id'], ['direction'], ['sourceAmount'], ['sourceCurrency'], ['targetAmount']],
  amounts: ['sourceFee', 'sourceAmount', 'targetAmount'],
  dates: ['created', 'finished'],
  movements: transferMovements,
};

function transferMovements(row: CsvRow<TransferKey>): readonly Movement[] {
  const direction = row.text('direction').toUpperCase();
  if (!['IN', 'OUT', 'NEUTRAL'].includes(direction)) {
    const detail = `Expected IN, OUT or NEUTRAL, found ${JSON.stringify(row.text('direction'))}.`;
    row.refuse('line.direction_invalid', detail, 'direction');
    return [];
  }
  const out = direction === 'IN' ? undefined : sent(row);
  const into = direction === 'OUT' ? undefined : received(row);
  return [out, into].filter((movement) => movement !== undefined);
}

/** What left the balance is the amount after fees and the fee. */
function sent(row: CsvRow<TransferKey>): Movement | undefined {
  const currency = row.currency('sourceCurrency');
  if (currency === undefined) return undefined;
  const amount = row.neededAmount('sourceAmount', currency);
  const isOwnFee = row.text('sourceFeeCurrency').toUpperCase() === currency;
  const fee = isOwnFee ? (row.amount('sourceFee', currency) ?? 0n) : 0n;
  if (amount === undefined) return undefined;
  return {
    ...shared(row),
    currency,
    minor: -amount - fee,
    ...charge({ gross: -amount, fee, currency }),
    ...defined({ counterparty: party({ name: row.text('targetName') }) }),
  };
}

function received(row: CsvRow<TransferKey>): Movement | undefined {
  const currency = row.currency('targetCurrency');
  if (currency === undefined) return undefined;
  const minor = row.neededAmount('targetAmount', currency);
  if (minor === undefined) return undefined;
  return {
    ...shared(row),
    currency,
    minor,
    ...defined({ counterparty: party({ name: row.text('sourceName') }) }),
  };
}

function shared(row: CsvRow<TransferKey>): Omit<Movement, 'currency' | 'minor'> {
  const created = row.date('created');
  const finished = row.date('finished');
  const status = row.text('status').toUpperCase();
  const reference = row.text('reference');
  return {
    at: row.at,
    bookingDate: finished ?? created,
    valueDate: finished ?? created,
    pending: status !== '' && !['COMPLETED', 'REFUNDED'].includes(status),
    references: defined({
      transactionId: row.text('id'),
      customerReference: reference,
      paymentInformationId: row.text('batch'),
    }),
    remittance: { structured: [], unstructured: reference === '' ? [] : [reference] },
    ...defined({
      exchange: exchange(row.text('sourceCurrency'), row.text('targetCurrency'), row.text('rate')),
    }),
  };
}

function exchange(from: string, to: string, rate: string): Movement['exchange'] {
  const isCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);
  if (!isCode(from) || !isCode(to) || from === to) return undefined;
  return { sourceCurrency: from, targetCurrency: to, ...defined({ rate }) };
}

function party(fields: { name: string; account?: string }): Movement['counterparty'] {
  const found = defined(fields);
  return Object.keys(found).length === 0 ? undefined : found;
}
