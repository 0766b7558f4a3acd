import { type ReportFacts, writeReport } from '../../../console/papers/report.ts';
import { reportLanguages, reportWordsIn } from '../../../console/papers/report-words.ts';
import { unprintableIn } from '../../../src/adapters/pdf/font-case.ts';
import { printReport } from '../../../src/adapters/pdf/pdf-report.ts';
import { accountCodes } from '../../../src/ledger/chart.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { toMajorString } from '../../../src/money/format.ts';
import { money } from '../../../src/money/money.ts';
import { type Report, reportNames, reportOf } from '../../../src/process/period-reports.ts';
import { paperFonts } from '../../support/paper-facts.ts';
import { linesIn, shownIn } from '../../support/pdf-text.ts';
import { monthOf } from '../../support/report-month.ts';

const locked: ReportFacts['state'] = {
  status: 'locked',
  lockedAt: '2026-07-02T09:00:00.000Z',
  proposedBy: null,
  snapshot: {
    accounts: [],
    revaluation: { rateDate: null, positions: [], unrealized: money('EUR', 0n) },
    itemized: [],
    snapshotSha256: 'ab'.repeat(32),
  },
};

async function factsOf(
  name: ReportFacts['name'],
  changes: Partial<ReportFacts> = {},
): Promise<ReportFacts> {
  const report = await reportOf(name, monthOf());
  return {
    ...{ name, report, period: '2026-06', asOf: '2026-06-30', platform: 'api.example.com' },
    ...{ state: locked, ...changes },
  };
}

/** The amounts of a row of JSON, as a person writes them. */
const amountsOf = ({ columns }: Report, row: Report['rows'][number]): readonly string[] =>
  row
    .filter((value) => typeof value === 'bigint')
    .map((value) => {
      const currency = row[columns.indexOf('currency')] as CurrencyCode;
      return Number(toMajorString(money(currency, value))).toLocaleString('en', {
        minimumFractionDigits: currency === 'KRW' ? 0 : 2,
      });
    });

describe.each(reportLanguages)('A report as PDF in %s', (language) => {
  it.each(reportNames)('%s has the rows and the totals of the JSON', async (name) => {
    const facts = await factsOf(name);
    const { report } = facts;
    expect(report.rows.length).toBeGreaterThan(0);
    const pdf = await printReport(writeReport(facts, language), paperFonts);
    const lines = linesIn(pdf);
    for (const row of report.rows) {
      const amounts = amountsOf(report, row);
      expect(lines.some((line) => amounts.every((amount) => line.includes(amount)))).toBe(true);
    }
    const bold = shownIn(pdf)
      .filter(({ font }) => font === 'NotoSans-bold')
      .map(({ text }) => text);
    for (const total of report.totals) {
      expect(bold).toEqual(expect.arrayContaining([...amountsOf(report, total)]));
    }
  });

  it('says what it is, of what, and in which state', async () => {
    const words = reportWordsIn(language);
    const sheet = writeReport(await factsOf('fees'), language);
    expect(sheet.title).toBe(words.report.fees);
    expect(Object.fromEntries(sheet.fields)).toMatchObject({
      [words.platform]: 'Tradelane, api.example.com',
      [words.period]: '2026-06',
      [words.state]: words.status.locked,
      [words.lockedAt]: '2026-07-02 09:00',
      [words.hash]: 'ab'.repeat(32),
    });
    const open = writeReport(await factsOf('fees', { state: { status: 'open' } }), language);
    expect(Object.keys(Object.fromEntries(open.fields))).not.toContain(words.hash);
  });

  it('has a word for every account, and letters for every word', async () => {
    const { account, code, column } = reportWordsIn(language);
    expect(Object.keys(account).sort()).toEqual([...accountCodes].sort());
    const texts = [account, code, column].flatMap((some) => Object.values(some));
    expect(
      await unprintableIn(
        paperFonts,
        texts.map((text) => ({ text, language })),
      ),
    ).toEqual([]);
  });
});

describe('A long report', () => {
  it('goes on, on further pages, with its titles again and each page numbered', async () => {
    const facts = await factsOf('open-items');
    const [row = []] = facts.report.rows;
    const report = { ...facts.report, rows: Array.from({ length: 200 }, () => row) };
    const pdf = await printReport(writeReport({ ...facts, report }, 'en'), paperFonts);
    const shown = shownIn(pdf);
    const pages = Math.max(...shown.map(({ page }) => page));
    expect(pages).toBeGreaterThan(4);
    for (let page = 1; page <= pages; page += 1) {
      const texts = shown.filter((one) => one.page === page).map(({ text }) => text);
      expect(texts).toContain('Account');
      expect(texts).toContain(`Page ${page} of ${pages}`);
    }
  });

  it('has its amounts end at one place, to the last digit of any size', async () => {
    const facts = await factsOf('fees');
    const big = 123_456_789_012_345_678n;
    const report = {
      ...facts.report,
      rows: [
        ['4000', 'platform_fee_revenue', 'EUR', big],
        ['4000', 'platform_fee_revenue', 'KRW', -big],
        ['9999', 'new_account', 'EUR', 1n],
      ],
    };
    const sheet = writeReport({ ...facts, report }, 'en');
    expect(sheet.rows.map((row) => row.at(-1))).toEqual([
      '1,234,567,890,123,456.78',
      '-123,456,789,012,345,678',
      '0.01',
    ]);
    expect(sheet.rows[2]?.[1]).toBe('new_account');
    expect(sheet.columns.at(-1)?.align).toBe('end');
  });
});

describe('A report of nothing', () => {
  it('says so', async () => {
    const facts = await factsOf('fees');
    const report = { ...facts.report, rows: [], totals: [] };
    const pdf = await printReport(writeReport({ ...facts, report }, 'en'), paperFonts);
    expect(linesIn(pdf)).toContain('There is nothing to report.');
  });
});
