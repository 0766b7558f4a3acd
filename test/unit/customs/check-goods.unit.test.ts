import * as fc from 'fast-check';
import { incoterm } from '../../../events/common.ts';
import { checkGoods } from '../../../src/customs/check-goods.ts';
import type { GoodsDeclaration } from '../../../src/customs/declaration.ts';
import { isTariffCode } from '../../../src/customs/hs-code.ts';
import { incotermRules } from '../../../src/customs/incoterms.ts';
import { CustomsPolicy } from '../../../src/customs/policy.ts';
import { customsTerritoryOf } from '../../../src/customs/territories.ts';
import { money } from '../../../src/money/money.ts';

const usual = CustomsPolicy.parse({});
const usd = (minor: bigint) => money('USD', minor);
const line = { hsCode: '850440', originCountry: 'US', weightGrams: 18_000, value: usd(900_000n) };
const goods: GoodsDeclaration = {
  from: 'US',
  to: 'DE',
  incoterm: 'DAP',
  lines: [line, { ...line, hsCode: '854442', originCountry: 'MX', value: usd(250_000n) }],
  amount: usd(1_150_000n),
};
const offenses = (changes: Partial<GoodsDeclaration> = {}, policy: unknown = {}) =>
  checkGoods({ ...goods, ...changes }, CustomsPolicy.parse(policy)).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('A tariff code', () => {
  it.each(['010121', '970529', '850440', '8504409500', '981000', '990100'])('can be %s', (code) => {
    expect(isTariffCode(code)).toBe(true);
  });

  it.each([
    ['a chapter that is reserved', '770110'],
    ['chapter zero', '000110'],
    ['heading zero', '850040'],
    ['five digits', '85044'],
    ['eleven digits', '85044095001'],
    ['dots', '8504.40'],
    ['letters', '85044x'],
    ['nothing', ''],
  ])('is not %s', (_, code) => {
    expect(isTariffCode(code)).toBe(false);
  });

  it('is of a chapter from 01 to 99 but 77, whatever stands behind', () => {
    const digits = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        digits(2),
        (chapter, heading, rest) => {
          const code =
            [chapter, heading].map((each) => String(each).padStart(2, '0')).join('') +
            rest.join('');
          expect(isTariffCode(code)).toBe(chapter !== 0 && chapter !== 77);
        },
      ),
    );
  });
});

describe('Goods that cross a customs border', () => {
  it('are taken as they always were', () => {
    expect(offenses()).toEqual([]);
  });

  it('are refused by each line whose code no tariff has, all at once', () => {
    const lines = ['770110', '850440', '000000'].map((hsCode) => ({ ...line, hsCode }));
    expect(offenses({ lines })).toEqual([
      '/lineItems/0/hsCode customs.hs_code_unknown',
      '/lineItems/2/hsCode customs.hs_code_unknown',
    ]);
  });

  it('are not carried by air under a term for waterways', () => {
    const code = '/incoterm customs.incoterm_not_for_mode';
    for (const term of incoterm.options) {
      const isWaterway = ['FAS', 'FOB', 'CFR', 'CIF'].includes(term);
      const dutyEstimate = term === 'DDP' ? usd(1n) : undefined;
      const by = (transportMode: 'air' | 'sea' | undefined) =>
        offenses({ incoterm: term, transportMode, dutyEstimate });
      expect(by('air')).toEqual(isWaterway ? [code] : []);
      expect(by('sea')).toEqual([]);
      expect(by(undefined)).toEqual([]);
    }
  });

  it('have their duties paid by whom the term says', () => {
    const code = '/dutiesPaidBy customs.duties_paid_by_other_side';
    for (const term of incoterm.options) {
      const dutyEstimate = term === 'DDP' ? usd(1n) : undefined;
      const by = (dutiesPaidBy: 'buyer' | 'seller') =>
        offenses({ incoterm: term, dutiesPaidBy, dutyEstimate });
      expect(by('seller')).toEqual(term === 'DDP' ? [] : [code]);
      expect(by('buyer')).toEqual(term === 'DDP' ? [code] : []);
    }
  });

  it.each([
    ['DDP', undefined, ['/dutyEstimate customs.duty_estimate_missing']],
    ['DDP', usd(1_149_999n), []],
    ['DDP', usd(1_150_000n), ['/dutyEstimate customs.duty_estimate_too_large']],
    ['DAP', usd(1n), ['/dutyEstimate customs.duty_estimate_unexpected']],
  ] as const)('under %s with an estimate of %j come to %j', (term, dutyEstimate, expected) => {
    expect(offenses({ incoterm: term, dutyEstimate })).toEqual(expected);
  });

  it('are refused by every line where they are too heavy together', () => {
    expect(offenses({}, { mostWeightGrams: 35_999 })).toEqual([
      '/lineItems/0/weightGrams customs.too_heavy',
      '/lineItems/1/weightGrams customs.too_heavy',
    ]);
    expect(offenses({}, { mostWeightGrams: 36_000 })).toEqual([]);
  });

  it.each([
    [{ destinations: ['DE'] }, ['/parties/buyer/address/country customs.destination_restricted']],
    [{ destinations: ['KP'] }, []],
    [{ destinations: ['DE'], exporters: ['CN'] }, []],
    [{ hsPrefixes: ['8544'] }, ['/lineItems/1/hsCode customs.goods_restricted']],
    [{ hsPrefixes: ['85'], destinations: ['FR'] }, []],
    [{ hsPrefixes: ['85'], origins: ['US'] }, ['/lineItems/0/hsCode customs.goods_restricted']],
    [{ origins: ['MX'], destinations: ['DE'] }, ['/lineItems/1/hsCode customs.goods_restricted']],
  ])('are restricted by %j: %j', (restriction, expected) => {
    expect(offenses({}, { restrictions: [restriction] })).toEqual(expected);
  });

  it('need their export declared where the deployment says so, and name the lines', () => {
    const policy = { exportReferenceRequired: true };
    expect(offenses({}, policy)).toEqual(['/lineItems/0/value customs.export_declaration_missing']);
    expect(offenses({ exportReference: 'AES X20261123012345' }, policy)).toEqual([]);
  });
});

describe('Goods that cross none', () => {
  it.each([
    ['US', 'US'],
    ['US', 'PR'],
    ['DE', 'FR'],
    ['IT', 'MC'],
    ['CH', 'LI'],
  ])('are asked nothing, as from %s to %s', (from, to) => {
    const lines = [{ ...line, hsCode: '000000' }];
    const restrictions = [{ destinations: [to] }];
    expect(offenses({ from, to, incoterm: 'DDP', lines }, { restrictions })).toEqual([]);
  });

  it.each([
    ['NO', 'NO'],
    ['GB', 'GB'],
    ['TR', 'TR'],
    ['GF', 'EU'],
  ])('belong to a territory: %s to %s', (country, territory) => {
    expect(customsTerritoryOf(country)).toBe(territory);
  });
});

describe('The eleven terms', () => {
  it('are all there, and only DDP makes the seller pay the duties', () => {
    expect(Object.keys(incotermRules).sort()).toEqual([...incoterm.options].sort());
    const sellers = incoterm.options.filter(
      (term) => incotermRules[term].importClearance === 'seller',
    );
    expect(sellers).toEqual(['DDP']);
    const buyers = incoterm.options.filter(
      (term) => incotermRules[term].exportClearance === 'buyer',
    );
    expect(buyers).toEqual(['EXW']);
    const insured = incoterm.options.filter((term) => incotermRules[term].insurance !== null);
    expect(insured).toEqual(['CIP', 'CIF']);
  });
});

describe('Whatever is declared', () => {
  const anyLine = fc.record({
    hsCode: fc.stringMatching(/^\d{6,10}$/),
    originCountry: fc.constantFrom('US', 'CN', 'DE'),
    weightGrams: fc.integer({ min: 1, max: 1_000_000 }),
    value: fc.bigInt({ min: 1n, max: 10_000_000n }).map(usd),
  });

  it('is judged line by line: offenses of one line do not depend on the others', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (lines) => {
        const together = checkGoods({ ...goods, lines }, usual);
        const alone = lines.flatMap((each, at) =>
          checkGoods({ ...goods, lines: [each] }, usual).map((offense) => ({
            ...offense,
            pointer: offense.pointer.replace('/0/', `/${at}/`),
          })),
        );
        expect(together).toEqual(alone);
      }),
    );
  });
});
