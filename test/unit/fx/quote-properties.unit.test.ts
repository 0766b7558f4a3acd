import fc from 'fast-check';
import { FxQuote } from '../../../events/fx/fx-quote.v1.ts';
import { isQuoteRejection, type QuoteInput, quote, settleQuote } from '../../../src/fx/quote.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import { type CurrencyCode, minorUnitDigits } from '../../../src/money/currency.ts';
import { add, isNegative, type Money, money } from '../../../src/money/money.ts';
import { bundledDay, dayOf } from './rate-days.ts';

/** The bundled day with currencies of three and four decimals added, at rates near the market's. */
const day = dayOf({ ...bundledDay.rates, KWD: '0.3501', BHD: '0.4295', CLF: '0.0279' });
const indicativeDay: RateDay = {
  ...dayOf({ VND: '29870.12', NGN: '1810.5' }),
  source: 'INDICATIVE',
};
const quoted = [
  ...['EUR', ...Object.keys(day.rates), ...Object.keys(indicativeDay.rates)],
  ...['AED', 'OMR', 'XOF'],
] as CurrencyCode[];

const anyInput: fc.Arbitrary<QuoteInput> = fc.record({
  id: fc.constant('quote-1'),
  tradeId: fc.constant('trade-1'),
  fixedSide: fc.constantFrom('buy' as const, 'sell' as const),
  amount: fc
    .tuple(fc.constantFrom(...quoted), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    .map(([currency, amountMinor]) => money(currency, amountMinor)),
  otherCurrency: fc.constantFrom(...quoted),
  rateDay: fc.constant(day),
  indicativeDay: fc.constant(indicativeDay),
  sellStep: fc.constantFrom(1n, 10n, 100n),
  marginBasisPoints: fc.integer({ min: 0, max: 500 }),
  lockPremiumBasisPoints: fc.integer({ min: 0, max: 100 }),
  lockSeconds: fc.integer({ min: 1, max: 86_400 }),
  now: fc.constant(new Date('2026-08-21T15:00:00.000Z')),
});

/** Any quote that is given; the few inputs too small for a price are passed over. */
const forEveryQuote = (rule: (answer: FxQuote, input: QuoteInput) => void): void => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const answer = quote(input);
      fc.pre(!isQuoteRejection(answer));
      rule(answer, input);
    }),
    { numRuns: 500 },
  );
};

const rateOf = ({ num, den }: { num: string; den: string }) => ({
  num: BigInt(num),
  den: BigInt(den),
});

/** An amount in major units times 10,000, whole for every currency. */
const scaled = ({ currency, amountMinor }: Money): bigint =>
  amountMinor * 10n ** BigInt(4 - minorUnitDigits(currency));

/** One minor unit on the same scale. */
const unitOf = ({ currency }: Money): bigint => scaled(money(currency, 1n));

describe('Any quote', () => {
  it('keeps the fixed side as it was given', () => {
    forEveryQuote((answer, { fixedSide, amount, otherCurrency }) => {
      expect(answer[fixedSide]).toEqual(amount);
      expect(answer[fixedSide === 'buy' ? 'sell' : 'buy'].currency).toBe(otherCurrency);
    });
  });

  it('never costs the customer less than mid, and the parts sum to what is paid', () => {
    forEveryQuote((answer) => {
      const mid = rateOf(answer.mid);
      expect(scaled(answer.sell) * mid.num >= scaled(answer.buy) * mid.den).toBe(true);
      expect(isNegative(answer.spread)).toBe(false);
      expect(add(answer.midSell, answer.spread)).toEqual(answer.sell);
    });
  });

  it('is paid in whole steps of what can be charged, up', () => {
    forEveryQuote((answer, { fixedSide, amount, otherCurrency, sellStep = 1n }) => {
      fc.pre(fixedSide === 'buy' && otherCurrency !== amount.currency);
      expect(answer.sell.amountMinor % sellStep).toBe(0n);
    });
  });

  it('names the weakest source of its rates, and each of them where it is not the first', () => {
    forEveryQuote(({ reference, sell, buy }) => {
      const sources = [sell.currency, buy.currency].map((currency) => {
        if (currency in indicativeDay.rates) return 'INDICATIVE';
        return currency === 'EUR' || currency in day.rates ? 'ECB' : 'PEG';
      });
      const weakest = ['INDICATIVE', 'PEG'].find((source) => sources.some((one) => one === source));
      expect(reference.source).toBe(sell.currency === buy.currency ? 'ECB' : (weakest ?? 'ECB'));
      expect(reference.legs === undefined).toBe(reference.source === 'ECB');
    });
  });

  it('honours the client rate to within one step of the side that was rounded', () => {
    forEveryQuote((answer, { fixedSide, sellStep = 1n }) => {
      const client = rateOf(answer.client);
      const excess = scaled(answer.sell) * client.num - scaled(answer.buy) * client.den;
      const oneUnit =
        fixedSide === 'buy'
          ? unitOf(answer.sell) * sellStep * client.num
          : unitOf(answer.buy) * client.den;
      expect(excess >= 0n && excess < oneUnit).toBe(true);
    });
  });

  it('turned around never returns more than was paid', () => {
    forEveryQuote((answer, input) => {
      const back = quote({
        ...input,
        fixedSide: 'sell',
        amount: answer.buy,
        otherCurrency: answer.sell.currency,
      });
      fc.pre(!isQuoteRejection(back));
      expect(back.buy.amountMinor <= answer.sell.amountMinor).toBe(true);
    });
  });

  it('asked from the other side gives the same price or a better one for the trade', () => {
    forEveryQuote((answer, input) => {
      const other = quote({
        ...input,
        fixedSide: 'sell',
        amount: answer.sell,
        otherCurrency: answer.buy.currency,
      });
      fc.pre(!isQuoteRejection(other));
      expect(other.buy.amountMinor >= answer.buy.amountMinor).toBe(true);
    });
  });

  it('settles, on exactly what it asked for, into its own parts', () => {
    forEveryQuote(({ sell, buy, mid, midSell, spread }) => {
      expect(settleQuote({ received: sell, amount: buy, mid })).toEqual({ midSell, spread });
    });
  });

  it('parses as the published event', () => {
    forEveryQuote((answer) => {
      const text = JSON.stringify(answer, (_, value) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      expect(FxQuote.parse(JSON.parse(text))).toEqual(answer);
    });
  });
});

describe('Every pair of the day', () => {
  it('has a quote with a spread that is never negative', () => {
    for (const sell of quoted) {
      for (const buy of quoted) {
        const answer = quote({
          id: 'quote-1',
          tradeId: 'trade-1',
          fixedSide: 'buy',
          amount: money(buy, 1_000_000n),
          otherCurrency: sell,
          rateDay: day,
          indicativeDay,
          marginBasisPoints: 150,
          lockPremiumBasisPoints: 5,
          lockSeconds: 1_800,
          now: new Date('2026-08-21T15:00:00.000Z'),
        });
        expect(answer).toMatchObject({ buy: money(buy, 1_000_000n) });
        expect(isQuoteRejection(answer) || isNegative(answer.spread)).toBe(false);
      }
    }
  });
});

describe('Settling any quote', () => {
  it('conserves what was received, whatever it was', () => {
    fc.assert(
      fc.property(anyInput, fc.bigInt({ min: 0n, max: 10n ** 15n }), (input, amountMinor) => {
        const answer = quote(input);
        fc.pre(!isQuoteRejection(answer));
        const received = money(answer.sell.currency, amountMinor);
        const { midSell, spread } = settleQuote({ received, amount: answer.buy, mid: answer.mid });
        expect(add(midSell, spread)).toEqual(received);
        expect(midSell).toEqual(answer.midSell);
      }),
    );
  });
});
