import { isLanguage, type Language, languages } from '../../../console/tracking/language.ts';
import { messages, type Texts } from '../../../console/tracking/messages.ts';

type Group = Exclude<keyof Texts, 'count'>;
const groups: readonly Group[] = [
  ...(['status', 'next', 'parcel', 'event', 'refund', 'note', 'reason', 'label'] as const),
];

/** Every text but the counts, by its path. */
const textsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(
    groups.flatMap((group) =>
      Object.entries(messages[language][group]).map(([key, text]) => [`${group}.${key}`, text]),
    ),
  );

const placesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const english = textsOf('en');
const scripts: Partial<Record<Language, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ko: /\p{Script=Hangul}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ru: /\p{Script=Cyrillic}/u,
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
};

describe.each(languages)('The texts in %s', (language) => {
  it('fill in what the English ones do', () => {
    for (const [path, text] of Object.entries(textsOf(language))) {
      expect([path, placesOf(text)]).toEqual([path, placesOf(english[path] ?? '')]);
    }
  });

  it('are written in its script, and none is left in English', () => {
    const own = scripts[language];
    for (const [path, text] of Object.entries(textsOf(language))) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
      if (own !== undefined) expect([path, own.test(text)]).toEqual([path, true]);
      else if (language !== 'en' && text.includes(' ')) {
        expect([path, text]).not.toEqual([path, english[path]]);
      }
    }
  });

  it('have exactly the plural forms of the language, as Unicode counts them', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const forms of Object.values(messages[language].count)) {
      expect(Object.keys(forms).sort()).toEqual([...pluralCategories].sort());
    }
  });
});

it('A language that there is no text in is none', () => {
  expect(isLanguage('sv')).toBe(false);
});
