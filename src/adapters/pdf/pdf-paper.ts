import type { FontCase, Wording } from './font-case.ts';
import { COLUMN_GAP, type Column, LABEL, Sheet, STRONG, TEXT, TITLE } from './sheet.ts';

/** A paper as `console/papers` writes it; only what printing asks of it. */
export type Printable = {
  readonly language: string;
  readonly title: string;
  readonly issuedAt: string;
  readonly parties: readonly {
    readonly title: string;
    readonly lines: readonly string[];
    /** What is read where the party is (BCP 47). */
    readonly language: string;
  }[];
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly [label: string, value: string])[];
  readonly declaration: string;
  readonly page: string;
};

const GAP = 12;
const LABEL_WIDTH = 130;

/** Every text of a paper, with the language that its characters are of. */
export const wordingsOf = (paper: Printable): readonly Wording[] => [
  ...[paper.title, paper.declaration, paper.page, DIGITS, ...paper.rows.flat()].map((text) => ({
    ...{ text, language: paper.language },
  })),
  ...paper.columns.map(({ title }) => ({ text: title, language: paper.language })),
  ...[...paper.fields, ...paper.totals].flat().map((text) => ({
    ...{ text, language: paper.language },
  })),
  ...paper.parties.flatMap(({ title, lines, language }) => [
    { text: title, language: paper.language },
    ...lines.map((text) => ({ text, language })),
  ]),
];

/** For the numbers of the pages. */
const DIGITS = '0123456789';

/**
 * A paper as PDF on A4. The same paper gives the same bytes: the file is dated by the trade. A character
 * that no font has is left out; who prints asks `unprintableIn` before.
 */
export async function printPaper(paper: Printable, fonts: FontCase): Promise<Buffer> {
  const { language, title } = paper;
  const options = { language, title, dated: new Date(paper.issuedAt) };
  const sheet = await Sheet.of(fonts, options, wordingsOf(paper));
  const { width } = sheet;
  sheet.y = sheet.write({ text: title, style: TITLE, x: 0, width, align: 'start' }) + GAP;
  printParties(sheet, paper);
  printFields(sheet, paper);
  sheet.titles(paper.columns);
  for (const texts of paper.rows) sheet.row(paper.columns, texts);
  printTotals(sheet, paper);
  const declaration = {
    text: paper.declaration,
    style: TEXT,
    x: 0,
    width,
    align: 'start',
  } as const;
  sheet.y += GAP;
  sheet.turn(sheet.heightOf(declaration));
  sheet.write(declaration);
  return sheet.finish(paper.page);
}

/** Side by side, each in half of the width. */
function printParties(sheet: Sheet, { parties }: Printable): void {
  const top = sheet.y;
  const width = (sheet.width - GAP) / 2;
  const bottoms = parties.map(({ title, lines, language }, index) => {
    const box = { x: index * (width + GAP), width, align: 'start' } as const;
    sheet.y = top;
    sheet.y = sheet.write({ text: title, style: { ...LABEL, weight: 'bold', size: 8 }, ...box });
    for (const text of lines) sheet.y = sheet.write({ text, style: TEXT, language, ...box });
    return sheet.y;
  });
  sheet.y = Math.max(...bottoms) + GAP;
}

function printFields(sheet: Sheet, { fields }: Printable): void {
  for (const [label, value] of fields) {
    const name = {
      text: label,
      style: LABEL,
      x: 0,
      width: LABEL_WIDTH - GAP,
      align: 'start',
    } as const;
    const width = sheet.width - LABEL_WIDTH;
    const said = { text: value, style: TEXT, x: LABEL_WIDTH, width, align: 'start' } as const;
    sheet.turn(Math.max(sheet.heightOf(name), sheet.heightOf(said)));
    sheet.y = Math.max(sheet.write(name), sheet.write(said)) + 2;
  }
  sheet.y += GAP;
}

function printTotals(sheet: Sheet, { totals }: Printable): void {
  const width = sheet.width / 4;
  sheet.turn(totals.length * 14 + 40);
  sheet.y += 4;
  for (const [index, [label, value]] of totals.entries()) {
    const style = index === totals.length - 1 ? STRONG : TEXT;
    const box = { style, x: 2 * width, width };
    const below = sheet.write({ text: label, ...box, align: 'start' });
    sheet.write({ ...box, text: value, x: 3 * width, width: width - COLUMN_GAP, align: 'end' });
    sheet.y = Math.max(below, sheet.y + 14);
  }
}
