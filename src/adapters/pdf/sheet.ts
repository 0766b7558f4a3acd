import PDFDocument from 'pdfkit';
import type { FontCase, Letters, Weight, Wording } from './font-case.ts';
import { type Line, linesOf, type Piece } from './typeset.ts';

type Document = InstanceType<typeof PDFDocument>;

export type Style = { readonly weight: Weight; readonly size: number; readonly color: string };

/** A text in a box; `x` counts from the edge that the language begins at. */
export type Block = {
  readonly text: string;
  readonly style: Style;
  readonly x: number;
  readonly width: number;
  readonly align: Align;
  /** Of whom the text is about, where that is not the paper's own (BCP 47). */
  readonly language?: string;
};

export type Align = 'start' | 'end';

/** A column's place across the page. */
export type Column = {
  readonly title: string;
  readonly align: Align;
  /** Its share of the width, in parts of all columns' shares. */
  readonly share: number;
};

export type SheetOptions = {
  readonly language: string;
  readonly title: string;
  readonly dated: Date;
  readonly layout?: 'portrait' | 'landscape';
};

const MARGIN = 42;
const FOOT = 30;
const LINE_HEIGHT = 1.42;
/** From the top of a line to what its letters stand on. */
const BASELINE = 1.07;
const ROW_GAP = 6;
/** To the right of what a column holds. */
export const COLUMN_GAP = 9;
const RULE = '#d0d7de';
const GRAY = '#57606a';

export const TEXT: Style = { weight: 'regular', size: 9, color: 'black' };
export const STRONG: Style = { ...TEXT, weight: 'bold' };
export const LABEL: Style = { ...TEXT, color: GRAY };
export const HEADING: Style = { weight: 'bold', size: 8, color: 'black' };
export const TITLE: Style = { weight: 'bold', size: 18, color: 'black' };
const SMALL: Style = { ...LABEL, size: 8 };

/**
 * Pages of A4 that are written on from top to bottom. In a language that runs from right to left all places
 * are mirrored. The same writing gives the same bytes: nothing in the file is drawn by chance.
 */
export class Sheet {
  /** How far down the page is written on. */
  y = MARGIN;
  readonly #document: Document;
  readonly #letters: Letters;
  readonly #language: string;
  readonly #known = new Set<string>();
  readonly #widths = new Map<string, number>();
  readonly #bytes: Promise<Buffer>;

  private constructor(letters: Letters, { language, title, dated, layout }: SheetOptions) {
    const sans = letters({ text: 'a', language })('a');
    this.#letters = letters;
    this.#language = language;
    this.#document = new PDFDocument({
      ...{ size: 'A4', layout: layout ?? 'portrait', margin: 0, bufferPages: true },
      ...{ lang: language, displayTitle: true, pdfVersion: '1.7' },
      font: sans?.font('regular') as unknown as string,
      info: { Title: title, Producer: 'Tradelane', CreationDate: dated, ModDate: dated },
    });
    this.#bytes = collected(this.#document);
  }

  /** An empty first page, and at hand the letters of what is going to be written. */
  static async of(
    fonts: FontCase,
    options: SheetOptions,
    wordings: readonly Wording[],
  ): Promise<Sheet> {
    const letter = { text: 'a', language: options.language };
    return new Sheet(await fonts.lettersFor([letter, ...wordings]), options);
  }

  /** Between the margins. */
  get width(): number {
    return this.#document.page.width - 2 * MARGIN;
  }

  /** Writes a text at the present height, and answers with the height at which it ends. */
  write(block: Block): number {
    return this.#writeLines(block, this.#linesOf(block));
  }

  #writeLines(block: Block, lines: readonly Line[]): number {
    let top = this.y;
    for (const line of lines) {
      this.#draw(line, block, top + block.style.size * BASELINE);
      top += block.style.size * LINE_HEIGHT;
    }
    return top;
  }

  heightOf(block: Block): number {
    return this.#linesOf(block).length * block.style.size * LINE_HEIGHT;
  }

  /** Begins a page where what comes next does not go onto this one; says whether it did. */
  turn(height: number): boolean {
    if (this.y + height <= this.#document.page.height - MARGIN - FOOT) return false;
    this.#document.addPage();
    this.y = MARGIN;
    return true;
  }

  /** Where each cell of a row stands. */
  cellsOf(columns: readonly Column[]): readonly Pick<Block, 'x' | 'width' | 'align'>[] {
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    let x = 0;
    return columns.map(({ share, align }) => {
      const width = (this.width * share) / shares;
      const cell = { x, width: width - COLUMN_GAP, align };
      x += width;
      return cell;
    });
  }

  /** A row with a rule below it. It stands on one page as a whole; a page that it begins has the titles again. */
  row(columns: readonly Column[], texts: readonly string[], style: Style = TEXT): void {
    const blocks = this.cellsOf(columns).map((cell, index) => ({
      ...{ ...cell, text: texts[index] ?? '', style },
    }));
    const cells = blocks.map((block) => ({ block, lines: this.#linesOf(block) }));
    const most = cells.reduce((count, { lines }) => Math.max(count, lines.length), 1);
    const height = most * style.size * LINE_HEIGHT + ROW_GAP;
    if (this.turn(height)) this.titles(columns);
    for (const { block, lines } of cells) this.#writeLines(block, lines);
    this.y += height;
    const line = this.y - ROW_GAP / 2;
    this.#document.moveTo(MARGIN, line).lineTo(MARGIN + this.width, line);
    this.#document.lineWidth(0.5).strokeColor(RULE).stroke();
  }

  titles(columns: readonly Column[]): void {
    const texts = columns.map(({ title }) => title);
    this.row(columns, texts, HEADING);
  }

  /** Numbers the pages (`Page {n} of {of}`) and answers with the file. */
  finish(page: string): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(index);
      this.y = this.#document.page.height - MARGIN - 10;
      const text = page.replace('{n}', String(index + 1)).replace('{of}', String(count));
      this.write({ text, style: SMALL, x: 0, width: this.width, align: 'end' });
    }
    this.#document.end();
    return this.#bytes;
  }

  #linesOf({ text, style, width, language = this.#language }: Block): readonly Line[] {
    const measure = (piece: Piece): number => this.#measure(piece, style);
    return linesOf({ text, language }, { letters: this.#letters, width, measure });
  }

  #measure(piece: Piece, style: Style): number {
    const key = `${piece.face.name} ${style.weight} ${piece.text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known * style.size;
    this.#take(piece, { ...style, size: 1 });
    const width = this.#document.widthOfString(piece.text);
    this.#widths.set(key, width);
    return width * style.size;
  }

  #take({ face }: Piece, { weight, size }: Style): void {
    const name = `${face.name}-${weight}`;
    if (!this.#known.has(name)) {
      this.#document.registerFont(name, face.font(weight) as unknown as string);
      this.#known.add(name);
    }
    this.#document.font(name).fontSize(size);
  }

  #draw(line: Line, { x, width, align, style }: Block, baseline: number): void {
    const indent = align === 'start' ? 0 : width - line.width;
    const isMirrored = this.#language.startsWith('ar');
    const start = MARGIN + x + indent;
    let left = isMirrored ? this.#document.page.width - start - line.width : start;
    for (const piece of line.pieces) {
      if (!piece.isSpace) {
        this.#take(piece, style);
        this.#document.fillColor(style.color);
        this.#document.text(piece.text, left, baseline, {
          lineBreak: false,
          baseline: 'alphabetic',
        });
      }
      left += piece.width;
    }
  }
}

const collected = (document: Document): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
