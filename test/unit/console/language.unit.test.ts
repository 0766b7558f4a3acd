import { chooseLocale, languages } from '../../../console/tracking/language.ts';

const choose = (accepted?: string, chosen?: string) => chooseLocale({ accepted, chosen }).tag;

describe('The language of a page', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['sv-SE,sv;q=0.9', 'en'],
    ['de', 'de'],
    ['DE-ch, de;q=0.9', 'de-CH'],
    ['sv,fr-CA;q=0.8,en;q=0.9', 'en'],
    ['sv,fr-CA;q=0.8,en;q=0.5', 'fr-CA'],
    ['zh-Hans-CN,zh;q=0.9', 'zh-CN'],
    ['zh-TW', 'zh-TW'],
    ['pt-BR;q=0,es', 'es'],
    ['ar;q=nonsense', 'ar'],
    [`${'xx,'.repeat(30)}de`, 'en'],
  ])('for %j is %s', (accepted, tag) => {
    expect(choose(accepted)).toBe(tag);
  });

  it('is the one that was chosen, with the region of the browser where it fits', () => {
    expect(choose('de-CH,fr-CA', 'fr')).toBe('fr-CA');
    expect(choose('de-CH', 'ja')).toBe('ja');
  });

  it('is not one that there is no text in', () => {
    expect(choose('de', 'xx')).toBe('de');
    expect(choose('de', 'toString')).toBe('de');
  });

  it('is one of fifteen', () => {
    expect(languages).toHaveLength(15);
  });
});
