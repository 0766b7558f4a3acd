/** The languages of the pages, by ISO 639 code, in the order of the switch, each by its own name. */
export const languageNames = {
  en: 'English',
  zh: '中文',
  ko: '한국어',
  ja: '日本語',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  it: 'Italiano',
  pt: 'Português',
  nl: 'Nederlands',
  pl: 'Polski',
  tr: 'Türkçe',
  ru: 'Русский',
  ar: 'العربية',
  hi: 'हिन्दी',
} as const;

export type Language = keyof typeof languageNames;

export const languages = Object.keys(languageNames) as readonly Language[];

export const isLanguage = (code: string): code is Language => Object.hasOwn(languageNames, code);

/** A language, and the tag by which dates and numbers are written: `de-CH` is German of Switzerland. */
export type Locale = { readonly language: Language; readonly tag: string };

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'ar' ? 'rtl' : 'ltr';

const DEFAULT: Locale = { language: 'en', tag: 'en' };
/** No browser sends so many; the rest of a longer header is not read. */
const MOST_RANGES = 20;

/** A language tag as ISO 639 and 3166 have it; what else a browser may send is left out. */
const TAG = /^([a-z]{2})(?:-[a-z]{4})?(?:-([a-z]{2}))?\b/i;

function localeOf(range: string): Locale | undefined {
  const [, code = '', region] = TAG.exec(range.trim()) ?? [];
  const language = code.toLowerCase();
  if (!isLanguage(language)) return undefined;
  return { language, tag: region === undefined ? language : `${language}-${region.toUpperCase()}` };
}

/**
 * The language that somebody chose, else the best of the `Accept-Language` header that there is,
 * else English. The region of the header is kept for dates and numbers, also for a chosen language.
 *
 * @example chooseLocale({ chosen: undefined, accepted: 'de-CH,de;q=0.9' }) // { language: 'de', tag: 'de-CH' }
 */
export function chooseLocale({
  chosen,
  accepted,
}: {
  readonly chosen: string | undefined;
  readonly accepted: string | undefined;
}): Locale {
  const preferred = acceptedLocales(accepted ?? '');
  if (chosen === undefined || !isLanguage(chosen)) return preferred[0] ?? DEFAULT;
  return preferred.find(({ language }) => language === chosen) ?? { language: chosen, tag: chosen };
}

const acceptedLocales = (header: string): readonly Locale[] =>
  header
    .split(',', MOST_RANGES)
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find(Boolean);
      return { locale: localeOf(tag), quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((left, right) => right.quality - left.quality)
    .flatMap(({ locale }) => locale ?? []);
