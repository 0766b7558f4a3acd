import PDFDocument from 'pdfkit';

/** A paper as `console/papers` writes it; only what printing asks of it. */
export type Printable = {
  readonly language: string;
  readonly title: string;
  readonly issuedAt: string;
  readonly parties: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly {
    readonly title: string;
    readonly align: 'left' | 'right';
    readonly share: number;
  }[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly [label: string, value: string])[];
  readonly declaration: string;
  readonly page: string;
};

/** The bytes of two TrueType fonts; only the letters that are used are put into the file. */
export type PaperFonts = { readonly regular: Uint8Array; readonly bold: Uint8Array };

const MARGIN = 42;
const SIZES = { title: 18, text: 9, small: 8 } as const;
const GAP = 12;
const FOOT = 30;
const GRAY = '#57606a';

type Document = InstanceType<typeof PDFDocument>;

/**
 * A paper as PDF on A4. The same paper gives the same bytes: the file is dated by the trade, and
 * nothing in it is drawn by chance.
 */
export async function printPaper(paper: Printable, fonts: PaperFonts): Promise<Buffer> {
  const issued = new Date(paper.issuedAt);
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: paper.language,
    displayTitle: true,
    pdfVersion: '1.7',
    font: fonts.regular as unknown as string,
    info: { Title: paper.title, Producer: 'Tradelane', CreationDate: issued, ModDate: issued },
  });
  document.registerFont('regular', Buffer.from(fonts.regular));
  document.registerFont('bold', Buffer.from(fonts.bold));
  const bytes = collected(document);
  document.font('bold').fontSize(SIZES.title).text(paper.title).moveDown(0.6);
  printParties(document, paper);
  printFields(document, paper);
  printTable(document, paper);
  printTotals(document, paper);
  document.moveDown(1.5).font('regular').fontSize(SIZES.text);
  document.text(paper.declaration, MARGIN, document.y, { width: widthOf(document) });
  printFeet(document, paper.page);
  document.end();
  return bytes;
}

const collected = (document: Document): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });

const widthOf = ({ page }: Document): number => page.width - 2 * MARGIN;

/** Side by side, each in half of the width. */
function printParties(document: Document, { parties }: Printable): void {
  const top = document.y;
  const width = (widthOf(document) - GAP) / 2;
  const bottoms = parties.map(({ title, lines }, index) => {
    const x = MARGIN + index * (width + GAP);
    document.font('bold').fontSize(SIZES.small).fillColor(GRAY).text(title, x, top, { width });
    document.font('regular').fontSize(SIZES.text).fillColor('black');
    for (const line of lines) document.text(line, x, document.y, { width });
    return document.y;
  });
  document.y = Math.max(...bottoms) + GAP;
}

function printFields(document: Document, { fields }: Printable): void {
  const labelWidth = 130;
  for (const [label, value] of fields) {
    const top = document.y;
    document.font('regular').fontSize(SIZES.text).fillColor(GRAY);
    document.text(label, MARGIN, top, { width: labelWidth - GAP });
    const below = document.y;
    document.fillColor('black');
    document.text(value, MARGIN + labelWidth, top, { width: widthOf(document) - labelWidth });
    document.y = Math.max(below, document.y) + 2;
  }
  document.y += GAP;
}

type Cell = { readonly x: number; readonly width: number; readonly align: 'left' | 'right' };

function cellsOf(document: Document, { columns }: Printable): readonly Cell[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let x = MARGIN;
  return columns.map(({ share, align }) => {
    const width = (widthOf(document) * share) / shares;
    const cell = { x, width: width - 6, align };
    x += width;
    return cell;
  });
}

/** A row stands on one page as a whole; a page that it begins has the titles again. */
function printTable(document: Document, paper: Printable): void {
  const cells = cellsOf(document, paper);
  const titles = paper.columns.map(({ title }) => title);
  printRow(document, { cells, texts: titles, font: 'bold' });
  for (const texts of paper.rows) {
    if (document.y + heightOf(document, cells, texts) > bottomOf(document)) {
      document.addPage();
      printRow(document, { cells, texts: titles, font: 'bold' });
    }
    printRow(document, { cells, texts, font: 'regular' });
  }
}

const bottomOf = ({ page }: Document): number => page.height - MARGIN - FOOT;

const heightOf = (document: Document, cells: readonly Cell[], texts: readonly string[]): number =>
  Math.max(
    ...texts.map((text, index) =>
      document.heightOfString(text, { width: cells[index]?.width ?? 0 }),
    ),
  ) + 6;

function printRow(
  document: Document,
  {
    cells,
    texts,
    font,
  }: {
    readonly cells: readonly Cell[];
    readonly texts: readonly string[];
    readonly font: 'bold' | 'regular';
  },
): void {
  document
    .font(font)
    .fontSize(font === 'bold' ? SIZES.small : SIZES.text)
    .fillColor('black');
  const top = document.y;
  const height = heightOf(document, cells, texts);
  for (const [index, text] of texts.entries()) {
    const { x, width, align } = cells[index] ?? { x: MARGIN, width: 0, align: 'left' as const };
    document.text(text, x, top, { width, align });
  }
  document.y = top + height;
  const right = MARGIN + widthOf(document);
  document.moveTo(MARGIN, document.y - 3).lineTo(right, document.y - 3);
  document.lineWidth(0.5).strokeColor('#d0d7de').stroke();
}

function printTotals(document: Document, { totals }: Printable): void {
  const width = widthOf(document) / 2;
  const x = MARGIN + width;
  if (document.y + totals.length * 14 + 40 > bottomOf(document)) document.addPage();
  document.y += 4;
  for (const [index, [label, value]] of totals.entries()) {
    const top = document.y;
    document.font(index === totals.length - 1 ? 'bold' : 'regular').fontSize(SIZES.text);
    document.text(label, x, top, { width: width / 2 });
    document.text(value, x + width / 2, top, { width: width / 2 - 6, align: 'right' });
    document.y = top + 14;
  }
}

function printFeet(document: Document, page: string): void {
  const { count } = document.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    document.switchToPage(index);
    // Below the margin, where text would begin a new page.
    document.page.margins.bottom = 0;
    const text = page.replace('{n}', String(index + 1)).replace('{of}', String(count));
    document.font('regular').fontSize(SIZES.small).fillColor(GRAY);
    document.text(text, MARGIN, document.page.height - MARGIN - 10, {
      width: widthOf(document),
      align: 'right',
      lineBreak: false,
    });
  }
}

/** The characters of a text that the fonts of a paper have no letter for, each once. */
export const unprintableIn = (text: string): readonly string[] =>
  [...new Set(text.normalize('NFC'))].filter((character) => !isPrintable(character));

const isPrintable = (character: string): boolean =>
  IN_RANGE.test(character) && (OTHER.test(character) || ALPHABET.test(character));

/** Latin, Greek and Cyrillic as names are written in them; digits, punctuation, currency signs. */
const ALPHABET = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;
const IN_RANGE =
  /^[ -~\u00a0-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2122]$/u;
const OTHER =
  /^[ -~\u00a0-\u00bf\u00d7\u00f7\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u20a0-\u20bf\u2116\u2122]$/u;
