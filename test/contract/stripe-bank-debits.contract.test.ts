import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import { ensurePaymentIntent, loadEscrow } from '../../src/escrow/collect.ts';
import { convertFunds } from '../../src/escrow/convert-funds.ts';
import { isFunded } from '../../src/escrow/state.ts';
import { holdLimitAt, shipByOf } from '../../src/escrow/timetable.ts';
import { quoteDesk } from '../../src/process/quote-desk.ts';
import { later, story, termsOf, tradeId } from '../support/builders.ts';
import { DEBIT_SECONDS, sepaDebit } from '../support/sepa-debit.ts';
import { type Shop, shopAtStripe } from '../support/shop-at-stripe.ts';
import { dayOf } from '../unit/fx/rate-days.ts';

const LOCK_SECONDS = 1_800;
const DAY_SECONDS = 86_400;
const { amount } = story.tradeOpened;

describe('A SEPA debit that takes eight days, at a price that was locked for half an hour', () => {
  let shop: Shop;
  let startedAt: string;
  const rates = inMemoryRatesStore();
  const quotes = quoteDesk({
    ...{ rates, marginBasisPoints: 150, lockPremiumBasisPoints: 0, lockSeconds: LOCK_SECONDS },
  });
  const rateDateOf = (instant: string): string => instant.slice(0, 'yyyy-mm-dd'.length);

  beforeAll(async () => {
    shop = await shopAtStripe();
    const { stripe, sandbox, collection, run, told } = shop;
    startedAt = new Date().toISOString();
    await rates.putIfAbsent(dayOf({ USD: '1.1000' }, rateDateOf(startedAt)));
    const answer = await quotes.quote({
      ...{ tradeId, amount, payInCurrency: 'EUR', now: new Date(startedAt) },
    });
    if (answer.kind !== 'quoted') throw new Error(answer.code);
    const { quote } = answer;
    const limits = { shipWithinSeconds: 5 * DAY_SECONDS, holdLimitSeconds: 90 * DAY_SECONDS };
    await run({ type: 'OpenTrade', terms: termsOf({ ...limits, quote }) });
    const opened = await loadEscrow(collection, tradeId);
    if (opened.status !== 'awaiting_payment') throw new Error(`It is ${opened.status}.`);
    const context = { tradeId, cause: 'request' };
    const { paymentIntentId: id } = await ensurePaymentIntent(collection, context, opened);
    await stripe.direct.paymentIntents.confirm(id, await sepaDebit(stripe.direct));
    sandbox.control.advanceClock(DEBIT_SECONDS);
    await told('payment_intent.succeeded', id);
  });
  afterAll(() => shop.stripe.stop());

  const funded = async () => {
    const state = await loadEscrow(shop.collection, tradeId);
    if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
    return state;
  };

  it('has a charge as old as the debit, and is captured when the money came', async () => {
    const { payment } = await funded();
    const charge = await shop.stripe.direct.charges.retrieve(payment.chargeId);
    const waitedMs = Date.parse(payment.capturedAt) - charge.created * 1_000;
    expect(waitedMs).toBeGreaterThanOrEqual(DEBIT_SECONDS * 1_000);
  });

  it('lets the seller ship, and us hold the money, from then on', async () => {
    const { terms, payment } = await funded();
    expect(shipByOf(terms, payment)).toBe(later(payment.capturedAt, 5 * DAY_SECONDS));
    expect(Date.parse(shipByOf(terms, payment) ?? '')).toBeGreaterThan(
      Date.parse(startedAt) + (8 + 5) * DAY_SECONDS * 1_000 - 1_000,
    );
    expect(Date.parse(holdLimitAt(terms, payment) ?? '')).toBeGreaterThan(
      Date.parse(startedAt) + (8 + 90) * DAY_SECONDS * 1_000 - 1_000,
    );
  });

  it('is converted at the rate of the day on which it came: the lock is no free option', async () => {
    const { payment, terms } = await funded();
    const { capturedAt } = payment;
    await rates.putIfAbsent(dayOf({ USD: '1.0000' }, rateDateOf(capturedAt)));
    const now = () => new Date(later(capturedAt, 60));
    const ports = { ...shop.collection, quotes, now };
    await convertFunds(ports, { tradeId, cause: 'funded' });
    const records = shop.records().flatMap(({ events }) => events);
    const converted = records.find(({ type }) => type === 'FundsConverted');
    expect(converted).toMatchObject({
      quoteId: `${terms.quote.id}_arrival`,
      rateDate: rateDateOf(capturedAt),
      received: terms.quote.sell,
      midSell: { currency: 'EUR', amountMinor: amount.amountMinor },
      spread: { amountMinor: terms.quote.sell.amountMinor - amount.amountMinor },
    });
  });
});
