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

/** What is written, as opposed to signs: letters and numbers, and ideographs that Unicode calls signs. */
const WRITTEN = /[\p{L}\p{N}\p{sc=Han}]/u;

/** What may be one sign for several letters; a radical is an ideograph of its own. */
const SIGN_OF_WORDS = /[^\p{L}\p{M}\p{N}\p{sc=Han}]/gu;

const LETTER_OR_DIGIT = /[A-Za-z0-9]/;

/**
 * A text in the character set of SEPA and SWIFT: letters of the Greek and Cyrillic alphabets, Hangul
 * and Chinese ideographs by the tables beside this file, accents left off, digits of any script by
 * their value, signs replaced. What has no Latin form becomes a full stop. A text that has one stays as
 * it is.
 */
export function bankTextOf(text: string): string {
  const latin = [...printed(text).matchAll(WORD)].map(([word]) => latinWord(word)).join('');
  return [...latin]
    .map((character) => (CHARACTER_SET.test(character) ? character : '.'))
    .join('')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\/{2,}/g, '/')
    .trim()
    .replace(/^[/ ]+/, '');
}

/** The same, cut to what a field holds. What must not be cut is measured before: `bankTextOf`. */
export const toBankText = (text: string, maxLength: number): string =>
  bankTextOf(text).slice(0, maxLength).trimEnd();

/** True where the bank would read a letter or a digit, and not only signs, or nothing. */
export const isReadable = (text: string): boolean => LETTER_OR_DIGIT.test(bankTextOf(text));

/**
 * True where every letter and number of the text has a Latin form by our rules, so that no name is
 * mutilated. Ideographs have one only where they are Chinese (`hasChinese`): what is read otherwise in
 * Japan and Korea can't be told from the text.
 */
export const isLatinizable = (text: string, { hasChinese = true } = {}): boolean =>
  [...printed(text)].every(
    (character) =>
      !WRITTEN.test(character) ||
      (latinOf(character) !== undefined && (hasChinese || !isHan(character))),
  );

/** Composed, without what only steers the writing; a tab or a new line is a space. */
const printed = (text: string): string =>
  text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .normalize('NFC')
    .replaceAll(SIGN_OF_WORDS, spelled);

/**
 * A sign that stands for words of another script (㈜ is (주), ㈱ is (株)) is those words: they have a Latin
 * form or none, as if they were written out. What is Latin as it stands (™, ①) is left alone.
 */
const spelled = (sign: string): string => {
  const words = sign.normalize('NFKC');
  return latinOf(sign) === undefined && WRITTEN.test(words) ? words : sign;
};

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
  return latinLetters(character.toLowerCase()) ?? digitOf(character);
}

const DECIMAL = /^\p{Nd}$/u;
const TEN = 10;

/** A digit of any script. Unicode has each script's in a row from 0 to 9, and rows begin with a 0. */
function digitOf(character: string): string | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  let before = 0;
  while (DECIMAL.test(String.fromCodePoint(codePoint - before))) before += 1;
  return before === 0 ? undefined : String((before - 1) % TEN);
}
