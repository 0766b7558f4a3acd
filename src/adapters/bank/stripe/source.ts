import { charge } from '../csv/charge.ts';
import type { CsvRow, CsvSource, Movement } from '../csv/source.ts';
import { defined } from '../reading.ts';

type BalanceKey =
  | 'id'
  | 'gross'
  | 'fee'
  | 'net'
  | 'currency'
  | 'created'
  | 'available'
  | 'category'
  | 'source'
  | 'payout'
  | 'description'
  | 'email'
  | 'name';

/**
 * Stripe's balance transactions, as the dashboard exports them ("All transactions") and as the
 * reporting API's itemized reports do. The balance moves by `net`; gross and fee stay beside it. A
 * transaction is booked when it is created and available later: both dates are kept, because
 * reports by the one and by the other differ by month.
 */
export const stripeBalanceSource: CsvSource<BalanceKey> = {
  format: 'stripe-balance',
  columns: {
    id: ['balance_transaction_id', 'balance transaction id', 'balance_transaction', 'id'],
    gross: ['gross', 'amount'],
    fee: ['fee', 'fees'],
    net: ['net'],
    currency: ['currency'],
    created: ['created_utc', 'created (utc)', 'created', 'created date (utc)'],
    available: ['available_on_utc', 'available on (utc)', 'available_on', 'available on'],
    category: ['reporting_category', 'reporting category', 'type'],
    source: ['source_id', 'source', 'charge_id'],
    payout: ['automatic_payout_id', 'payout_id', 'transfer', 'payout'],
    description: ['description'],
    email: ['customer_email'],
    name: ['customer_name'],
  },
  required: [['id'], ['gross'], ['net'], ['currency'], ['created', 'available'], ['category']],
  amounts: ['gross', 'fee', 'net'],
  dates: ['created', 'available'],
  movements: balanceMovements,
};

function balanceMovements(row: CsvRow<BalanceKey>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const minor = row.neededAmount('net', currency);
  const gross = row.amount('gross', currency);
  const fee = row.amount('fee', currency) ?? 0n;
  if (minor === undefined) return [];
  if (gross !== undefined && gross - fee !== minor) {
    row.refuse('stripe.net_mismatch', 'Gross less fee is not net.', 'net');
    return [];
  }
  const description = row.text('description');
  const category = row.text('category');
  return [
    {
      at: row.at,
      currency,
      minor,
      bookingDate: row.date('created'),
      valueDate: row.date('available'),
      reversal: /refund|revers|failure/i.test(category),
      ...charge({ gross, fee, currency }),
      ...defined({ transactionCode: category, counterparty: name(row) }),
      references: defined({
        transactionId: row.text('id'),
        sourceId: row.text('source'),
        payoutId: row.text('payout'),
      }),
      remittance: { structured: [], unstructured: description === '' ? [] : [description] },
    },
  ];
}

const name = (row: CsvRow<BalanceKey>): { name: string } | undefined =>
  row.text('name') === '' ? undefined : { name: row.text('name') };

type PayoutKey =
  | 'id'
  | 'amount'
  | 'currency'
  | 'created'
  | 'arrival'
  | 'status'
  | 'description'
  | 'transaction'
  | 'failure'
  | 'trace';

/** Stripe's payouts: each leaves the balance when it is created and reaches the bank on arrival. */
export const stripePayoutsSource: CsvSource<PayoutKey> = {
  format: 'stripe-payouts',
  columns: {
    id: ['id', 'payout_id', 'payout id'],
    amount: ['amount', 'net', 'gross'],
    currency: ['currency'],
    created: ['created (utc)', 'created_utc', 'created', 'effective_at_utc', 'effective_at'],
    arrival: ['arrival date (utc)', 'arrival date', 'arrival_date', 'payout_expected_arrival_date'],
    status: ['status', 'payout_status'],
    description: ['description', 'payout_description', 'statement descriptor'],
    transaction: ['balance transaction', 'balance_transaction', 'balance_transaction_id'],
    failure: ['failure message', 'failure code', 'failure_code'],
    trace: ['trace id', 'trace_id', 'payout_trace_id'],
  },
  required: [['id'], ['amount'], ['currency'], ['arrival']],
  amounts: ['amount'],
  dates: ['created', 'arrival'],
  movements: payoutMovements,
};

function payoutMovements(row: CsvRow<PayoutKey>): readonly Movement[] {
  const currency = row.currency('currency');
  if (currency === undefined) return [];
  const amount = row.neededAmount('amount', currency);
  if (amount === undefined) return [];
  const status = row.word('status');
  const description = row.text('description');
  return [
    {
      at: row.at,
      currency,
      minor: -amount,
      bookingDate: row.date('created'),
      valueDate: row.date('arrival'),
      pending: status !== '' && status !== 'paid',
      transactionCode: 'payout',
      ...defined({
        returnReason: status === 'failed' ? row.text('failure') || 'failed' : undefined,
      }),
      references: defined({
        payoutId: row.text('id'),
        transactionId: row.text('transaction'),
        endToEndId: row.text('trace'),
      }),
      remittance: { structured: [], unstructured: description === '' ? [] : [description] },
    },
  ];
}

/** What tells Stripe's export of payments, which is no statement of its balance. */
export const stripePaymentsColumns: readonly string[] = ['id', 'amount refunded', 'captured'];
