import {
  AmountNotPositiveError,
  CurrencyMismatchError,
  InvalidMoneyError,
  InvalidRationalError,
  InvalidWeightsError,
} from '../../../src/money/errors.ts';

describe('An error of money', () => {
  it.each([
    {
      made: () => new CurrencyMismatchError('USD', 'EUR'),
      name: 'CurrencyMismatchError',
      code: 'money.currency_mismatch',
      message: 'Expected an amount in USD but received one in EUR.',
    },
    {
      made: () => new AmountNotPositiveError('USD', -1n),
      name: 'AmountNotPositiveError',
      code: 'money.amount_not_positive',
      message: 'Expected more than zero USD but received -1 minor units.',
    },
    {
      made: () => new InvalidWeightsError([1n, -1n]),
      name: 'InvalidWeightsError',
      code: 'money.weights_invalid',
      message:
        'Weights must not be negative and at least one must be above zero, received [1, -1].',
    },
    {
      made: () => new InvalidRationalError('1/0'),
      name: 'InvalidRationalError',
      code: 'money.rational_invalid',
      message: 'Expected a non-negative exact number, received 1/0.',
    },
    {
      made: () => new InvalidMoneyError('What was wrong.'),
      name: 'InvalidMoneyError',
      code: 'money.invalid',
      message: 'What was wrong.',
    },
  ])('tells its name, its code and what was received: $code', ({ made, name, code, message }) => {
    expect(made()).toMatchObject({ name, code, message });
  });
});
