import type {
  KnownSettlement,
  SettlementCurrencies,
} from '../../src/process/note-settlement-currency.ts';

const inEuros: KnownSettlement = { settled: 'EUR', capturedAt: '2026-07-01T09:01:00.000Z' };
const inDollars: KnownSettlement = { settled: 'USD', capturedAt: '2026-07-01T09:02:00.000Z' };
const inPounds: KnownSettlement = { settled: 'GBP', capturedAt: '2026-07-01T09:03:00.000Z' };

/** What every adapter of the settlement currencies promises. `make` gives an empty one. */
export const describeSettlementCurrencies = (
  name: string,
  make: () => Promise<SettlementCurrencies>,
): void => {
  describe(`${name} as a store of settlement currencies`, () => {
    let store: SettlementCurrencies;
    beforeEach(async () => {
      store = await make();
    });

    it('knows none until one is put', async () => {
      expect(await store.find('EUR')).toBeUndefined();
    });

    it('answers what was put, of that charged currency alone', async () => {
      expect(await store.replace('EUR', { known: undefined, next: inEuros })).toBe(true);
      expect(await store.find('EUR')).toEqual(inEuros);
      expect(await store.find('GBP')).toBeUndefined();
    });

    it('takes another in place of the one that was known', async () => {
      await store.replace('EUR', { known: undefined, next: inEuros });
      expect(await store.replace('EUR', { known: inEuros, next: inDollars })).toBe(true);
      expect(await store.find('EUR')).toEqual(inDollars);
    });

    it.each([
      ['none was known', undefined],
      ['another currency was known', { ...inDollars, settled: 'GBP' } as const],
      ['it was known of another instant', { ...inDollars, capturedAt: inPounds.capturedAt }],
    ])('keeps what it has where %s, and says so', async (_, known) => {
      await store.replace('EUR', { known: undefined, next: inDollars });
      expect(await store.replace('EUR', { known, next: inPounds })).toBe(false);
      expect(await store.find('EUR')).toEqual(inDollars);
    });

    it('takes nothing in place of what it never had', async () => {
      expect(await store.replace('EUR', { known: inEuros, next: inDollars })).toBe(false);
      expect(await store.find('EUR')).toBeUndefined();
    });

    it.each([
      ['first one', undefined],
      ['next one', inEuros],
    ])('takes one of those that come at once as the %s', async (_, known) => {
      if (known !== undefined) await store.replace('EUR', { known: undefined, next: known });
      const all = Array.from({ length: 20 }, (_one, index) => ({
        ...inDollars,
        capturedAt: `2026-07-01T10:00:${10 + index}.000Z`,
      }));
      const taken = await Promise.all(all.map((next) => store.replace('EUR', { known, next })));
      expect(taken.filter((isTaken) => isTaken)).toHaveLength(1);
      expect(await store.find('EUR')).toEqual(all[taken.indexOf(true)]);
    });
  });
};
