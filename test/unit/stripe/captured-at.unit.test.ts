import type Stripe from 'stripe';
import { capturedAtSeconds } from '../../../src/adapters/stripe/captured-at.ts';

const chargedAt = 1_771_335_101;
const bookedAt = 1_772_026_313;

const capturedAt = (type: string | null): number =>
  capturedAtSeconds(
    {
      created: chargedAt,
      payment_method_details:
        type === null ? null : ({ type } as Stripe.Charge.PaymentMethodDetails),
    },
    { created: bookedAt },
  );

describe('When the money of a charge was taken', () => {
  it.each(['card', 'link'])('by %s is when it was charged, however late it is booked', (type) => {
    expect(capturedAt(type)).toBe(chargedAt);
  });

  it.each([
    ...['sepa_debit', 'us_bank_account', 'bacs_debit', 'au_becs_debit', 'acss_debit'],
    ...['nz_bank_account', 'customer_balance', 'konbini', 'a_way_of_next_year'],
  ])('by %s is when it was booked: the charge may be days older than the money', (type) => {
    expect(capturedAt(type)).toBe(bookedAt);
  });

  it('is when it was booked, where Stripe does not say how it was paid', () => {
    expect(capturedAt(null)).toBe(bookedAt);
  });
});
