import { parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import { RatesFetchError } from '../../../src/adapters/rates/errors.ts';
import { problemOfDay } from '../../../src/fx/judge-day.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';
import { type RefreshRatesPorts, refreshRates } from '../../../src/fx/refresh-rates.ts';
import { bundledDay, bundledFile, dayOf, hash } from './rate-days.ts';

const nextFile = bundledFile.replace('"2026-06-30"', '"2026-07-01"');
const correctedFile = bundledFile.replace('rate="1.1394"', 'rate="1.1395"');

/** A store in memory beside the ports that use it. */
const given = ({
  stored = [],
  fetchDaily = async () => bundledFile,
  now = '2026-07-01T15:00:00.000Z',
}: {
  stored?: RateDay[];
  fetchDaily?: () => Promise<string>;
  now?: string;
} = {}) => {
  const days = new Map(stored.map((day) => [day.rateDate, day]));
  const files: string[] = [];
  const ports: RefreshRatesPorts = {
    store: {
      latest: async () => days.get([...days.keys()].sort().at(-1) ?? ''),
      putIfAbsent: async (day, file = '') => {
        days.set(day.version === undefined ? day.rateDate : `${day.rateDate}#${day.version}`, day);
        files.push(file);
        return true;
      },
    },
    publisher: { fetchDaily, parse: parseEcbDaily },
    judge: (published, previous) =>
      problemOfDay(published, { previous, discontinued: [], now: new Date(now) }),
    hash,
    now: () => new Date(now),
  };
  return { days, files, ports };
};

const fails = (error: Error) => async (): Promise<string> => {
  throw error;
};

const unreachable = new RatesFetchError('rates.fetch_unreachable', 'The publisher is away.');

describe('An empty store', () => {
  it('receives the day that is published, and its file', async () => {
    const { days, files, ports } = given();
    expect(await refreshRates(ports)).toEqual({ kind: 'stored', rateDate: '2026-06-30' });
    expect(days.get('2026-06-30')).toEqual({
      ...bundledDay,
      fetchedAt: '2026-07-01T15:00:00.000Z',
    });
    expect(files).toEqual([bundledFile]);
  });

  it('stays empty where there is no network, and says what failed', async () => {
    const { days, ports } = given({ fetchDaily: fails(unreachable) });
    expect(await refreshRates(ports)).toEqual({
      kind: 'fetch_failed',
      rateDate: undefined,
      problem: { code: 'rates.fetch_unreachable', message: 'The publisher is away.' },
    });
    expect(days.size).toBe(0);
  });
});

describe('A store with a day', () => {
  it('receives a newer day under the hash of its file and the time it was read', async () => {
    const { days, ports } = given({ stored: [bundledDay], fetchDaily: async () => nextFile });
    expect(await refreshRates(ports)).toEqual({
      kind: 'stored',
      rateDate: '2026-07-01',
    });
    const day = RateDay.parse(days.get('2026-07-01'));
    expect(day).toEqual({
      ...bundledDay,
      rateDate: '2026-07-01',
      sha256: hash(nextFile),
      fetchedAt: '2026-07-01T15:00:00.000Z',
    });
  });

  it('stays as it is when the same day is published again, in whatever order', async () => {
    const rates = Object.fromEntries(Object.entries(bundledDay.rates).reverse());
    const { days, ports } = given({ stored: [{ ...bundledDay, rates }] });
    expect(await refreshRates(ports)).toMatchObject({ kind: 'unchanged', rateDate: '2026-06-30' });
    expect(days.get('2026-06-30')?.fetchedAt).toBe(bundledDay.fetchedAt);
  });

  it('stays as it is when the publisher still has an older day', async () => {
    const newer = dayOf({ USD: '1.17' }, '2026-07-01');
    const { days, ports } = given({ stored: [newer] });
    expect(await refreshRates(ports)).toEqual({
      kind: 'unchanged',
      rateDate: '2026-07-01',
    });
    expect([...days.keys()]).toEqual(['2026-07-01']);
  });

  it('is unchanged by a refresh that another one overtook', async () => {
    const { ports } = given({ stored: [bundledDay], fetchDaily: async () => nextFile });
    const overtaken = { ...ports, store: { ...ports.store, putIfAbsent: async () => false } };
    expect(await refreshRates(overtaken)).toEqual({
      kind: 'unchanged',
      rateDate: '2026-07-01',
    });
  });

  it.each([
    ['has lost its end', nextFile.slice(0, -200), 'rates.not_xml'],
    ['names an unknown currency', nextFile.replace('USD', 'USX'), 'rates.currency_unknown'],
    [
      'is dated after today',
      nextFile.replace('2026-07-01', '2026-07-02'),
      'fx.rate_date_in_future',
    ],
  ])('keeps what it has when the file %s', async (_, file, code) => {
    const { days, ports } = given({ stored: [bundledDay], fetchDaily: async () => file });
    expect(await refreshRates(ports)).toMatchObject({
      kind: 'file_refused',
      rateDate: '2026-06-30',
      problem: { code },
    });
    expect([...days.values()]).toEqual([bundledDay]);
  });
});

describe('A day that the publisher corrects', () => {
  it('keeps the figures it quoted on, and a correction beside them', async () => {
    const { days, files, ports } = given({
      stored: [bundledDay],
      fetchDaily: async () => correctedFile,
    });
    expect(await refreshRates(ports)).toEqual({ kind: 'corrected', rateDate: '2026-06-30' });
    expect(days.get('2026-06-30')).toEqual(bundledDay);
    expect(days.get('2026-06-30#2')).toMatchObject({
      rateDate: '2026-06-30',
      version: 2,
      sha256: hash(correctedFile),
      rates: { USD: '1.1395' },
    });
    expect(files).toEqual([correctedFile]);
    expect(await refreshRates(ports)).toMatchObject({ kind: 'unchanged' });
  });

  it('takes a second correction as a third version', async () => {
    const corrected = { ...bundledDay, version: 2, rates: { ...bundledDay.rates, USD: '1.1395' } };
    const { days, ports } = given({ stored: [corrected], fetchDaily: async () => bundledFile });
    expect(await refreshRates(ports)).toMatchObject({ kind: 'corrected' });
    expect(days.get('2026-06-30#3')).toMatchObject({ version: 3, rates: { USD: '1.1394' } });
  });

  it('does not believe a correction that moves a rate too far', async () => {
    const wild = bundledFile.replace('rate="1.1394"', 'rate="11.394"');
    const { days, ports } = given({ stored: [bundledDay], fetchDaily: async () => wild });
    expect(await refreshRates(ports)).toMatchObject({
      kind: 'file_refused',
      problem: { code: 'fx.rate_moved_too_far' },
    });
    expect(days.size).toBe(1);
  });
});

describe('A defect', () => {
  it('is thrown, not reported as a publisher in trouble', async () => {
    const uncoded = new TypeError('Not a function.');
    const foreign = Object.assign(new Error('Bad argument.'), { code: 'ERR_INVALID_ARG_TYPE' });
    for (const defect of [uncoded, foreign]) {
      await expect(refreshRates(given({ fetchDaily: fails(defect) }).ports)).rejects.toBe(defect);
    }
  });

  it('of the store is thrown', async () => {
    const { ports } = given();
    const away = Object.assign(new Error('The table is away.'), { code: 'store.unavailable' });
    const broken = { ...ports, store: { ...ports.store, latest: fails(away) as never } };
    await expect(refreshRates(broken)).rejects.toBe(away);
  });
});
