import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { ceilDivide, isSame, type Ratio, shown, soldFor, stepOf } from './support/arithmetic.ts';
import { type EventOf, escrowOf, firstOf } from './support/history.ts';

const BASIS_POINTS = 10_000n;
const DAY_MS = 86_400_000;
/** The latest day of rates is today's; a conversion that took its time may span midnight. */
const OLDEST_RATE_MS = 2 * DAY_MS;

/**
 * The quote that was locked at checkout is the one that is used, for money that came before it
 * expired and for no other; prices are rounded once, up for what the buyer pays, and the spread is
 * what remains of what was received.
 */
export const lockedQuoteUsed = invariant({
  name: '06-locked-quote-used',
  number: 6,
  when: 'step',
  find: (world, report) => {
    for (const { events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'TradeOpened') checkQuote(world, event, report);
        if (event.type === 'EscrowFunded') checkCharged(world, event, report);
        if (event.type === 'FundsConverted') checkConversion(world, event, report);
      }
    }
  },
});

function checkQuote(world: World, event: EventOf<'TradeOpened'>, report: Report): void {
  const { tradeId, amount, quote, payBy, payInCurrency } = event;
  const { marginBasisPoints, paymentWindowSeconds } = world.settings;
  const isForeign = payInCurrency !== amount.currency;
  const margin = BigInt(isForeign ? marginBasisPoints : 0);
  const { mid, client, sell, buy, midSell, spread } = quote;
  if (quote.tradeId !== tradeId) report(tradeId, `quoted for ${quote.tradeId}`);
  if (!isSame(buy, amount)) report(tradeId, `quoted ${shown(buy)} for ${shown(amount)}`);
  const honored = ratio(mid, BASIS_POINTS - margin, BASIS_POINTS);
  if (BigInt(client.num) * honored.den !== honored.num * BigInt(client.den)) {
    report(tradeId, `the client rate ${client.num}/${client.den} is not mid less the margin`);
  }
  const step = isForeign ? stepOf(payInCurrency) : 1n;
  if (sell.amountMinor !== ceilDivide(soldFor(amount, client, payInCurrency), step) * step) {
    report(tradeId, `${shown(sell)} is not the amount at the client rate, rounded up`);
  }
  if (midSell.amountMinor !== soldFor(amount, mid, payInCurrency)) {
    report(tradeId, `${shown(midSell)} is not the amount at mid`);
  }
  if (midSell.amountMinor + spread.amountMinor !== sell.amountMinor) {
    report(tradeId, 'mid and spread are not the price');
  }
  const windowMs = Date.parse(quote.expiresAt) - Date.parse(quote.createdAt);
  const unheldMs = Date.parse(payBy) - Date.parse(quote.expiresAt);
  const isHeld = unheldMs <= 0 && unheldMs >= -2 * world.settings.maxSkewMs;
  if (windowMs !== paymentWindowSeconds * 1_000 || !isHeld) {
    report(tradeId, `the quote is locked for ${windowMs} ms and payment due at ${payBy}`);
  }
}

const ratio = ({ num, den }: Ratio, times: bigint, over: bigint) => ({
  num: BigInt(num) * times,
  den: BigInt(den) * over,
});

function checkCharged(
  world: World,
  { tradeId, received, receiptIds, byReceipts }: EventOf<'EscrowFunded'>,
  report: Report,
): void {
  const due = firstOf(escrowOf(world, tradeId), 'TradeOpened')?.quote.sell;
  const isByReceipts = receiptIds !== undefined || byReceipts !== undefined;
  const isMore = isByReceipts && received.amountMinor > (due?.amountMinor ?? received.amountMinor);
  if (due !== undefined && !isSame(due, received) && !isMore) {
    report(tradeId, `funded with ${shown(received)} where ${shown(due)} was quoted`);
  }
}

function checkConversion(world: World, event: EventOf<'FundsConverted'>, report: Report): void {
  const { tradeId, quoteId, rateDate, received, converted, midSell, spread } = event;
  const records = escrowOf(world, tradeId);
  const terms = firstOf(records, 'TradeOpened');
  const funded = firstOf(records, 'EscrowFunded');
  if (terms === undefined || funded === undefined) {
    report(tradeId, 'converted money that is not there');
    return;
  }
  const { quote, amount } = terms;
  if (!isSame(converted, amount) || !isSame(received, quote.sell)) {
    report(tradeId, `converted ${shown(received)} into ${shown(converted)}`);
  }
  if (midSell.amountMinor + spread.amountMinor !== received.amountMinor) {
    report(tradeId, 'mid and spread are not what was received');
  }
  const isLocked = arrivedMs(world, funded) < Date.parse(quote.expiresAt);
  if (!isLocked) {
    const ageMs = Date.parse(event.convertedAt) - Date.parse(rateDate);
    if (quoteId === quote.id) report(tradeId, `${quoteId} was used after it had expired`);
    if (ageMs > OLDEST_RATE_MS) report(tradeId, `priced on arrival with the rates of ${rateDate}`);
    return;
  }
  if (quoteId !== quote.id || rateDate !== quote.reference.rateDate) {
    report(tradeId, `${quoteId} was used where ${quote.id} was locked`);
  }
  if (midSell.amountMinor !== midOf(quote.mid, event, amount.currency)) {
    report(tradeId, `${shown(midSell)} is not the amount at the locked mid rate`);
  }
}

/** When the money came, by the provider's own books and not by what was recorded; they count in seconds. */
function arrivedMs({ stripe }: World, { chargeId, capturedAt }: EventOf<'EscrowFunded'>): number {
  const charge = stripe.charges.find(({ id }) => id === chargeId);
  return charge === undefined
    ? Date.parse(capturedAt)
    : Math.floor(charge.capturedAtMs / 1_000) * 1_000;
}

function midOf(
  mid: Ratio,
  { converted, received }: EventOf<'FundsConverted'>,
  currency: string,
): bigint {
  return received.currency === currency
    ? ceilDivide(converted.amountMinor * BigInt(mid.den), BigInt(mid.num))
    : soldFor(converted, mid, received.currency);
}
