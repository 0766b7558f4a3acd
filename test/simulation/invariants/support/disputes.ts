import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import { chargedMinor, endOf } from '../../ports/stripe-disputes.ts';
import type { StripeDispute, World } from '../../world.ts';
import type { Report } from '../invariant.ts';
import { escrowOf, eventsOf } from './history.ts';
import { tradeOfBody } from './messages.ts';

/** What the books have of one chargeback. */
type Books = ReturnType<typeof booksOf>;

function booksOf(records: readonly TradelaneRecord[], id: string) {
  const isOwn = ({ chargebackId }: { readonly chargebackId: string }) => chargebackId === id;
  return {
    opened: eventsOf(records, 'ChargebackOpened').filter(isOwn),
    adjusted: eventsOf(records, 'ChargebackAdjusted').filter(isOwn),
    won: eventsOf(records, 'ChargebackWon').filter(isOwn),
    lost: eventsOf(records, 'ChargebackLost').filter(isOwn),
  };
}

/** A dispute of the provider's is a chargeback of its trade, with its money and its end. */
export function checkDispute(world: World, dispute: StripeDispute, report: Report): void {
  const { id, tradeId, bookings } = dispute;
  const books = booksOf(tradeId === null ? [] : escrowOf(world, tradeId), id);
  const { opened, adjusted } = books;
  if (opened.length !== 1) report(tradeId, `${id} was opened ${opened.length} times`);
  checkEnd(world, { dispute, books }, report);
  const ours = [...opened, ...adjusted].reduce(
    (sum, { withdrawn, fee }) => sum - withdrawn.amountMinor - fee.amountMinor,
    adjusted.reduce((sum, { reinstated }) => sum + reinstated.amountMinor, 0n),
  );
  const theirs = bookings.reduce((sum, each) => sum + each.amountMinor - each.feeMinor, 0n);
  if (ours !== theirs)
    report(tradeId, `${id} moved ${theirs} at the provider, ${ours} in the books`);
  checkWon(books, report);
  checkCovered(world, { dispute, books }, report);
}

type Compared = { readonly dispute: StripeDispute; readonly books: Books };

/**
 * It is won as often as it was opened anew and won, and lost once at most, for good: of an appeal that was
 * won after that, a person is told.
 */
function checkEnd(world: World, { dispute, books }: Compared, report: Report): void {
  const { id, tradeId, ends } = dispute;
  const { adjusted, won, lost } = books;
  const end = endOf(dispute);
  const isAppealed = end === 'won' && ends.includes('lost') && lost.length > 0;
  const known = isAppealed ? 'lost' : end;
  const reopened = adjusted.filter((each) => each.reopened === true).length;
  const isRight =
    lost.length === (known === 'lost' ? 1 : 0) &&
    won.length === reopened + (known === 'won' ? 1 : 0);
  if (!isRight) {
    const counts = `won ${won.length} times, lost ${lost.length} and reopened ${reopened}`;
    report(tradeId, `${id} is ${end ?? 'open'}, and in the books ${counts}`);
  }
  const isTold = [...world.deadLetters, ...world.deletedLetters].some(
    ({ reasonCode, body }) =>
      reasonCode === 'chargeback.already_lost' && tradeOfBody(world, body) === tradeId,
  );
  if (isAppealed && !isTold) report(tradeId, `${id} was lost and won, and no person knows`);
}

/** Of what was taken, so many hundredths may be lost where it was converted there and back. */
const MOST_MISSING = 3n;

/** Each time that it was won, what was taken until then had come back. */
function checkWon({ opened, adjusted, won }: Books, report: Report): void {
  const withdrawn = [...opened, ...adjusted].reduce(
    (sum, each) => sum + each.withdrawn.amountMinor,
    0n,
  );
  for (const { tradeId, chargebackId, residual } of won) {
    if (residual.amountMinor * 100n <= withdrawn * MOST_MISSING) continue;
    report(tradeId, `${chargebackId} was won, and ${residual.amountMinor} had not come back`);
  }
}

/** A loss covers no more of the payment than the bank disputes; in another currency, than it took. */
function checkCovered({ stripe }: World, { dispute, books }: Compared, report: Report): void {
  const charge = stripe.charges.find(({ id }) => id === dispute.chargeId);
  if (charge === undefined) return;
  const isConverted = dispute.amount.currency !== charge.amount.currency;
  for (const { tradeId, chargebackId, covered, unapplied, withdrawn } of books.lost) {
    const most = isConverted ? chargedMinor(charge, withdrawn) + 1n : dispute.amount.amountMinor;
    const all = covered.amountMinor + (unapplied?.amount.amountMinor ?? 0n);
    if (all > most) report(tradeId, `${chargebackId} covers ${all}, where ${most} is disputed`);
  }
}
