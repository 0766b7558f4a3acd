import type { RatesStore } from '../../src/fx/ports.ts';
import { RateDay } from '../../src/fx/rate-day.ts';
import { bundledDay, dayOf } from '../unit/fx/rate-days.ts';

/** What every adapter of the rates store promises. `make` gives an empty one. */
export const describeRatesStore = (name: string, make: () => Promise<RatesStore>): void => {
  describe(`${name} as a rates store`, () => {
    let store: RatesStore;
    beforeEach(async () => {
      store = await make();
    });

    it('has no day until one is put', async () => {
      expect(await store.latest()).toBeUndefined();
      expect(await store.get('2026-06-30')).toBeUndefined();
    });

    it('answers a day as it was put, every digit of its rates', async () => {
      const day = dayOf({ USD: '1.10000', KRW: '1690.1234567890123456789' });
      expect(await store.putIfAbsent(day)).toBe(true);
      expect(await store.get(day.rateDate)).toEqual(day);
      expect(await store.putIfAbsent(bundledDay)).toBe(true);
      expect(await store.get(bundledDay.rateDate)).toEqual(bundledDay);
    });

    it('has the latest by date, in whatever order they were put', async () => {
      for (const rateDate of ['2026-09-30', '2026-10-01', '2025-12-31', '2026-09-02']) {
        await store.putIfAbsent(dayOf({ USD: '1.1' }, rateDate));
      }
      expect((await store.latest())?.rateDate).toBe('2026-10-01');
    });

    it('never overwrites a day, and says so', async () => {
      const first = dayOf({ USD: '1.1' });
      const correction = dayOf({ USD: '1.2' });
      expect(await store.putIfAbsent(first)).toBe(true);
      expect(await store.putIfAbsent(correction)).toBe(false);
      expect(await store.get(first.rateDate)).toEqual(first);
      expect(await store.latest()).toEqual(first);
    });

    it('keeps corrections beside their day, each once, the latest first', async () => {
      const first = dayOf({ USD: '1.1' });
      const corrections = [2, 3].map((version) => ({ ...dayOf({ USD: `1.${version}` }), version }));
      await store.putIfAbsent(first, '<first/>');
      for (const day of corrections) {
        expect(await store.putIfAbsent(day, '<corrected/>')).toBe(true);
        expect(await store.putIfAbsent({ ...day, rates: {} })).toBe(false);
        expect(await store.latest()).toEqual(day);
      }
      expect(await store.get(first.rateDate)).toEqual(first);
      const next = dayOf({ USD: '1.4' }, '2026-08-24');
      await store.putIfAbsent(next);
      expect(await store.latest()).toEqual(next);
    });

    it('keeps exactly one of those that come at once', async () => {
      const days = Array.from({ length: 20 }, (_, index) => dayOf({ USD: `1.${index}` }));
      const answers = await Promise.all(days.map((day) => store.putIfAbsent(day)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store.latest()).toEqual(days[answers.indexOf(true)]);
    });
  });
};

/** What a quote counts on: a store that has a day, and what brings it the next one. */
export type LatestRates = {
  readonly store: Pick<RatesStore, 'latest'>;
  readonly nextDay: () => Promise<void>;
};

/** What every adapter of the rates store promises to those who only ask it for the latest day. */
export const describeLatestRates = (name: string, make: () => Promise<LatestRates>): void => {
  describe(`${name} as a source of the latest rates`, () => {
    it('answers a day that fits its schema, with a rate for every currency it names', async () => {
      const { store } = await make();
      const day = await store.latest();
      expect(RateDay.parse(day)).toEqual(day);
      expect(Object.values(day?.rates ?? {}).every((rate) => Number(rate) > 0)).toBe(true);
      expect(Object.keys(day?.rates ?? {}).length).toBeGreaterThan(0);
    });

    it('answers the same day until another comes, and then the later one', async () => {
      const { store, nextDay } = await make();
      const first = await store.latest();
      expect(await store.latest()).toEqual(first);
      await nextDay();
      const second = await store.latest();
      expect(Date.parse(second?.rateDate ?? '')).toBeGreaterThan(Date.parse(first?.rateDate ?? ''));
      expect(await store.latest()).toEqual(second);
    });
  });
};
