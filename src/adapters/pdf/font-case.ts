import type { Font } from 'fontkit';
import { printFont } from './print-font.ts';
import { readFont } from './sfnt.ts';
import { unpackWoff2 } from './woff2.ts';

export type Weight = 'regular' | 'bold';

/** One font file's letters, in both weights. */
export type Face = { readonly name: string; readonly font: (weight: Weight) => Font };

/** A text, and the language (BCP 47) of whom it is about: Chinese characters look different by it. */
export type Wording = { readonly text: string; readonly language: string };

/** Where fonts are read from: `NotoSans-Regular.ttf`, or a path within the package of a web font. */
export type FontFiles = (path: string) => Promise<Uint8Array>;

/** Of a wording, the face for each of its characters; undefined where no font has it. */
export type Letters = (wording: Wording) => (character: string) => Face | undefined;

export type FontCase = {
  /** Has at hand what some wordings need: of web fonts just the slices that have their characters. */
  readonly lettersFor: (wordings: readonly Wording[]) => Promise<Letters>;
};

/** What is there beside Latin, Greek, Cyrillic and Devanagari. */
export const families = ['arabic', 'jp', 'kr', 'sc', 'tc'] as const;
export type Family = (typeof families)[number];

const SANS = 'NotoSans';
const WEIGHTS: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };

/** Characters that tell how text is laid out and are never printed themselves. */
export const IGNORED = /^\p{Default_Ignorable_Code_Point}$/u;

/**
 * The fonts that are printed in, of all families or of those that are there. What was read once is kept; a
 * reading that fails is not.
 */
export function fontCase(files: FontFiles, present: readonly Family[] = families): FontCase {
  const sans = kept(() => readSans(files));
  const indexOf = keptBy((family: Family) => readIndex(files, family));
  const sliceOf = keptBy((path: string) => readSlice(files, path));
  const find = async (character: string, order: readonly Family[]): Promise<Face | undefined> => {
    const point = character.codePointAt(0) ?? 0;
    const first = await sans();
    if (hasLetter(first, point)) return first;
    for (const family of order.filter((one) => present.includes(one))) {
      const path = (await indexOf(family)).get(point);
      const face = path === undefined ? undefined : await sliceOf(path);
      // The index says what a slice may have; not every font has all of it.
      if (face !== undefined && hasLetter(face, point)) return face;
    }
    return undefined;
  };
  return {
    lettersFor: async (wordings) => {
      const found = new Map<string, Face | undefined>();
      for (const wording of wordings) {
        const order = orderFor(wording);
        for (const character of charactersOf(wording.text)) {
          const key = keyOf(character, order);
          if (!found.has(key)) found.set(key, await find(character, order));
        }
      }
      return (wording) => {
        const order = orderFor(wording);
        return (character) => found.get(keyOf(character, order));
      };
    },
  };
}

/** The characters of wordings that no font has, each once. */
export const unprintableIn = async (
  fonts: FontCase,
  wordings: readonly Wording[],
): Promise<readonly string[]> => {
  const letters = await fonts.lettersFor(wordings);
  const missing = wordings.flatMap((wording) => {
    const faceFor = letters(wording);
    return charactersOf(wording.text).filter((character) => faceFor(character) === undefined);
  });
  return [...new Set(missing)];
};

/** A text as it is printed: composed where Unicode composes it, in one paragraph. */
export const composed = (text: string): string =>
  text.normalize('NFC').replaceAll(/[\t-\r\u2028\u2029]+/g, ' ');

const charactersOf = (text: string): readonly string[] =>
  [...composed(text)].filter((one) => !IGNORED.test(one));

export const hasLetter = ({ font }: Face, point: number): boolean =>
  font('regular').hasGlyphForCodePoint(point);

const keyOf = (character: string, order: readonly Family[]): string => order[1] + character;

const ORDERS = {
  jp: ['arabic', 'jp', 'sc', 'tc', 'kr'],
  kr: ['arabic', 'kr', 'tc', 'jp', 'sc'],
  tc: ['arabic', 'tc', 'jp', 'sc', 'kr'],
  sc: ['arabic', 'sc', 'tc', 'jp', 'kr'],
} as const satisfies Readonly<Record<Exclude<Family, 'arabic'>, readonly Family[]>>;

/** What is written in kana or Hangul says itself whose Chinese characters it has. */
function orderFor({ text, language }: Wording): readonly Family[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ORDERS.jp;
  if (/\p{Script=Hangul}/u.test(text)) return ORDERS.kr;
  if (language.startsWith('ja')) return ORDERS.jp;
  if (language.startsWith('ko')) return ORDERS.kr;
  return language.startsWith('zh-Hant') ? ORDERS.tc : ORDERS.sc;
}

async function readSans(files: FontFiles): Promise<Face> {
  const [regular, bold] = await Promise.all([
    files(`${SANS}-Regular.ttf`),
    files(`${SANS}-Bold.ttf`),
  ]);
  const tables = { regular: readFont(regular), bold: readFont(bold) };
  return faceOf(SANS, (weight) => printFont(tables[weight], { name: `${SANS}-${weight}` }));
}

/** A font is made ready where its weight is printed. */
function faceOf(name: string, make: (weight: Weight) => Font): Face {
  const made = new Map<Weight, Font>();
  const font = (weight: Weight): Font => {
    const known = made.get(weight) ?? make(weight);
    made.set(weight, known);
    return known;
  };
  return { name, font };
}

/** Which slice of a family a character is in. */
async function readIndex(files: FontFiles, family: Family): Promise<ReadonlyMap<number, string>> {
  const name = `noto-sans-${family}`;
  const text = Buffer.from(await files(`${name}/unicode.json`)).toString();
  const ranges = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>);
  const index = new Map<number, string>();
  for (const [subset, range] of ranges.filter(([subset]) => isOwn(subset, family))) {
    const path = `${name}/files/${name}-${subset.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`;
    for (const point of pointsOf(range)) if (!index.has(point)) index.set(point, path);
  }
  return index;
}

/** Latin and the like are in every family, and taken from one. */
const isOwn = (subset: string, family: Family): boolean =>
  subset.startsWith('[') || subset === family;

function* pointsOf(range: string): Generator<number> {
  for (const [, from = '', to = from] of range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)) {
    for (let point = Number.parseInt(from, 16); point <= Number.parseInt(to, 16); point += 1)
      yield point;
  }
}

async function readSlice(files: FontFiles, path: string): Promise<Face> {
  const tables = unpackWoff2(await files(path));
  const name = path.replace(/^.*\//, '').replace('-wght-normal.woff2', '');
  return faceOf(name, (weight) =>
    printFont(tables, { name: `${name}-${weight}`, weight: WEIGHTS[weight] }),
  );
}

/** Asks once for what does not change; again only where asking failed. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
  const keep = keptBy((_: 'only') => read());
  return () => keep('only');
}

function keptBy<K, T>(read: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const all = new Map<K, Promise<T>>();
  return (key) => {
    const known = all.get(key);
    if (known !== undefined) return known;
    const reading = read(key);
    all.set(key, reading);
    reading.catch(() => all.delete(key));
    return reading;
  };
}
