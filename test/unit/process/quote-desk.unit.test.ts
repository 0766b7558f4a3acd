import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import { money } from '../../../src/money/money.ts';
import { quoteDesk } from '../../../src/process/quote-desk.ts';
import { later, paymentOf, story, tradeId } from '../../support/builders.ts';
import { bundledDay, dayOf } from '../fx/rate-days.ts';

const { amount, quote: locked } = story.tradeOpened;
const openedAt = new Date(locked.createdAt);

/** Today's rates, as far as the schedule of the ECB is concerned. */
async function deskOn(...days: readonly RateDay[]) {
  const rates = inMemoryRatesStore();
  for (const day of days) await rates.putIfAbsent(day);
  return quoteDesk({
    rates,
    marginBasisPoints: 150,
    lockPremiumBasisPoints: 0,
    lockSeconds: 1_800,
  });
}

describe('A quote', () => {
  it('is the story’s, on the bundled day', async () => {
    const desk = await deskOn(bundledDay);
    const request = { tradeId, amount, payInCurrency: 'EUR', now: openedAt } as const;
    expect(await desk.quote(request)).toEqual({ kind: 'quoted', quote: locked });
  });

  it('uses the latest day that is stored', async () => {
    const desk = await deskOn(dayOf({ USD: '1.10' }, '2026-06-29'), bundledDay);
    const answer = await desk.quote({ tradeId, amount, payInCurrency: 'EUR', now: openedAt });
    expect(answer).toMatchObject({ quote: { reference: { rateDate: '2026-06-30' } } });
  });

  it.each([
    {
      what: 'in a currency without a reference rate',
      payInCurrency: 'KWD' as const,
      of: amount,
      code: 'fx.currency_unsupported',
      detail: 'There is no reference rate for this currency today: KWD.',
    },
    {
      what: 'in a currency that was withdrawn',
      payInCurrency: 'HRK' as const,
      of: amount,
      code: 'fx.currency_unsupported',
      detail: 'There is no reference rate for this currency today: HRK.',
    },
    {
      what: 'of more than 18 digits',
      payInCurrency: 'EUR' as const,
      of: money('JPY', 10n ** 18n),
      code: 'fx.amount_too_large',
      detail: 'The amount has more than 18 digits in this currency: JPY.',
    },
  ])('$what is refused', async ({ payInCurrency, of, code, detail }) => {
    const desk = await deskOn(bundledDay);
    expect(await desk.quote({ tradeId, amount: of, payInCurrency, now: openedAt })).toEqual({
      kind: 'refused',
      code,
      detail,
    });
  });

  it('waits where no day is stored at all', async () => {
    const desk = await deskOn();
    await expect(
      desk.quote({ tradeId, amount, payInCurrency: 'EUR', now: openedAt }),
    ).rejects.toMatchObject({ code: 'fx.rates_unavailable', retryable: true });
  });
});

describe('A quote at checkout', () => {
  const request = { tradeId, amount, payInCurrency: 'EUR', now: openedAt } as const;

  it('on rates two publications old is held, and to be paid, for five minutes', async () => {
    const desk = await deskOn(bundledDay);
    const now = new Date('2026-07-02T15:00:00.000Z');
    expect(await desk.quote({ ...request, now })).toMatchObject({
      kind: 'quoted',
      quote: { stale: true, expiresAt: '2026-07-02T15:05:00.000Z' },
      payBy: '2026-07-02T15:05:00.000Z',
    });
  });

  it('waits for rates that are not three publications old', async () => {
    const desk = await deskOn(bundledDay);
    const now = new Date('2026-07-03T15:00:00.000Z');
    await expect(desk.quote({ ...request, now })).rejects.toMatchObject({
      ...{ code: 'fx.rates_stale', retryable: true, fields: { rateDate: '2026-06-30' } },
    });
    expect(await desk.quote({ ...request, now, payInCurrency: 'USD' })).toMatchObject({
      kind: 'quoted',
    });
  });

  it('is not made at an indicative rate, unless the platform wants it so', async () => {
    const [rates, indicativeRates] = [inMemoryRatesStore(), inMemoryRatesStore()];
    await rates.putIfAbsent(bundledDay);
    const kwd = dayOf({ KWD: '0.3501' }, '2026-06-30');
    await indicativeRates.putIfAbsent({ ...kwd, source: 'INDICATIVE' });
    const options = {
      ...{ rates, indicativeRates, marginBasisPoints: 150, lockSeconds: 1_800 },
      lockPremiumBasisPoints: 0,
    };
    const inDinars = { ...request, payInCurrency: 'KWD' } as const;
    expect(await quoteDesk(options).quote(inDinars)).toMatchObject({ code: 'fx.rate_indicative' });
    expect(await quoteDesk({ ...options, allowsIndicative: true }).quote(inDinars)).toMatchObject({
      kind: 'quoted',
      quote: { sell: { currency: 'KWD', amountMinor: 3_587_382n } },
    });
  });
});

describe('Money that arrived', () => {
  const dearerDay = dayOf({ USD: '1.0500' }, '2026-07-01');
  const expiry = locked.expiresAt;
  const convert = async (capturedAt: string, ...days: readonly RateDay[]) =>
    (await deskOn(...days)).convert({
      quote: locked,
      payment: paymentOf({ capturedAt }),
      amount,
      now: new Date(later(capturedAt, 3_600)),
    });

  it('within the lock is converted at the locked price, however late we learn of it', async () => {
    expect(await convert(later(expiry, -1), bundledDay, dearerDay)).toEqual({
      quote: locked,
      midSell: locked.midSell,
      spread: locked.spread,
    });
  });

  it('after the lock is priced again, under a quote of its own', async () => {
    const { quote, midSell, spread } = await convert(expiry, bundledDay, dearerDay);
    expect(quote).toMatchObject({
      id: `${locked.id}_arrival`,
      reference: { rateDate: '2026-07-01' },
    });
    expect(midSell).toEqual(money('EUR', 1_095_239n));
    expect(spread).toEqual(money('EUR', 1_024_674n - 1_095_239n));
  });

  it('after the lock is priced at an indicative rate, if that is all there is', async () => {
    const [rates, indicativeRates] = [inMemoryRatesStore(), inMemoryRatesStore()];
    await rates.putIfAbsent(dayOf({ JPY: '160' }, '2026-07-01'));
    await indicativeRates.putIfAbsent({ ...dearerDay, source: 'INDICATIVE' });
    const desk = quoteDesk({
      ...{ rates, indicativeRates, marginBasisPoints: 150, lockPremiumBasisPoints: 0 },
      ...{ lockSeconds: 60, allowsIndicative: false },
    });
    const { quote } = await desk.convert({
      ...{ quote: locked, amount, payment: paymentOf({ capturedAt: expiry }) },
      now: new Date(later(expiry, 3_600)),
    });
    expect(quote.reference).toMatchObject({ source: 'INDICATIVE', rateDate: '2026-07-01' });
  });

  it('after the lock waits where no price can be had, and is not lost', async () => {
    const withoutDollars = dayOf({ JPY: '160' }, '2026-07-01');
    await expect(convert(expiry, bundledDay, withoutDollars)).rejects.toMatchObject({
      code: 'fx.currency_unsupported',
      retryable: true,
    });
    await expect(convert(expiry)).rejects.toMatchObject({ code: 'fx.rates_unavailable' });
  });
});
