import type { CurrencyCode } from './currency.ts';

/** Two currencies met in an operation that only makes sense in one. */
export class CurrencyMismatchError extends Error {
  override readonly name = 'CurrencyMismatchError';
  readonly code = 'money.currency_mismatch';
  readonly expected: CurrencyCode;
  readonly received: CurrencyCode;

  constructor(expected: CurrencyCode, received: CurrencyCode) {
    super(`Expected an amount in ${expected} but received one in ${received}.`);
    this.expected = expected;
    this.received = received;
  }
}

/** An amount of zero or less stood where only a positive one has a meaning. */
export class AmountNotPositiveError extends Error {
  override readonly name = 'AmountNotPositiveError';
  readonly code = 'money.amount_not_positive';
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;

  constructor(currency: CurrencyCode, amountMinor: bigint) {
    super(`Expected more than zero ${currency} but received ${amountMinor} minor units.`);
    this.currency = currency;
    this.amountMinor = amountMinor;
  }
}

/** An amount can't be split by these weights: none given, one negative, or all zero. */
export class InvalidWeightsError extends Error {
  override readonly name = 'InvalidWeightsError';
  readonly code = 'money.weights_invalid';
  readonly weights: readonly bigint[];

  constructor(weights: readonly bigint[]) {
    super(
      `Weights must not be negative and at least one must be above zero, received [${weights.join(', ')}].`,
    );
    this.weights = weights;
  }
}

/** A rational would have had a negative numerator or a denominator that is not above zero. */
export class InvalidRationalError extends Error {
  override readonly name = 'InvalidRationalError';
  readonly code = 'money.rational_invalid';

  constructor(received: string) {
    super(`Expected a non-negative exact number, received ${received}.`);
  }
}

/** Text that should be an amount of money in its JSON form is something else. */
export class InvalidMoneyError extends Error {
  override readonly name = 'InvalidMoneyError';
  readonly code = 'money.invalid';

  constructor(message: string) {
    super(message);
  }
}
