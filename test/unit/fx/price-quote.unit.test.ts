import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { type PricePorts, type PriceRequest, priceQuote } from '../../../src/fx/price-quote.ts';
import { isQuoteRejection } from '../../../src/fx/quote.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import { dayOf } from './rate-days.ts';

/** The worked order of docs/ledger.md, on the day of its rates, which was a Tuesday. */
const order: PriceRequest = {
  id: 'quote-1',
  tradeId: 'trade-1',
  fixedSide: 'buy',
  amount: money('USD', 1_150_000n),
  otherCurrency: 'EUR',
  lockSeconds: 1_800,
  now: new Date('2026-06-30T15:00:00.000Z'),
};

const rates: RateDay['rates'] = { USD: '1.1699', HUF: '356.30' };

async function portsWith(
  days: { readonly ecb?: RateDay; readonly indicative?: RateDay },
  more: Partial<PricePorts> = {},
): Promise<PricePorts> {
  const [ecb, indicative] = [inMemoryRatesStore(), inMemoryRatesStore()];
  if (days.ecb !== undefined) await ecb.putIfAbsent(days.ecb);
  if (days.indicative !== undefined) await indicative.putIfAbsent(days.indicative);
  return {
    ...{ rates: ecb, indicativeRates: indicative },
    ...{ marginBasisPoints: 50, lockPremiumBasisPoints: 0 },
    ...more,
  };
}

async function priced(ports: PricePorts, change: Partial<PriceRequest> = {}) {
  const answer = await priceQuote(ports, { ...order, ...change });
  if (isQuoteRejection(answer)) throw new Error(`Expected a quote, received ${answer.code}.`);
  return answer;
}

const tuesday = { ecb: dayOf(rates, '2026-06-30') };

describe('A price on the latest day of rates', () => {
  it('is the one of the worked order, held as long as was asked for', async () => {
    const offered = await priced(await portsWith(tuesday));
    expect(offered).toMatchObject({
      ...{ sell: money('EUR', 987_930n), buy: money('USD', 1_150_000n) },
      expiresAt: '2026-06-30T15:30:00.000Z',
    });
    expect(offered).not.toHaveProperty('stale');
    expect(offered).not.toHaveProperty('policyVersion');
  });

  it('is held for five minutes at most, and marked, where two publications are missed', async () => {
    const ports = await portsWith(tuesday);
    const now = new Date('2026-07-02T14:30:00.000Z');
    expect(await priced(ports, { now })).toMatchObject({
      ...{ stale: true, expiresAt: '2026-07-02T14:35:00.000Z' },
    });
    expect(await priced(ports, { now, lockSeconds: 60 })).toMatchObject({
      expiresAt: '2026-07-02T14:31:00.000Z',
    });
  });

  it('is refused, to be tried again, where more are missed', async () => {
    const late = priceQuote(await portsWith(tuesday), {
      ...order,
      now: new Date('2026-07-03T14:30:00.000Z'),
    });
    await expect(late).rejects.toMatchObject({
      ...{ code: 'fx.rates_stale', retryable: true, fields: { rateDate: '2026-06-30' } },
      message: 'The latest rates are of 2026-06-30, 3 publications ago.',
    });
  });

  it('of one currency needs none that is fresh', async () => {
    const now = new Date('2026-11-26T15:00:00.000Z');
    const same = await priced(await portsWith(tuesday), { now, otherCurrency: 'USD' });
    expect(same).toMatchObject({ sell: order.amount, buy: order.amount });
    expect(same).not.toHaveProperty('stale');
  });

  it('is refused, to be tried again, where no day is stored yet', async () => {
    const ports = await portsWith({});
    for (const otherCurrency of ['EUR', 'USD'] as const) {
      await expect(priceQuote(ports, { ...order, otherCurrency })).rejects.toMatchObject({
        ...{ code: 'fx.rates_unavailable', retryable: true },
        message: 'No day of reference rates is stored yet.',
      });
    }
  });
});

describe('What a price is charged by', () => {
  it('is the provider’s step in the currency charged, and none in one currency', async () => {
    const ports = await portsWith(tuesday, { chargeStep: () => 100n });
    const { sell } = await priced(ports, { otherCurrency: 'HUF' });
    expect(sell.amountMinor % 100n).toBe(0n);
    const odd = money('HUF', 101n);
    expect(await priced(ports, { amount: odd, otherCurrency: 'HUF' })).toMatchObject({ sell: odd });
  });

  it('is what the policy says of its lock, its pair and its time, and the quote names the policy', async () => {
    const asked: unknown[] = [];
    const ports = await portsWith(tuesday, {
      lockPremiumBasisPoints: (terms) => {
        asked.push(terms);
        return 10;
      },
    });
    expect(await priced(ports, { policyVersion: 'policy-1' })).toMatchObject({
      ...{ lock: 'M30', policyVersion: 'policy-1', lockPremiumBasisPoints: 10 },
    });
    expect(asked).toEqual([{ lock: 'M30', pair: ['USD', 'EUR'], now: order.now }]);
  });
});

describe('A price in a currency that the central bank does not publish', () => {
  const indicative = (rateDate: string): RateDay => ({
    ...dayOf({ KZT: '600', USD: '1.1' }, rateDate),
    source: 'INDICATIVE',
  });
  const inTenge = { otherCurrency: 'KZT' as CurrencyCode };

  it('is at the second source’s rate, up to five days old', async () => {
    for (const rateDate of ['2026-06-30', '2026-06-25']) {
      const ports = await portsWith({ ...tuesday, indicative: indicative(rateDate) });
      expect(await priced(ports, inTenge)).toMatchObject({ sell: { currency: 'KZT' } });
    }
  });

  it.each([
    ['is older', indicative('2026-06-24')],
    ['has none', undefined],
  ])('is refused where the second source %s', async (_, day) => {
    const ports = await portsWith({ ...tuesday, ...(day && { indicative: day }) });
    const refused = { code: 'fx.currency_unsupported', currency: 'KZT' };
    expect(await priceQuote(ports, { ...order, ...inTenge })).toEqual(refused);
    const { indicativeRates: _ignored, ...alone } = ports;
    expect(await priceQuote(alone, { ...order, ...inTenge })).toEqual(refused);
  });

  it('never asks the second source for what the first one has', async () => {
    const ports = await portsWith(tuesday, {
      indicativeRates: {
        latest: () => Promise.reject(new Error('The second source was asked.')),
      },
    });
    expect(await priced(ports)).toMatchObject({ sell: money('EUR', 987_930n) });
  });
});
