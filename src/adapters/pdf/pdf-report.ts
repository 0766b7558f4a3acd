import type { FontCase } from './font-case.ts';
import { type Column, LABEL, Sheet, type Style, TEXT, TITLE } from './sheet.ts';

/** A report as `console/papers` writes it; only what printing asks of it. */
export type PrintableReport = {
  readonly language: string;
  readonly title: string;
  /** The day that it is about (`YYYY-MM-DD`). */
  readonly asOf: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly string[])[];
  readonly nothing: string;
  readonly page: string;
};

const GAP = 10;
const LABEL_WIDTH = 120;
/** More columns than a page can hold upright. */
const WIDE = 6;

const SMALL: Style = { ...TEXT, size: 8 };
const SUM: Style = { ...SMALL, weight: 'bold' };

/**
 * A report as PDF on A4, a wide one across. It is dated by the day that it is about: the same report gives
 * the same bytes.
 */
export async function printReport(report: PrintableReport, fonts: FontCase): Promise<Buffer> {
  const { language, title, columns, rows, totals } = report;
  const layout = columns.length > WIDE ? 'landscape' : 'portrait';
  const options = { language, title, dated: new Date(report.asOf), layout } as const;
  const sheet = await Sheet.of(fonts, options, wordingsOf(report));
  const { width } = sheet;
  sheet.y = sheet.write({ text: title, style: TITLE, x: 0, width, align: 'start' }) + GAP;
  for (const [label, value] of report.fields) {
    const name = { text: label, style: LABEL, x: 0, width: LABEL_WIDTH, align: 'start' } as const;
    const said = { ...name, text: value, style: TEXT, x: LABEL_WIDTH, width: width - LABEL_WIDTH };
    sheet.y = Math.max(sheet.write(name), sheet.write(said));
  }
  sheet.y += GAP;
  if (rows.length === 0) {
    sheet.write({ text: report.nothing, style: TEXT, x: 0, width, align: 'start' });
  } else {
    sheet.titles(columns);
    for (const texts of rows) sheet.row(columns, texts, SMALL);
    sheet.y += GAP / 2;
    for (const texts of totals) sheet.row(columns, texts, SUM);
  }
  return sheet.finish(report.page);
}

/** For the numbers of the pages. */
const DIGITS = '0123456789';

const wordingsOf = ({ language, title, fields, columns, rows, ...rest }: PrintableReport) =>
  [
    ...[title, rest.nothing, rest.page, DIGITS, ...fields.flat()],
    ...[...columns.map((column) => column.title), ...[...rows, ...rest.totals].flat()],
  ].map((text) => ({ text, language }));
