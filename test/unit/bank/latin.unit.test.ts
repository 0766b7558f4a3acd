import * as fc from 'fast-check';
import { isLatinizable, toBankText } from '../../../src/adapters/bank/latin/latin.ts';

describe('A name in the bank’s character set', () => {
  it.each([
    ['한빛광학 주식회사', 'Hanbitgwanghak Jusikhoesa'],
    ['김철수', 'Gimcheolsu'],
    ['서울', 'Seoul'],
    ['北京科技有限公司', 'Beijingkejiyouxiangongsi'],
    ['上海进出口贸易', 'Shanghaijinchukoumaoyi'],
    ['新能源 Trading Co., Ltd.', 'Xinnengyuan Trading Co., Ltd.'],
    ['Дмитрий Щукин', 'Dmitriy Shchukin'],
    ['ООО «РОМАШКА»', 'OOO .ROMASHKA.'],
    ['ЩУКИН', 'SHCHUKIN'],
    ['Їжак Ґанок', 'Yizhak Ganok'],
    ['Ђорђе Љубић', 'Djordje Ljubic'],
    ['объект', 'obekt'],
    ['Ελληνικά Ψάρια', 'Ellinika Psaria'],
    ['Müller & Söhne GmbH', 'Muller + Sohne GmbH'],
    ['Øresund Åse', 'Oresund Ase'],
    ['Łódź Straße', 'Lodz Strasse'],
    ['Đặng Văn', 'Dang Van'],
    ['İstanbul', 'Istanbul'],
    ['ﬁrma', 'firma'],
    ['㈜한빛광학', '(Ju)Hanbitgwanghak'],
    ['(주)한빛광학', '(Ju)Hanbitgwanghak'],
    ['Ⓐⓑ ㎏ ℅ ℡', 'Ab kg c/o TEL'],
    ['ＨＡＮＢＩＴ　ＣＯ ＆ Studio²', 'HANBIT CO . Studio2'],
    ['Brand™ ★ ®', 'BrandTM . .'],
    ['“quoted” – dash…', "'quoted' - dash..."],
    ['a@b_c;d', 'a(at)b-c,d'],
    ['//slash//es', 'slash/es'],
    ['  two   spaces ', 'two spaces'],
    ['/ /slash', 'slash'],
    ['١٢٣٤٥', '12345'],
    ['๑๒๓ ०१२ ５６', '123 012 56'],
    ['𝟗𝟎𝟏', '901'],
    ['zero\u200bwidth\u202e', 'zerowidth'],
    ['two\nlines\tof text', 'two lines of text'],
    ["O'Neill-Smith (UK), No. 5/7: +1?", "O'Neill-Smith (UK), No. 5/7: +1?"],
  ])('%s is %s', (text, expected) => {
    expect(toBankText(text, 140)).toBe(expected);
    expect(isLatinizable(text)).toBe(true);
  });

  it.each([
    'カタカナ',
    '㋐',
    '㍿ア',
    '㈠',
    '㌀',
    'שלום',
    'مرحبا',
    'ไทย',
    'हिन्दी',
    'No. ½',
    '〇',
    '㐀',
    '⼈',
  ])('%s has no Latin form by our rules: the seller must give one', (text) => {
    expect(isLatinizable(text)).toBe(false);
  });
});

describe('Any text in the bank’s character set', () => {
  it('has every digit that Unicode has by its value', () => {
    const digits = Array.from({ length: 0x11_0000 }, (_unused, codePoint) => codePoint)
      .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
      .map((codePoint) => String.fromCodePoint(codePoint))
      .filter((character) => /^\p{Nd}$/u.test(character));
    const values = digits.map((digit) => toBankText(digit, 1)).join('');
    expect(values).toBe('0123456789'.repeat(digits.length / 10));
  });

  it('takes ideographs as Chinese only where they are', () => {
    expect(isLatinizable('田中')).toBe(true);
    expect(isLatinizable('田中', { hasChinese: false })).toBe(false);
    expect(isLatinizable('㈱Tanaka', { hasChinese: false })).toBe(false);
    expect(isLatinizable('㍿Tanaka', { hasChinese: false })).toBe(false);
    expect(isLatinizable('㈜서울', { hasChinese: false })).toBe(true);
    expect(isLatinizable('서울 Tanaka', { hasChinese: false })).toBe(true);
  });

  it('is in the character set, no longer than asked and stable, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 70 }), (text, max) => {
        const latin = toBankText(text, max);
        expect(latin).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
        expect(latin.length).toBeLessThanOrEqual(max);
        expect(latin).not.toMatch(/^\/|\/\/|^ | $/);
        expect(toBankText(latin, max)).toBe(latin);
      }),
    );
  });

  it('leaves what is in the character set as it is', () => {
    const unit = fc.constantFrom(..."ABCxyz0189-?:().,'+");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 70 }), (text) => {
        expect(toBankText(text, 70)).toBe(text);
      }),
    );
  });

  it('reads every syllable of Korean and every ideograph as letters', () => {
    const letter = fc.oneof(
      fc.integer({ min: 0xac00, max: 0xd7a3 }),
      fc.integer({ min: 0x4e00, max: 0x9fff }),
    );
    fc.assert(
      fc.property(letter, (codePoint) => {
        expect(toBankText(String.fromCodePoint(codePoint), 20)).toMatch(/^[A-Z][a-z]*$/);
      }),
    );
  });
});
