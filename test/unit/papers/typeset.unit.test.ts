import type { Letters, Wording } from '../../../src/adapters/pdf/font-case.ts';
import { type Line, linesOf } from '../../../src/adapters/pdf/typeset.ts';
import { paperFonts } from '../../support/paper-facts.ts';

/** Each character one wide. */
const measure = ({ text }: { readonly text: string }): number => [...text].length;

async function set(
  text: string,
  { width = 1_000, language = 'en' } = {},
): Promise<readonly Line[]> {
  const wording: Wording = { text, language };
  const letters: Letters = await paperFonts.lettersFor([wording]);
  return linesOf(wording, { letters, width, measure });
}

const textOf = ({ pieces }: Line): string => pieces.map(({ text }) => text).join('');
const facesOf = (lines: readonly Line[]): readonly (string | undefined)[] =>
  lines.flatMap(({ pieces }) => pieces.map(({ face }) => face.name));

describe('Arabic', () => {
  it('runs from right to left, with figures and Latin words from left to right within it', async () => {
    const [line] = await set('شركة ABC رقم 12-34');
    expect(line?.pieces.map(({ text }) => text)).toEqual([
      ...['34', '-', '12', ' ', 'رقم', ' ', 'ABC', ' ', 'شركة'],
    ]);
  });

  it('has its brackets turned round', async () => {
    const [line] = await set('(ذ)');
    expect(line?.pieces.map(({ text }) => text)).toEqual(['(', 'ذ', ')']);
    const [pair] = await set('ذ ()');
    expect(pair?.pieces.map(({ text }) => text)).toEqual(['()', ' ', 'ذ']);
  });

  it('within a Latin line leaves the line from left to right', async () => {
    const [line] = await set('DAP دبي, عمان (Incoterms 2020)');
    expect(line?.pieces[0]?.text).toBe('DAP ');
    expect(line?.pieces.at(-1)?.text).toBe(' (Incoterms 2020)');
  });

  it('is joined: a letter has another form within a word, and the first stands at the right', async () => {
    const [line] = await set('عععع');
    const font = line?.pieces[0]?.face.font('regular');
    const idsOf = (text: string) => font?.layout(text).glyphs.map(({ id }) => id) ?? [];
    const [last, ...rest] = idsOf('عععع');
    expect(new Set([last, ...rest]).size).toBe(3);
    expect(rest[0]).toBe(rest[1]);
    expect([last, ...rest]).not.toContain(idsOf('ع')[0]);
    const [lam = -1] = font?.layout('سل').glyphs.toReversed() ?? [];
    expect(lam).toMatchObject({ codePoints: ['س'.codePointAt(0)] });
  });

  it('has one letter of لا, as it is written', async () => {
    const [line] = await set('لا');
    const glyphs = line?.pieces[0]?.face.font('regular').layout('لا').glyphs ?? [];
    expect(glyphs.flatMap(({ codePoints }) => codePoints)).toHaveLength(2);
  });

  it('keeps its own figures from left to right', async () => {
    const [line] = await set('رقم ۱۲۳');
    const font = line?.pieces[0]?.face.font('regular');
    const points = font
      ?.layout(line?.pieces[0]?.text ?? '')
      .glyphs.flatMap(({ codePoints }) => codePoints);
    expect(points?.map((point) => String.fromCodePoint(point)).join('')).toBe('۱۲۳');
  });
});

describe('A line', () => {
  it('breaks between words, and drops the space there', async () => {
    const lines = await set('one two three', { width: 8 });
    expect(lines.map(textOf)).toEqual(['one two', 'three']);
    expect(lines.map(({ width }) => width)).toEqual([7, 5]);
  });

  it('breaks a word only where it alone is too wide', async () => {
    expect((await set('abcdefghij kl', { width: 4 })).map(textOf)).toEqual([
      'abcd',
      'efgh',
      'ij',
      'kl',
    ]);
  });

  it('breaks between Chinese characters, but not before what ends a sentence', async () => {
    const lines = await set('深圳市联创，电子', { width: 5, language: 'zh' });
    expect(lines.map(textOf)).toEqual(['深圳市联', '创，电子']);
  });

  it('breaks where a text only says that it may', async () => {
    expect((await set('ab\u200bcd', { width: 3 })).map(textOf)).toEqual(['ab', 'cd']);
  });

  it('of nothing is one line of nothing', async () => {
    expect(await set('')).toEqual([{ pieces: [], width: 0 }]);
  });

  it('does not show what only tells how text is laid out', async () => {
    expect((await set('a\u200e\u00adb\ufe0f')).map(textOf)).toEqual(['ab']);
  });
});

describe('The letters of a text', () => {
  it.each([
    ['東京', 'ja', 'noto-sans-jp'],
    ['東京', 'und-JP', 'noto-sans-sc'],
    ['東京', 'ja-Jpan-JP', 'noto-sans-jp'],
    ['臺北', 'zh-Hant-TW', 'noto-sans-tc'],
    ['北京', 'en', 'noto-sans-sc'],
    ['서울', 'en', 'noto-sans-kr'],
    ['東京タワー', 'en', 'noto-sans-jp'],
    ['दिल्ली', 'hi', 'NotoSans'],
  ])('of %s in %s are those of %s', async (text, language, family) => {
    const faces = facesOf(await set(text, { language }));
    expect(faces.every((face) => face?.startsWith(family))).toBe(true);
  });

  it('keep marks with the letter that they are on', async () => {
    expect(new Set(facesOf(await set('कि\u200dं'))).size).toBe(1);
  });
});
