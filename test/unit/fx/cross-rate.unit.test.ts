import fc from 'fast-check';
import { crossRate } from '../../../src/fx/cross-rate.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { exchange } from '../../../src/money/exchange.ts';
import { money } from '../../../src/money/money.ts';
import { multiplyRational, one, type Rational, rational } from '../../../src/money/rational.ts';
import { bundledDay, dayOf } from './rate-days.ts';

const quoted = ['EUR', ...Object.keys(bundledDay.rates)] as CurrencyCode[];
const anyQuoted = fc.constantFrom(...quoted);

const rateOf = (sell: CurrencyCode, buy: CurrencyCode, day = bundledDay): Rational => {
  const cross = crossRate({ day }, { sell, buy });
  if ('code' in cross) {
    throw new Error(`Expected a rate for ${sell} to ${buy}.`);
  }
  return cross.mid;
};

describe('A cross rate', () => {
  it('from the euro is the published rate, to the euro its exact inverse', () => {
    expect(rateOf('EUR', 'USD')).toEqual(rational(11_394n, 10_000n));
    expect(rateOf('USD', 'EUR')).toEqual(rational(10_000n, 11_394n));
  });

  it('of two other currencies goes through the euro without rounding', () => {
    expect(rateOf('USD', 'JPY')).toEqual(rational(1_850_800n, 11_394n));
    expect(rateOf('IDR', 'KRW')).toEqual(rational(176_708n, 2_039_891n));
  });

  it('of a currency with itself is one, published or not', () => {
    expect(rateOf('USD', 'USD')).toEqual(one);
    expect(rateOf('KWD', 'KWD')).toEqual(one);
  });

  it('does not exist for a currency that was not published that day', () => {
    const unsupported = { code: 'fx.currency_unsupported', currency: 'KWD' };
    expect(crossRate({ day: bundledDay }, { sell: 'KWD', buy: 'USD' })).toEqual(unsupported);
    expect(crossRate({ day: bundledDay }, { sell: 'USD', buy: 'KWD' })).toEqual(unsupported);
  });

  it('is undone by the rate back, for every pair of the day', () => {
    for (const sell of quoted) {
      for (const buy of quoted) {
        expect(multiplyRational(rateOf(sell, buy), rateOf(buy, sell))).toEqual(one);
      }
    }
  });

  it('is the same by any detour', () => {
    fc.assert(
      fc.property(anyQuoted, anyQuoted, anyQuoted, (sell, between, buy) => {
        expect(multiplyRational(rateOf(sell, between), rateOf(between, buy))).toEqual(
          rateOf(sell, buy),
        );
      }),
    );
  });
});

describe('A currency that the central bank does not publish', () => {
  const indicative: RateDay = {
    ...dayOf({ KWD: '0.3501', USD: '9.99', BHD: '9.99' }, '2026-07-01'),
    source: 'INDICATIVE',
  };
  const crossOf = (sell: CurrencyCode, buy: CurrencyCode) => {
    const cross = crossRate({ day: bundledDay, indicative }, { sell, buy });
    if ('code' in cross) throw new Error(`Expected a rate for ${sell} to ${buy}.`);
    return cross;
  };

  it('has the rate of its anchor where it is pegged, exactly', () => {
    expect(crossOf('USD', 'AED').mid).toEqual(rational(36_725n, 10_000n));
    expect(crossOf('EUR', 'XOF').mid).toEqual(rational(655_957n, 1_000n));
    expect(crossOf('SAR', 'QAR').mid).toEqual(rational(364n, 375n));
    expect(crossOf('EUR', 'BHD').legs).toEqual([
      {
        currency: 'BHD',
        source: 'PEG',
        perEuro: rational(11_394n * 376n, 10_000n * 1_000n),
        rateDate: '2026-06-30',
        sha256: bundledDay.sha256,
        peg: { anchor: 'USD', perAnchor: rational(376n, 1_000n) },
      },
    ]);
  });

  it('is not pegged to an anchor that has no rate that day', () => {
    expect(crossRate({ day: dayOf({ JPY: '185' }) }, { sell: 'AED', buy: 'EUR' })).toEqual({
      code: 'fx.currency_unsupported',
      currency: 'AED',
    });
  });

  it('has an indicative rate where a second source has one, and says so of that leg alone', () => {
    const { mid, legs } = crossOf('USD', 'KWD');
    expect(mid).toEqual(rational(3_501n, 11_394n));
    expect(legs.map(({ currency, source, rateDate }) => [currency, source, rateDate])).toEqual([
      ['USD', 'ECB', '2026-06-30'],
      ['KWD', 'INDICATIVE', '2026-07-01'],
    ]);
  });

  it('has no rate where neither source has one', () => {
    expect(crossRate({ day: bundledDay, indicative }, { sell: 'USD', buy: 'VND' })).toEqual({
      code: 'fx.currency_unsupported',
      currency: 'VND',
    });
  });
});

describe('Exchanging an amount', () => {
  const day = dayOf({ JPY: '185.08', KWD: '0.3501', KRW: '1767.08', CLF: '0.0279' });

  it.each([
    [money('EUR', 100n), 'JPY', 'floor', 185n],
    [money('EUR', 100n), 'JPY', 'ceil', 186n],
    [money('JPY', 185n), 'EUR', 'floor', 99n],
    [money('JPY', 10_000n), 'KRW', 'halfEven', 95_477n],
    [money('EUR', 100n), 'KWD', 'floor', 350n],
    [money('KWD', 1_000n), 'EUR', 'floor', 285n],
    [money('KWD', 1_000n), 'EUR', 'ceil', 286n],
    [money('KWD', 1_234n), 'KRW', 'floor', 6_228n],
    [money('EUR', 100n), 'CLF', 'floor', 279n],
    [money('CLF', 10_000n), 'EUR', 'floor', 3_584n],
    [money('CLF', 10_000n), 'JPY', 'ceil', 6_634n],
    [money('CLF', 1n), 'KWD', 'halfEven', 1n],
  ] as const)(
    'turns %p into %s, rounded by %s, as %p minor units',
    (amount, to, rounding, expected) => {
      const rate = rateOf(amount.currency, to, day);
      expect(exchange(amount, { to, rate, rounding })).toEqual(money(to, expected));
    },
  );
});
