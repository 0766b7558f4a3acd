import type { LocalStack } from '../../stack/index.ts';
import { holdsWithin } from '../../stack/until.ts';
import { createMarketplace } from '../marketplace.ts';
import { createPerson } from '../month-end/finance.ts';
import { stripeStatement } from '../month-end/statements.ts';
import { createTreasury } from '../treasury.ts';
import { closeMonths, coverClients, foundAtLeast, workOnBreaks } from './finance.ts';
import { euroStatements, UNKNOWN, wonStatement } from './statements.ts';
import { paymentsOf, playAcceptedSales, playComplaints } from './trades.ts';

export type SampleBooks = {
  readonly signal: AbortSignal;
  /** Is told of each step as it begins. */
  readonly tell: (step: string) => void;
};

const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** How many of the breaks are found in the statements in KRW and of Stripe. */
const FOUND_TODAY = 3;
/** Whatever is still on its way then is covered by whoever looks. */
const QUIET_WITHIN_MS = 15_000;
const GIVEN_BACK = { currency: 'EUR', amountMinor: '50000' };

/**
 * Fills the books so that each of finance's screens has something to show: statements of several months
 * and what does not fit in them, months that are closed, sellers in a file for the bank and others who
 * wait for the next one, buyers who complain, and a seller who owes.
 */
export async function playSampleBooks(
  stack: LocalStack,
  { signal, tell }: SampleBooks,
): Promise<void> {
  const today = new Date().toISOString().slice(0, DAY_LENGTH);
  const person = await createPerson(stack);
  tell('statements of three months');
  for (const statement of euroStatements(today)) await person.upload(statement, signal);
  const unknown = Object.keys(UNKNOWN).length;
  await foundAtLeast(person, unknown, signal);
  await workOnBreaks(person);
  await closeMonths(person, today, signal);
  tell('sellers in Korea, who are paid by a file for the bank');
  const trades = await playAcceptedSales(stack, { wave: 'first', signal });
  tell('the file closes');
  const payments = await paymentsOf(person, { trades, signal });
  tell('statements of today');
  await person.upload(wonStatement(payments, today), signal);
  await person.upload(await stripeStatement(stack), signal);
  await foundAtLeast(person, unknown - 2 + FOUND_TODAY, signal);
  tell('what was sold in one currency and is owed in another');
  const marketplace = createMarketplace(stack);
  const treasury = createTreasury(stack);
  for (const { id } of trades) await treasury.cover(await marketplace.getTrade(id));
  tell('sellers in the next file');
  await playAcceptedSales(stack, { wave: 'second', signal });
  tell('buyers who complain');
  await playComplaints(stack, signal);
  tell('a refund after the payout, and cover for what fees took');
  const [refunded] = trades;
  if (refunded !== undefined) {
    const request = { key: 'sample-goodwill', body: { amount: GIVEN_BACK } };
    await marketplace.ask(refunded.id, 'refunds', request);
  }
  const isQuiet = async () => (await stack.waitingMessages()) === 0;
  await holdsWithin(isQuiet, { timeoutMs: QUIET_WITHIN_MS, signal });
  await coverClients(person, today);
}
