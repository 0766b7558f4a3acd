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
    ['“quoted” – dash…', "'quoted' - dash..."],
    ['a@b_c;d', 'a(at)b-c,d'],
    ['//slash//es', 'slash/es'],
    ['  two   spaces ', 'two spaces'],
    ["O'Neill-Smith (UK), No. 5/7: +1?", "O'Neill-Smith (UK), No. 5/7: +1?"],
  ])('%s is %s', (text, expected) => {
    expect(toBankText(text, 140)).toBe(expected);
    expect(isLatinizable(text)).toBe(true);
  });

  it.each(['カタカナ', 'שלום', 'مرحبا', 'ไทย', 'हिन्दी'])(
    '%s has no Latin form by our rules: the seller must give one',
    (text) => {
      expect(isLatinizable(text)).toBe(false);
    },
  );

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
