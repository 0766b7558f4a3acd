import { en } from './words-en.ts';
import { ko } from './words-ko.ts';

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** The texts of a language. One that is missing, or is too many, does not compile. */
export type Words = Texts<typeof en>;

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

export const words: Readonly<Record<Language, Words>> = { en, ko };

/** The text of a code that the API may add to: an unknown one is shown as it is. */
export const wordOf = (texts: Readonly<Record<string, string>>, code: string): string =>
  texts[code] ?? code;
