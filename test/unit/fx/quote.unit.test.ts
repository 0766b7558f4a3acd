import { readFileSync } from 'node:fs';
import { FxQuote } from '../../../events/fx/fx-quote.v1.ts';
import {
  isExpired,
  isQuoteRejection,
  type QuoteInput,
  quote,
  settleQuote,
} from '../../../src/fx/quote.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { bundledDay, dayOf, hash } from './rate-days.ts';

/** The worked order of docs/ledger.md: USD 11,500.00, paid in EUR, mid 1.1699, 50 basis points. */
const workedOrder: QuoteInput = {
  id: 'quote-1',
  tradeId: 'trade-1',
  fixedSide: 'buy',
  amount: money('USD', 1_150_000n),
  otherCurrency: 'EUR',
  rateDay: dayOf({ USD: '1.1699' }),
  marginBasisPoints: 50,
  lockPremiumBasisPoints: 0,
  lockSeconds: 1_800,
  now: new Date('2026-08-21T15:00:00.000Z'),
};

const priced = (change: Partial<QuoteInput> = {}): FxQuote => {
  const answer = quote({ ...workedOrder, ...change });
  if (isQuoteRejection(answer)) {
    throw new Error(`Expected a quote, received ${answer.code}.`);
  }
  return answer;
};

describe('The quote of the worked order', () => {
  it('costs EUR 9,879.30, of which EUR 49.40 is spread', () => {
    expect(priced()).toEqual({
      id: 'quote-1',
      tradeId: 'trade-1',
      fixedSide: 'buy',
      sell: money('EUR', 987_930n),
      buy: money('USD', 1_150_000n),
      reference: { source: 'ECB', rateDate: '2026-08-21', sha256: hash('2026-08-21') },
      mid: { num: '11699', den: '10000' },
      client: { num: '2328101', den: '2000000' },
      marginBasisPoints: 50,
      lockPremiumBasisPoints: 0,
      midSell: money('EUR', 982_990n),
      spread: money('EUR', 4_940n),
      createdAt: '2026-08-21T15:00:00.000Z',
      expiresAt: '2026-08-21T15:30:00.000Z',
    });
  });

  it('settles to the legs of its conversion entry', () => {
    const { sell, buy, mid } = priced();
    expect(settleQuote({ received: sell, amount: buy, mid })).toEqual({
      midSell: money('EUR', 982_990n),
      spread: money('EUR', 4_940n),
    });
  });
});

describe('The published sample', () => {
  it('is the quote of the same order on the bundled day', () => {
    const sample = readFileSync(
      new URL('../../../events/fx/fx-quote.v1.json', import.meta.url),
      'utf8',
    );
    expect(FxQuote.parse(JSON.parse(sample))).toEqual(
      priced({
        id: 'fxq_8f6fv5k2vq921b0ckdf3hpgvtv',
        tradeId: 'trd_8f6fv5k2vq921b0ckdf3hpgvtv',
        rateDay: bundledDay,
        marginBasisPoints: 150,
        now: new Date('2026-07-01T09:00:00.000Z'),
      }),
    );
  });
});

describe('A quote', () => {
  it('with the paid side fixed rounds down what the trade receives', () => {
    const answer = priced({
      fixedSide: 'sell',
      amount: money('EUR', 987_930n),
      otherCurrency: 'USD',
    });
    expect(answer.sell).toEqual(money('EUR', 987_930n));
    expect(answer.buy).toEqual(money('USD', 1_150_000n));
    expect(answer.spread).toEqual(money('EUR', 4_940n));
  });

  it('adds the lock premium to the margin and keeps both apart', () => {
    const answer = priced({ lockPremiumBasisPoints: 10 });
    expect([answer.marginBasisPoints, answer.lockPremiumBasisPoints]).toEqual([50, 10]);
    expect(answer.client).toEqual({ num: '5814403', den: '5000000' });
    expect(answer.sell).toEqual(money('EUR', 988_924n));
  });

  it('may cost almost everything, since a margin below 100 % is a decision of its owner', () => {
    expect(priced({ marginBasisPoints: 9_989, lockPremiumBasisPoints: 10 }).client).toEqual({
      num: '11699',
      den: '100000000',
    });
  });

  it('in one currency is free: rate 1, no margin, no premium, no spread', () => {
    const answer = priced({ otherCurrency: 'USD', lockPremiumBasisPoints: 10 });
    expect(answer).toMatchObject({
      sell: money('USD', 1_150_000n),
      buy: money('USD', 1_150_000n),
      mid: { num: '1', den: '1' },
      client: { num: '1', den: '1' },
      marginBasisPoints: 0,
      lockPremiumBasisPoints: 0,
      spread: money('USD', 0n),
    });
  });

  it('in one currency needs no published rate', () => {
    const amount = money('KWD', 1_234n);
    expect(priced({ amount, otherCurrency: 'KWD' }).sell).toEqual(amount);
  });

  it('may have all 18 digits on both sides', () => {
    const amount = money('USD', 999_999_999_999_999_999n);
    expect(priced({ amount, otherCurrency: 'USD' }).sell).toEqual(amount);
  });

  it('is the published event once its bigints are text', () => {
    const text = JSON.stringify(priced(), (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    expect(FxQuote.parse(JSON.parse(text))).toEqual(priced());
  });

  it.each<[Money, CurrencyCode, Money, Money]>([
    // fixed buy, paid in, sell, spread at 150 basis points on the bundled day
    [money('KRW', 10_000_000n), 'USD', money('USD', 654_612n), money('USD', 9_819n)],
    [money('KRW', 10_000_000n), 'JPY', money('JPY', 1_063_328n), money('JPY', 15_950n)],
    [money('JPY', 1n), 'EUR', money('EUR', 1n), money('EUR', 0n)],
    [money('IDR', 1n), 'EUR', money('EUR', 1n), money('EUR', 0n)],
    [money('EUR', 1n), 'IDR', money('IDR', 20_710n), money('IDR', 311n)],
  ])(
    'for %p paid in %s is rounded up at its own minor unit',
    (amount, otherCurrency, sell, spread) => {
      const answer = priced({
        amount,
        otherCurrency,
        rateDay: bundledDay,
        marginBasisPoints: 150,
      });
      expect([answer.sell, answer.spread]).toEqual([sell, spread]);
    },
  );
});

describe('A quote is refused', () => {
  it.each<[string, Partial<QuoteInput>, object]>([
    [
      'for a currency without a rate',
      { otherCurrency: 'KWD' },
      { code: 'fx.currency_unsupported', currency: 'KWD' },
    ],
    [
      'for a currency that was withdrawn, even against itself',
      { amount: money('BGN', 100n), otherCurrency: 'BGN' },
      { code: 'fx.currency_unsupported', currency: 'BGN' },
    ],
    [
      'for an amount of nothing',
      { amount: money('USD', 0n) },
      { code: 'fx.amount_too_small', currency: 'EUR' },
    ],
    [
      'for a negative amount',
      { fixedSide: 'sell', amount: money('USD', -1n) },
      { code: 'fx.amount_too_small', currency: 'USD' },
    ],
    [
      'when the trade would receive less than its smallest unit',
      { fixedSide: 'sell', amount: money('USD', 1n), rateDay: bundledDay },
      { code: 'fx.amount_too_small', currency: 'EUR' },
    ],
    [
      'beyond 18 digits',
      { amount: money('USD', 10n ** 18n) },
      { code: 'fx.amount_too_large', currency: 'USD' },
    ],
  ])('%s', (_, change, rejection) => {
    const answer = quote({ ...workedOrder, ...change });
    expect(answer).toEqual(rejection);
    expect(isQuoteRejection(answer)).toBe(true);
  });

  it.each<Partial<QuoteInput>>([
    { marginBasisPoints: -1 },
    { marginBasisPoints: 0.5 },
    { lockPremiumBasisPoints: -1 },
    { marginBasisPoints: 9_990, lockPremiumBasisPoints: 10 },
    { lockSeconds: -1 },
    { lockSeconds: 0.5 },
  ])('as a defect, by throwing, on the terms %p', (terms) => {
    const { marginBasisPoints, lockPremiumBasisPoints, lockSeconds } = { ...workedOrder, ...terms };
    expect(() => quote({ ...workedOrder, ...terms })).toThrow(
      expect.objectContaining({
        code: 'fx.terms_invalid',
        terms: { marginBasisPoints, lockPremiumBasisPoints, lockSeconds },
      }),
    );
  });
});

describe('A lock', () => {
  it.each([
    ['2026-08-21T15:29:59.999Z', false],
    ['2026-08-21T15:30:00.000Z', true],
    ['2026-08-22T00:00:00.000Z', true],
  ])('at %s has expired: %p', (at, expired) => {
    expect(isExpired(priced(), new Date(at))).toBe(expired);
  });
});

describe('Settling a quote on what really came in', () => {
  const { mid } = priced();
  const amount = money('USD', 1_150_000n);

  it('leaves a negative spread, a loss, when mid needed more', () => {
    expect(settleQuote({ received: money('EUR', 980_000n), amount, mid })).toEqual({
      midSell: money('EUR', 982_990n),
      spread: money('EUR', -2_990n),
    });
  });

  it('in one currency has no spread', () => {
    expect(settleQuote({ received: amount, amount, mid: { num: '1', den: '1' } })).toEqual({
      midSell: amount,
      spread: money('USD', 0n),
    });
  });
});
