import * as z from 'zod/mini';
import { currencyCodes, isNotMoneyCode } from './currency.ts';
import { type Money, money } from './money.ts';

/** An upper-case ISO 4217 code of real money. */
export const currencySchema = z.enum(currencyCodes, {
  error: ({ input }) =>
    isNotMoneyCode(input)
      ? `${input} is not money: expected the ISO 4217 code of a currency, such as "USD".`
      : 'Expected an upper-case ISO 4217 currency code, such as "USD".',
});

/** Codes separated by commas, such as `RUB,HRK`; none in an empty text. */
export const currencyList = z.pipe(
  z.pipe(
    z._default(z.string(), ''),
    z.transform((text) => text.split(',').filter((code) => code !== '')),
  ),
  z.array(currencySchema),
);

/** `{ "currency": "USD", "amountMinor": "1150000" }`, zero or more, as `Money`. */
export const moneySchema = moneySchemaOf(
  /^(?:0|[1-9]\d{0,17})$/,
  'Expected a decimal integer of minor units as a string, such as "1150000", with at most 18 digits and no sign, leading zero, fraction or exponent.',
);

/** As `moneySchema`, but more than zero: an amount that someone is to pay. */
export const positiveMoneySchema = moneySchemaOf(
  /^[1-9]\d{0,17}$/,
  'Expected a decimal integer of minor units above zero as a string, such as "1150000", with at most 18 digits and no sign, leading zero, fraction or exponent.',
);

/** As `moneySchema`, but it may be negative: a ledger leg or a gain that can be a loss. */
export const signedMoneySchema = moneySchemaOf(
  /^(?:0|-?[1-9]\d{0,17})$/,
  'Expected a decimal integer of minor units as a string, such as "-4940", with at most 18 digits and no plus sign, leading zero, fraction or exponent.',
);

/** An exact ratio in its JSON form: two decimal integers as strings, the denominator above zero. */
export const rationalSchema = z.strictObject({
  num: z.string().check(
    z.regex(/^(?:0|[1-9]\d{0,79})$/, {
      error: 'Expected a decimal integer as a string, such as "11699".',
    }),
  ),
  den: z.string().check(
    z.regex(/^[1-9]\d{0,79}$/, {
      error: 'Expected a decimal integer above zero as a string, such as "10000".',
    }),
  ),
});

function moneySchemaOf(amountMinorPattern: RegExp, expectation: string) {
  return z.pipe(
    z.strictObject(
      {
        currency: currencySchema,
        amountMinor: z.string({ error: expectation }).check(z.regex(amountMinorPattern)),
      },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `Expected only currency and amountMinor, received also ${issue.keys.join(', ')}.`
            : 'Expected money as { "currency": "USD", "amountMinor": "1150000" }.',
      },
    ),
    z.transform(({ currency, amountMinor }): Money => money(currency, BigInt(amountMinor))),
  );
}
