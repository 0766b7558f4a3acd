import fc from 'fast-check';
import * as z from 'zod/mini';
import { moneyFromJson, moneyToJson } from '../../../src/money/json.ts';
import { money } from '../../../src/money/money.ts';
import {
  currencySchema,
  moneySchema,
  positiveMoneySchema,
  rationalSchema,
  signedMoneySchema,
} from '../../../src/money/schema.ts';
import { anyMoney } from './arbitraries.ts';

const problemsOf = (schema: z.ZodMiniType, value: unknown): string[] =>
  (z.safeParse(schema, value).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const unsigned =
  'Expected a decimal integer of minor units as a string, such as "1150000", with at most 18 digits and no sign, leading zero, fraction or exponent.';

describe('Money in JSON', () => {
  it('is a currency and a string of minor units', () => {
    expect(moneyToJson(money('USD', 1_150_000n))).toEqual({
      currency: 'USD',
      amountMinor: '1150000',
    });
  });

  it('reads back as the same money, through text', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(moneyFromJson(JSON.parse(JSON.stringify(moneyToJson(amount))))).toEqual(amount);
      }),
    );
  });

  it('names every field that is wrong', () => {
    expect(() => moneyFromJson({ currency: 'usd', amountMinor: 5 })).toThrow(
      expect.objectContaining({
        code: 'money.invalid',
        message: expect.stringMatching(/currency.*\n[\s\S]*amountMinor/),
      }),
    );
  });
});

describe('The schema of money', () => {
  it.each(['0', '1', '1150000', '9'.repeat(18)])('accepts %p minor units', (amountMinor) => {
    expect(z.parse(moneySchema, { currency: 'USD', amountMinor })).toEqual(
      money('USD', BigInt(amountMinor)),
    );
  });

  it.each([
    1_150_000,
    1.5,
    '1.5',
    '1,5',
    '-1',
    '-0',
    '+1',
    '01',
    '1e3',
    '0x10',
    '1_000',
    ' 1',
    '1 ',
    '1\n',
    '',
    '١',
    '9'.repeat(19),
    null,
    undefined,
    true,
    {},
    ['1'],
  ])('refuses %p minor units and says what is expected', (amountMinor) => {
    expect(problemsOf(moneySchema, { currency: 'USD', amountMinor })).toEqual([
      `amountMinor: ${unsigned}`,
    ]);
  });

  it.each([null, 'USD 5', 5, ['USD', '5'], undefined])('refuses %p', (value) => {
    expect(problemsOf(moneySchema, value)).toEqual([
      ': Expected money as { "currency": "USD", "amountMinor": "1150000" }.',
    ]);
  });

  it('refuses fields it does not know', () => {
    expect(
      problemsOf(moneySchema, { currency: 'USD', amountMinor: '1', amount: 0.01, scale: 2 }),
    ).toEqual([': Expected only currency and amountMinor, received also amount, scale.']);
  });

  it('names both fields when both are wrong', () => {
    expect(problemsOf(moneySchema, {})).toEqual([
      'currency: Expected an upper-case ISO 4217 currency code, such as "USD".',
      `amountMinor: ${unsigned}`,
    ]);
  });
});

describe('The schema of an amount to be paid', () => {
  it('accepts one minor unit and refuses none', () => {
    expect(z.parse(positiveMoneySchema, { currency: 'JPY', amountMinor: '1' })).toEqual(
      money('JPY', 1n),
    );
    expect(problemsOf(positiveMoneySchema, { currency: 'JPY', amountMinor: '0' })).toEqual([
      expect.stringContaining('above zero'),
    ]);
  });

  it.each(['10', '1150000', '9'.repeat(18)])('accepts %p', (amountMinor) => {
    expect(z.parse(positiveMoneySchema, { currency: 'JPY', amountMinor })).toEqual(
      money('JPY', BigInt(amountMinor)),
    );
  });

  it.each(['-1', '01', '+1', '1.5', '1x', '9'.repeat(19)])('refuses %p', (amountMinor) => {
    expect(problemsOf(positiveMoneySchema, { currency: 'JPY', amountMinor })).toEqual([
      'amountMinor: Expected a decimal integer of minor units above zero as a string, such as "1150000", with at most 18 digits and no sign, leading zero, fraction or exponent.',
    ]);
  });
});

describe('The schema of money that may be negative', () => {
  it.each(['-4940', '0', '4940', `-${'9'.repeat(18)}`])('accepts %p', (amountMinor) => {
    expect(z.parse(signedMoneySchema, { currency: 'EUR', amountMinor })).toEqual(
      money('EUR', BigInt(amountMinor)),
    );
  });

  it.each(['-0', '--1', '-01', '+1', '-', '-1.5'])('refuses %p', (amountMinor) => {
    expect(problemsOf(signedMoneySchema, { currency: 'EUR', amountMinor })).toEqual([
      'amountMinor: Expected a decimal integer of minor units as a string, such as "-4940", with at most 18 digits and no plus sign, leading zero, fraction or exponent.',
    ]);
  });
});

describe('The schema of a currency', () => {
  it('says of gold that it is not money', () => {
    expect(problemsOf(currencySchema, 'XAU')).toEqual([
      ': XAU is not money: expected the ISO 4217 code of a currency, such as "USD".',
    ]);
  });

  it.each(['usd', 'EURO', '', 978, null])('refuses %p', (value) => {
    expect(problemsOf(currencySchema, value)).toEqual([
      ': Expected an upper-case ISO 4217 currency code, such as "USD".',
    ]);
  });
});

describe('The schema of an exact ratio', () => {
  it('accepts integers as text', () => {
    expect(problemsOf(rationalSchema, { num: '11699', den: '10000' })).toEqual([]);
    expect(problemsOf(rationalSchema, { num: '0', den: '1' })).toEqual([]);
    expect(problemsOf(rationalSchema, { num: '9'.repeat(80), den: '9'.repeat(80) })).toEqual([]);
  });

  it.each(['-1', '01', '+1', '1x', 'x1', '', '9'.repeat(81)])('is never made of %p', (text) => {
    expect(problemsOf(rationalSchema, { num: text, den: text })).toHaveLength(2);
  });

  it('refuses a denominator of zero and a fraction', () => {
    expect(problemsOf(rationalSchema, { num: '1.5', den: '0' })).toEqual([
      'num: Expected a decimal integer as a string, such as "11699".',
      'den: Expected a decimal integer above zero as a string, such as "10000".',
    ]);
  });
});
