import { exportDeclarationOf } from '../../../src/customs/export-declaration.ts';
import { CustomsPolicy } from '../../../src/customs/policy.ts';
import { type Money, money } from '../../../src/money/money.ts';

const usual = CustomsPolicy.parse({});
const line = (hsCode: string, value: Money, weightGrams = 1_000) => ({
  ...{ hsCode, value, weightGrams },
  originCountry: 'US',
});
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

const of = (from: string, to: string, ...lines: readonly ReturnType<typeof line>[]) =>
  exportDeclarationOf({ from, to, lines }, usual);

describe('An export from the United States', () => {
  it('is declared above 2,500.00 USD under one code, however many lines it has', () => {
    const one = line('850440', usd(125_000n));
    const other = line('854442', usd(250_000n));
    expect(of('US', 'DE', one, other, one)).toEqual({ kind: 'not_required' });
    const more = line('850440', usd(1n));
    expect(of('US', 'DE', one, other, one, more)).toEqual({ kind: 'required', lines: [0, 2, 3] });
  });

  it('to its own territory is none', () => {
    expect(of('US', 'PR', line('850440', usd(900_000n)))).toEqual({ kind: 'not_required' });
  });

  it('in another currency is for a person to look at', () => {
    expect(of('US', 'DE', line('850440', eur(1n)))).toEqual({ kind: 'undetermined' });
  });
});

describe('An export from the European Union', () => {
  it('is declared above 1,000.00 EUR together', () => {
    const half = line('850440', eur(50_000n));
    expect(of('FR', 'CH', half, half)).toEqual({ kind: 'not_required' });
    expect(of('FR', 'CH', half, half, line('010121', eur(1n)))).toEqual({
      ...{ kind: 'required', lines: [0, 1, 2] },
    });
  });

  it('is declared above 1,000 kg, whatever it is worth and in whatever currency', () => {
    const heavy = line('252329', usd(1n), 500_000);
    expect(of('DE', 'GB', heavy, { ...heavy, weightGrams: 500_001 }).kind).toBe('required');
  });

  it('within it is none', () => {
    expect(of('DE', 'FR', line('850440', eur(9_000_000n)))).toEqual({ kind: 'not_required' });
  });
});

it('An export from where no threshold is known needs none that we know of', () => {
  expect(of('KR', 'US', line('850440', usd(9_000_000n)))).toEqual({ kind: 'not_required' });
});
