/** A quote was asked for on terms that would give money away or never lock a price. */
export class InvalidQuoteTermsError extends Error {
  override readonly name = 'InvalidQuoteTermsError';
  readonly code = 'fx.terms_invalid';
  readonly terms: Readonly<Record<string, number>>;

  constructor(terms: Readonly<Record<string, number>>) {
    super(
      `Expected whole basis points from 0 to a total below 10000 and a lock of whole seconds, received ${JSON.stringify(terms)}.`,
    );
    this.terms = terms;
  }
}
