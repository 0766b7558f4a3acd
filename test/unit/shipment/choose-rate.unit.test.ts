import * as fc from 'fast-check';
import { money } from '../../../src/money/money.ts';
import { byPrice, CHEAPEST, chooseRate, RateRule } from '../../../src/shipment/choose-rate.ts';
import type { CarrierRate } from '../../../src/shipment/ports.ts';

const rate = (
  rateId: string,
  cents: bigint,
  more: Partial<CarrierRate> & { readonly currency?: 'USD' | 'EUR' } = {},
): CarrierRate => {
  const { currency = 'USD', ...fields } = more;
  return { rateId, carrier: 'UPS', service: 'Saver', price: money(currency, cents), ...fields };
};

const slow = rate('slow', 1_000n, { deliveryDays: 9, service: 'Economy' });
const fast = rate('fast', 5_000n, { deliveryDays: 1 });
const dhl = rate('dhl', 3_000n, { deliveryDays: 2, carrier: 'DHL' });
const untold = rate('untold', 900n);
const euros = rate('euros', 1n, { currency: 'EUR', deliveryDays: 1 });
const all = [fast, euros, dhl, slow];

const choose = (rule: Parameters<typeof RateRule.parse>[0], rates: readonly CarrierRate[] = all) =>
  chooseRate(RateRule.parse(rule))(rates)?.rateId;

describe('Choosing a rate', () => {
  it('takes the cheapest, or the fastest', () => {
    expect(choose({})).toBe('slow');
    expect(choose({ prefer: 'time' }, [slow, dhl, fast])).toBe('fast');
  });

  it('keeps to the carriers and services that may be used', () => {
    expect(choose({ carriers: ['DHL'] })).toBe('dhl');
    expect(choose({ services: ['Saver'], carriers: ['UPS'] })).toBe('fast');
    expect(choose({ carriers: ['nobody'] })).toBeUndefined();
  });

  it('keeps to the days and the price that it may take', () => {
    expect(choose({ maxDays: 2 })).toBe('dhl');
    expect(choose({ maxDays: 2 }, [untold])).toBeUndefined();
    const maxPrice = { currency: 'USD', amountMinor: '3000' };
    expect(choose({ prefer: 'time', maxPrice })).toBe('dhl');
  });

  it('chooses the same one of the same rates, in whatever order they come', () => {
    const anyRate = fc.record({
      id: fc.integer({ min: 0, max: 5 }),
      cents: fc.bigInt({ min: 1n, max: 3n }),
      days: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    });
    const anyRates = fc
      .uniqueArray(anyRate, { selector: ({ id }) => id, maxLength: 6 })
      .map((rates) =>
        rates.map(({ id, cents, days }) =>
          rate(`rate-${id}`, cents, days === undefined ? {} : { deliveryDays: days }),
        ),
      );
    const shuffled = anyRates.chain((rates) =>
      fc.tuple(fc.constant(rates), fc.shuffledSubarray(rates, { minLength: rates.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom('price', 'time'), ([rates, again], prefer) => {
        expect(choose({ prefer }, again)).toBe(choose({ prefer }, rates));
      }),
    );
    expect(chooseRate(CHEAPEST)([])).toBeUndefined();
  });

  it('refuses a rule that is none', () => {
    for (const rule of [{ prefer: 'luck' }, { maxDays: 0 }, { cheapest: true }]) {
      expect(RateRule.safeParse(rule).success).toBe(false);
    }
  });
});

describe('The order of prices', () => {
  const price = (currency: 'USD' | 'EUR', amountMinor: bigint) => ({
    price: money(currency, amountMinor),
  });

  it('never weighs one currency against another: dollars come first, each by what it costs', () => {
    const offered = [price('EUR', 1n), price('USD', 900n), price('EUR', 700n), price('USD', 500n)];
    expect(offered.toSorted(byPrice)).toEqual([
      price('USD', 500n),
      price('USD', 900n),
      price('EUR', 1n),
      price('EUR', 700n),
    ]);
  });
});
