import { isAscii, latinLetters } from './alphabets.ts';
import { isHangul, romanizeHangul } from './hangul.ts';
import { isHan, pinyinOf } from './pinyin.ts';

/** What is neither a letter nor in the character set, as banks replace it (EPC217-08). */
const SIGNS: Readonly<Record<string, string>> = {
  '&': '+',
  '@': '(at)',
  _: '-',
  ';': ',',
  '"': "'",
  '‘': "'",
  '’': "'",
  '“': "'",
  '”': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '.',
  '、': ',',
  '，': ',',
  '。': '.',
  '№': 'No',
};

/** The character set that every bank takes: SWIFT's x, which is SEPA's as well. */
const CHARACTER_SET = /^[A-Za-z0-9/\-?:().,'+ ]$/;

const WORD = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]/gu;

/**
 * A text in the character set of SEPA and SWIFT: letters of the Greek and Cyrillic alphabets, Hangul
 * and Chinese ideographs by the tables beside this file, accents left off, signs replaced. What has no
 * Latin form becomes a full stop. A text that has one stays as it is.
 */
export function toBankText(text: string, maxLength: number): string {
  const latin = [...text.normalize('NFC').matchAll(WORD)].map(([word]) => latinWord(word)).join('');
  const clean = [...latin]
    .map((character) => (CHARACTER_SET.test(character) ? character : '.'))
    .join('')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\/{2,}/g, '/')
    .trim()
    .replace(/^\/+/, '');
  return clean.slice(0, maxLength).trimEnd();
}

/** True where every letter of the text has a Latin form by our rules, so that no name is mutilated. */
export const isLatinizable = (text: string): boolean =>
  [...text.normalize('NFC')].every(
    (character) => !/\p{L}/u.test(character) || latinOf(character) !== undefined,
  );

/** A word that shouts keeps shouting; any other keeps the case of its letters. */
function latinWord(word: string): string {
  const characters = [...word];
  const isShouted =
    characters.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  return characters
    .map((character, index) => {
      const latin = SIGNS[character] ?? latinOf(character) ?? character;
      if (isIdeograph(character)) return index === 0 ? capitalized(latin) : latin;
      const isUpper = character !== character.toLowerCase();
      if (!isUpper) return latin;
      return isShouted ? latin.toUpperCase() : capitalized(latin);
    })
    .join('');
}

const isIdeograph = (character: string): boolean => isHan(character) || isHangul(character);

const capitalized = (latin: string): string => latin.slice(0, 1).toUpperCase() + latin.slice(1);

/** In lower case but for ASCII; undefined for what is no letter, or of a script without a rule. */
function latinOf(character: string): string | undefined {
  if (isAscii(character)) return character;
  if (isHangul(character)) return romanizeHangul(character);
  if (isHan(character)) return pinyinOf(character);
  return latinLetters(character.toLowerCase());
}
