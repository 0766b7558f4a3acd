import { CreateQuote } from '../../../events/marketplace/create-quote.v1.ts';
import { inMemoryQuoteStore } from '../../../src/adapters/in-memory/quote-store.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { LockPolicy } from '../../../src/fx/lock-policy.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import { money } from '../../../src/money/money.ts';
import { type OfferPorts, offerQuote, presentQuote } from '../../../src/process/offer-quote.ts';
import { later, sample } from '../../support/builders.ts';
import { offeredQuote } from '../../support/describe-quote-store.ts';
import { bundledDay, dayOf } from '../fx/rate-days.ts';

const body = sample(CreateQuote, 'marketplace/create-quote');
const openedAt = '2026-07-01T09:00:00.000Z';

async function office({
  now = openedAt,
  day = bundledDay,
  policy = LockPolicy.parse({}),
}: {
  readonly now?: string;
  readonly day?: RateDay;
  readonly policy?: LockPolicy;
} = {}) {
  const [rates, indicativeRates] = [inMemoryRatesStore(), inMemoryRatesStore()];
  await rates.putIfAbsent(day);
  const kwd = dayOf({ KWD: '0.3501' }, '2026-07-01');
  await indicativeRates.putIfAbsent({ ...kwd, source: 'INDICATIVE' });
  const clock = { now };
  const ports: OfferPorts = {
    ...{ rates, indicativeRates, policy, marginBasisPoints: 150 },
    quotes: inMemoryQuoteStore(),
    refusalOf: () => undefined,
    now: () => new Date(clock.now),
  };
  const offer = (change: Partial<CreateQuote> = {}, idempotencyKey = 'cart-1') =>
    offerQuote(ports, { marketplaceId: 'mkt_acme', idempotencyKey, body: { ...body, ...change } });
  const offered = async (change: Partial<CreateQuote> = {}) => {
    const result = await offer(change);
    if (result.kind === 'refused') throw new Error(result.code);
    return presentQuote(result.stored, ports);
  };
  return { ports, clock, offer, offered };
}

describe('A quote before checkout', () => {
  it('is the published sample', async () => {
    const { offer } = await office();
    const { id: _, requestHash: __, ...figures } = offeredQuote();
    expect(await offer()).toMatchObject({
      kind: 'offered',
      replayed: false,
      stored: { quote: figures, usedByTradeId: null },
    });
  });

  it('shows its parts, its state and what it costs over the reference rate', async () => {
    const { offered } = await office();
    const shown = await offered();
    expect(shown).toMatchObject({
      id: expect.stringMatching(/^fxq_[0-9a-z]{26}$/),
      status: 'active',
      usedByTradeId: null,
      isExecutable: true,
      sell: money('EUR', 1_024_674n),
      buy: money('USD', 1_150_000n),
      midSell: money('EUR', 1_009_304n),
      spread: money('EUR', 15_370n),
      costPercent: '1.523',
    });
    expect(shown).not.toHaveProperty('marketplaceId');
    expect(shown).not.toHaveProperty('requestHash');
  });

  it('fixes the paid side just as well, and rounds what is received down', async () => {
    const { offered } = await office();
    expect(await offered({ fixedSide: 'sell' })).toMatchObject({
      sell: money('USD', 1_150_000n),
      buy: money('EUR', 994_163n),
      spread: { currency: 'USD' },
    });
  });

  it('is the same under the same key, at another time and another rate', async () => {
    const { ports, clock, offer } = await office();
    const first = await offer();
    clock.now = later(openedAt, 60);
    await (ports.rates as ReturnType<typeof inMemoryRatesStore>).putIfAbsent(
      dayOf({ ...bundledDay.rates, USD: '1.2' }, '2026-07-01'),
    );
    expect(await offer()).toEqual({ ...first, replayed: true });
    expect(await offer({}, 'cart-2')).not.toMatchObject({
      stored: { quote: { mid: { num: '5697' } } },
    });
  });

  it('is refused under the same key for anything else', async () => {
    const { offer } = await office();
    await offer();
    expect(await offer({ otherCurrency: 'GBP' })).toMatchObject({
      kind: 'refused',
      code: 'idempotency.key_reused',
    });
  });

  it('is one where two requests come at once', async () => {
    const { offer } = await office();
    const [left, right] = await Promise.all([offer(), offer()]);
    expect([left, right]).toMatchObject([{ kind: 'offered' }, { kind: 'offered' }]);
  });

  it('that another request stored first, between looking and storing, is that one', async () => {
    const { ports } = await office();
    const request = { marketplaceId: 'mkt_acme', idempotencyKey: 'cart-1', body };
    const overtaken = {
      ...ports.quotes,
      putIfAbsent: async () => {
        await offerQuote(ports, { ...request, body: { ...body, otherCurrency: 'GBP' as const } });
        return false;
      },
    };
    expect(await offerQuote({ ...ports, quotes: overtaken }, request)).toMatchObject({
      code: 'idempotency.key_reused',
    });
  });
});

describe('The lock of a quote', () => {
  it.each([
    ['NONE', 0, 0, 'expired'],
    ['M5', 300, 0, 'active'],
    ['M30', 1_800, 0, 'active'],
    ['H1', 3_600, 10, 'active'],
  ] as const)('%s holds %p seconds for %p basis points', async (lock, seconds, premium, status) => {
    const { offered } = await office();
    expect(await offered({ lock })).toMatchObject({
      ...{ lock, status, lockPremiumBasisPoints: premium, policyVersion: 'default-1' },
      isExecutable: lock !== 'NONE',
      createdAt: openedAt,
      expiresAt: later(openedAt, seconds),
    });
  });

  it('is no longer than the policy has it', async () => {
    const { offer } = await office();
    expect(await offer({ lock: 'H24' })).toMatchObject({ code: 'quote.lock_unavailable' });
    const policy = LockPolicy.parse({ longestLock: 'H24', version: 'brave-1' });
    expect(await (await office({ policy })).offered({ lock: 'H24' })).toMatchObject({
      ...{ lock: 'H24', lockPremiumBasisPoints: 40, policyVersion: 'brave-1' },
    });
  });

  it('is half an hour where none is asked for', async () => {
    const { ports } = await office();
    const { lock: _, ...plain } = body;
    const request = { marketplaceId: 'mkt_acme', idempotencyKey: 'cart-1', body: plain };
    expect(await offerQuote(ports, request)).toMatchObject({ stored: { quote: { lock: 'M30' } } });
  });

  it('is five minutes on rates that are two publications old, which the quote says', async () => {
    const { offered } = await office({ now: '2026-07-02T15:00:00.000Z' });
    expect(await offered({ lock: 'H1' })).toMatchObject({
      ...{ lock: 'M5', stale: true, lockPremiumBasisPoints: 0 },
      expiresAt: '2026-07-02T15:05:00.000Z',
    });
  });
});

describe('No quote', () => {
  it('is given on rates that are three publications old', async () => {
    const { offer } = await office({ now: '2026-07-03T15:00:00.000Z' });
    await expect(offer()).rejects.toMatchObject({ code: 'fx.rates_stale', retryable: true });
  });

  it('is needed for one currency, whose rate is 1 however old the rates are', async () => {
    const { offered } = await office({ now: '2026-09-03T15:00:00.000Z' });
    expect(await offered({ otherCurrency: 'USD', lock: 'M30' })).toMatchObject({
      ...{ sell: body.amount, buy: body.amount, spread: money('USD', 0n), costPercent: '0' },
      lock: 'M30',
    });
  });

  it.each([
    ['for a currency without a rate', { otherCurrency: 'VND' }, 'fx.currency_unsupported'],
    ['for a currency that is withdrawn', { otherCurrency: 'HRK' }, 'fx.currency_unsupported'],
    [
      'for less than a minor unit',
      { fixedSide: 'sell', amount: money('IDR', 1n) },
      'fx.amount_too_small',
    ],
    [
      'for 19 digits',
      { amount: money('EUR', 10n ** 18n - 1n), otherCurrency: 'IDR' },
      'fx.amount_too_large',
    ],
  ] as const)('is given %s', async (_, change, code) => {
    const { offer } = await office();
    expect(await offer(change)).toMatchObject({ kind: 'refused', code });
  });

  it('is given for what the provider can’t take', async () => {
    const { ports } = await office();
    const refusalOf = () => ({ code: 'payment.amount_out_of_range', detail: 'Too much.' });
    const request = { marketplaceId: 'mkt_acme', idempotencyKey: 'cart-1', body };
    expect(await offerQuote({ ...ports, refusalOf }, request)).toEqual({
      ...{ kind: 'refused', code: 'payment.amount_out_of_range', detail: 'Too much.' },
    });
  });
});

describe('A quote of a currency that the ECB does not publish', () => {
  it('stands on its peg, and says so', async () => {
    const { offered } = await office();
    expect(await offered({ otherCurrency: 'AED' })).toMatchObject({
      isExecutable: true,
      reference: {
        source: 'PEG',
        rateDate: '2026-06-30',
        legs: [
          { currency: 'AED', source: 'PEG', anchor: 'USD' },
          { currency: 'USD', source: 'ECB' },
        ],
      },
      mid: { num: '400', den: '1469' },
    });
  });

  it('is indicative where only the second source has it', async () => {
    const { offered } = await office();
    expect(await offered({ otherCurrency: 'KWD' })).toMatchObject({
      isExecutable: false,
      reference: { source: 'INDICATIVE', rateDate: '2026-07-01', legs: [{ currency: 'KWD' }, {}] },
    });
  });

  it('can be used then too where the platform wants it so, if it is held at all', async () => {
    const { ports, offer } = await office();
    for (const [lock, isExecutable] of [
      ['M30', true],
      ['NONE', false],
    ] as const) {
      const result = await offer({ otherCurrency: 'KWD', lock }, lock);
      if (result.kind === 'refused') throw new Error(result.code);
      const shown = presentQuote(result.stored, { ...ports, allowsIndicative: true });
      expect(shown).toMatchObject({ reference: { source: 'INDICATIVE' }, isExecutable });
    }
  });

  it('is priced in steps that the provider can charge, up', async () => {
    const { ports } = await office();
    const request = {
      ...{ marketplaceId: 'mkt_acme', idempotencyKey: 'cart-1' },
      body: { ...body, otherCurrency: 'BHD' as const },
    };
    const plain = await offerQuote(ports, request);
    const other = { ...request, idempotencyKey: 'cart-2' };
    const stepped = await offerQuote({ ...ports, chargeStep: () => 10n }, other);
    expect(plain).toMatchObject({ stored: { quote: { sell: money('BHD', 4_389_848n) } } });
    expect(stepped).toMatchObject({
      stored: { quote: { sell: money('BHD', 4_389_850n), midSell: money('BHD', 4_324_000n) } },
    });
  });

  it('is refused where the second source is behind', async () => {
    const day = dayOf(bundledDay.rates, '2026-07-07');
    const { offer } = await office({ day, now: '2026-07-07T15:00:00.000Z' });
    expect(await offer({ otherCurrency: 'KWD' })).toMatchObject({
      code: 'fx.currency_unsupported',
    });
  });
});
