import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { parseCurrencyApi } from '../../../src/adapters/rates/currency-api.ts';
import { parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import { refreshAllRates } from '../../../src/process/refresh-all-rates.ts';
import { bundledDay, bundledFile, hash } from '../fx/rate-days.ts';

const indicativeFile = (date: string, usd: string): string =>
  JSON.stringify({ date, eur: { usd: 0, jpy: 1, kwd: 2 } })
    .replace('"usd":0', `"usd":${usd}`)
    .replace('"jpy":1', '"jpy":185.1')
    .replace('"kwd":2', '"kwd":0.3501');

async function refresh({
  ecbFile = bundledFile.replace('2026-06-30', '2026-07-01'),
  otherFile = indicativeFile('2026-07-01', '1.1401'),
  now = '2026-07-01T15:00:00.000Z',
} = {}) {
  const [ecb, indicative] = [inMemoryRatesStore(), inMemoryRatesStore()];
  await ecb.putIfAbsent(bundledDay);
  const refreshed = await refreshAllRates({
    ecb: { store: ecb, publisher: { fetchDaily: async () => ecbFile, parse: parseEcbDaily } },
    indicative: {
      store: indicative,
      publisher: { fetchDaily: async () => otherFile, parse: parseCurrencyApi },
    },
    discontinued: [],
    hash,
    now: () => new Date(now),
  });
  return { refreshed, ecb, indicative };
}

describe('A refresh of both sources', () => {
  it('stores the day of each', async () => {
    const { refreshed, ecb, indicative } = await refresh();
    expect(refreshed).toEqual({
      ecb: { kind: 'stored', rateDate: '2026-07-01' },
      indicative: { kind: 'stored', rateDate: '2026-07-01' },
      staleness: { level: 'current', missedDays: 0 },
    });
    expect(await ecb.latest()).toMatchObject({ source: 'ECB' });
    expect(await indicative.latest()).toMatchObject({
      source: 'INDICATIVE',
      rates: { KWD: '0.3501' },
    });
  });

  it('believes a leap of one rate that both saw', async () => {
    const ecbFile = bundledFile.replace('2026-06-30', '2026-07-01').replace('1.1394', '1.2394');
    const alone = await refresh({ ecbFile });
    expect(alone.refreshed.ecb).toMatchObject({
      kind: 'file_refused',
      problem: { code: 'fx.rate_moved_too_far' },
    });
    const otherFile = indicativeFile('2026-07-01', '1.2390').replace(
      '"kwd"',
      '"gbp":0.86, "chf":0.93, "kwd"',
    );
    const both = await refresh({ ecbFile, otherFile });
    expect(both.refreshed.ecb).toMatchObject({ kind: 'stored' });
  });

  it('goes on with the first source where the second is refused', async () => {
    const { refreshed, indicative } = await refresh({ otherFile: 'Sorry' });
    expect(refreshed).toMatchObject({
      ecb: { kind: 'stored' },
      indicative: { kind: 'file_refused', problem: { code: 'rates.not_json' } },
    });
    expect(await indicative.latest()).toBeUndefined();
  });

  it('tells how far behind it is', async () => {
    const late = await refresh({ ecbFile: 'Sorry', now: '2026-07-02T15:00:00.000Z' });
    expect(late.refreshed).toMatchObject({
      ecb: { kind: 'file_refused', rateDate: '2026-06-30' },
      staleness: { level: 'short_locks_only', missedDays: 2 },
    });
  });
});

describe('A refresh of an empty store that gets nothing', () => {
  it('knows no staleness', async () => {
    const store = inMemoryRatesStore();
    const publisher = { fetchDaily: async () => '', parse: parseEcbDaily };
    const source = { store, publisher };
    const refreshed = await refreshAllRates({
      ...{ ecb: source, indicative: source, discontinued: [], hash },
      now: () => new Date('2026-07-01T15:00:00.000Z'),
    });
    expect(refreshed.staleness).toBeUndefined();
  });
});
