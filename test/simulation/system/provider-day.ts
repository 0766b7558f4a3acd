import { money } from '../../../src/money/money.ts';
import { dayOf } from '../ports/bank-account.ts';
import type { Mutable } from '../ports/queue-state.ts';
import { book, negative } from '../ports/stripe-state.ts';
import type { ProviderRow, StripeTransaction } from '../world.ts';
import { wait } from './bank.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import type { Plant } from './plant.ts';

/** How much more the provider's report says that it kept. */
const HIGHER_FEE_MINOR = 50n;
const ROW_TROUBLE = 0.06;
/** On some days the provider pays out what was charged on the day before. */
const PAYS_OUT = 0.3;
const DAY_SECONDS = 86_400;

/** Whether a transaction's row may be planted with trouble: payouts and what is in them are exact. */
const canBeWrong = ({ category, payoutId }: StripeTransaction): boolean =>
  payoutId === null && (category === 'charge' || category === 'transfer');

/** The rows of a day's report, as the provider writes them. Nothing that moves nothing has a row. */
export function reportOf(
  plant: Plant,
  bookkeeping: Bookkeeping,
  day: string,
): readonly ProviderRow[] {
  const booked = plant.stripe.transactions.filter(
    ({ atMs, net, feeMinor }) => dayOf(atMs) === day && (net.amountMinor !== 0n || feeMinor !== 0n),
  );
  const paidOut = bookkeeping.draw.chance(PAYS_OUT) ? payOut(plant, bookkeeping, booked) : [];
  const rows = [...booked, ...paidOut].flatMap((one) => rowsOf(bookkeeping, one, day));
  bookkeeping.rows.push(...rows);
  return rows;
}

function rowsOf(
  { troubleOf, omitted }: Bookkeeping,
  transaction: StripeTransaction,
  day: string,
): readonly ProviderRow[] {
  const trouble = canBeWrong(transaction)
    ? troubleOf(['omitted', 'higher_fee', 'twice'], ROW_TROUBLE)
    : null;
  const row = { ...transaction, day, trouble };
  const { net, feeMinor, id } = transaction;
  switch (trouble) {
    case 'omitted':
      omitted.push(transaction);
      return [];
    case 'higher_fee': {
      const less = money(net.currency, net.amountMinor - HIGHER_FEE_MINOR);
      return [{ ...row, net: less, feeMinor: feeMinor + HIGHER_FEE_MINOR }];
    }
    case 'twice':
      return [row, { ...row, id: `${id}_again` }];
    default:
      return [row];
  }
}

/** What dollars were charged that day go to the bank with its end, which has them some days later. */
function payOut(
  plant: Plant,
  bookkeeping: Bookkeeping,
  booked: readonly Mutable<StripeTransaction>[],
): readonly StripeTransaction[] {
  const charged = booked.filter(
    ({ category, net }) => category === 'charge' && net.currency === 'USD',
  );
  const totalMinor = charged.reduce((sum, { net }) => sum + net.amountMinor, 0n);
  if (totalMinor <= 0n) return [];
  const { stripe } = plant;
  const payoutId = `po_${String(stripe.transactions.length).padStart(8, '0')}`;
  for (const transaction of charged) transaction.payoutId = payoutId;
  const amount = money('USD', totalMinor);
  const id = book(stripe, { category: 'payout', sourceId: payoutId, amount: negative(amount) });
  const payout = stripe.transactions.find((one) => one.id === id);
  if (payout === undefined) return [];
  Object.assign(payout, { payoutId, atMs: booked.at(-1)?.atMs ?? payout.atMs });
  void wait(plant, bookkeeping.draw.between(DAY_SECONDS, 3 * DAY_SECONDS)).then(() =>
    bookkeeping.move({ kind: 'provider_payout', amount, text: `STRIPE ${payoutId}` }),
  );
  return [payout];
}
