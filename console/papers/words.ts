import { ar } from './words/ar.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { hi } from './words/hi.ts';
import { it } from './words/it.ts';
import { ja } from './words/ja.ts';
import { ko } from './words/ko.ts';
import { nl } from './words/nl.ts';
import { pl } from './words/pl.ts';
import { pt } from './words/pt.ts';
import { ru } from './words/ru.ts';
import { tr } from './words/tr.ts';
import { zh } from './words/zh.ts';

/** The words of a paper; a language that lacks one does not compile. `{n}` and `{of}` are filled in. */
export type Words = {
  readonly commercial_invoice: string;
  readonly packing_list: string;
  readonly number: string;
  readonly date: string;
  readonly seller: string;
  readonly buyer: string;
  readonly terms: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly exportReference: string;
  readonly reason: string;
  readonly sale: string;
  readonly description: string;
  readonly hsCode: string;
  readonly origin: string;
  readonly quantity: string;
  readonly weight: string;
  readonly value: string;
  readonly goods: string;
  readonly freight: string;
  readonly insurance: string;
  readonly otherCharges: string;
  readonly total: string;
  readonly parcel: string;
  readonly declaration: string;
  readonly page: string;
};

const words = { en, zh, ko, ja, es, fr, de, it, pt, nl, pl, tr, ru, ar, hi } as const;

export type PaperLanguage = keyof typeof words;

/** The languages that papers are written in (ISO 639). */
export const paperLanguages = Object.keys(words) as [PaperLanguage, ...PaperLanguage[]];

export const isPaperLanguage = (code: string): code is PaperLanguage => Object.hasOwn(words, code);

/**
 * The language that a country's papers are read in, as Unicode has it the likeliest; English where
 * the texts are not there.
 */
export function paperLanguageOf(country: string): PaperLanguage {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return isPaperLanguage(language) ? language : 'en';
}

/** The words in one language. */
export const wordsIn = (language: PaperLanguage): Words => words[language];
