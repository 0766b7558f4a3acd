import { type BankMovement, camt053 } from '../../sandboxes/bank/camt053.ts';
import type { LocalStack } from '../../stack/index.ts';
import { type Deal, exchangeLines } from './exchanges.ts';
import type { Payment } from './trades.ts';

const IBAN = 'NL91ABNA0417164300';
const OPENING_MINOR = 500_000_000n;
const TAKEN_TOO_MUCH_MINOR = 30_000n;
const RETURN_KEPT_MINOR = 25_000n;
export const RECEIPT_MINOR = 450_000n;
const EXTRA_FEE_MINOR = 50;
const EXCHANGED_TOO_LITTLE_MINOR = 12_000n;
export const CURRENCY = 'KRW';

/** What goes wrong in this month, each with the break that it must come to. */
export const PLANTED = [
  { trouble: 'a line that never comes', rec: 'D', kind: 'missing' },
  { trouble: 'a line of this month in the next statement', rec: 'D', kind: 'missing' },
  { trouble: 'a payment that is debited twice', rec: 'D', kind: 'duplicate' },
  { trouble: 'a payment that is debited with too much', rec: 'D', kind: 'over' },
  { trouble: 'a payment that comes back', rec: 'D', kind: 'returned' },
  { trouble: 'a receipt that nobody knows', rec: 'E', kind: 'unexpected' },
  { trouble: 'a fee that the provider says is higher', rec: 'A', kind: 'under' },
  { trouble: 'an exchange that brought less than was agreed', rec: 'G', kind: 'under' },
  { trouble: 'fees that ate into clients’ money', rec: 'F', kind: 'under' },
] as const;

/** One trade for each trouble of a payment, and one whose payment goes well. */
export const TRADES = 6;

export type MonthsPayments = {
  readonly fine: Payment;
  readonly never: Payment;
  readonly late: Payment;
  readonly twice: Payment;
  readonly tooMuch: Payment;
  readonly back: Payment;
};

/** @throws where there are not as many payments as trades. */
export function castPayments(payments: readonly Payment[]): MonthsPayments {
  const [fine, never, late, twice, tooMuch, back] = payments;
  if (!fine || !never || !late || !twice || !tooMuch || !back) {
    throw new Error(`Expected ${TRADES} payments, found ${payments.length}.`);
  }
  return { fine, never, late, twice, tooMuch, back };
}

const debit = ({ endToEndId, amountMinor }: Payment, reference: string): BankMovement => ({
  ...{ reference, endToEndId, amountMinor: -amountMinor },
});

/** The bank's statement of the month's last working day, with its troubles, and what it closes at. */
export function bankStatement(
  { fine, twice, tooMuch, back }: MonthsPayments,
  deals: readonly Deal[],
  date: string,
) {
  const movements = [
    debit(fine, 'B1'),
    ...[debit(twice, 'B2'), debit(twice, 'B3')],
    { ...debit(tooMuch, 'B4'), amountMinor: -tooMuch.amountMinor - TAKEN_TOO_MUCH_MINOR },
    debit(back, 'B5'),
    {
      ...{ reference: 'B6', endToEndId: back.endToEndId, returnReason: 'AC04' },
      amountMinor: back.amountMinor - RETURN_KEPT_MINOR,
    },
    { reference: 'B7', amountMinor: RECEIPT_MINOR, text: 'Invoice 99' },
    ...exchangeLines(deals, CURRENCY, EXCHANGED_TOO_LITTLE_MINOR),
  ];
  const closingMinor = movements.reduce((sum, one) => sum + one.amountMinor, OPENING_MINOR);
  const day = { iban: IBAN, currency: CURRENCY, sequence: 1, date } as const;
  return { content: camt053({ ...day, openingMinor: OPENING_MINOR, movements }), closingMinor };
}

/** The next statement, with the line that came late. */
export const nextStatement = (
  { late }: MonthsPayments,
  { date, openingMinor }: { readonly date: string; readonly openingMinor: bigint },
): string =>
  camt053({
    ...{ iban: IBAN, currency: CURRENCY, sequence: 2, date, openingMinor },
    movements: [debit(late, 'C1')],
  });

type Transaction = { fee: number; net: number; type: string };

/**
 * What Stripe says of its balance, as its API lists it, but for two charges: one has a fee that is higher
 * than was booked, and one a fee that is a cent off, which is tolerated.
 */
export async function stripeStatement({ stripe }: LocalStack): Promise<string> {
  const response = await fetch(`${stripe.url}/v1/balance_transactions?limit=100`, {
    headers: { authorization: `Bearer ${stripe.apiKey}` },
  });
  const list = (await response.json()) as { data: Transaction[] };
  const [first, second] = list.data.filter(({ type }) => type === 'charge' || type === 'payment');
  if (first === undefined || second === undefined) throw new Error('Stripe lists no two charges.');
  first.fee += EXTRA_FEE_MINOR;
  first.net -= EXTRA_FEE_MINOR;
  second.fee += 1;
  second.net -= 1;
  return JSON.stringify(list);
}
