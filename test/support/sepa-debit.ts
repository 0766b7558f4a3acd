import type Stripe from 'stripe';

/** As long as such a debit takes on average; Stripe says up to fourteen business days. */
export const DEBIT_SECONDS = 8 * 86_400;

/** What a buyer confirms a payment with who pays by SEPA debit, from an account that has the money. */
export async function sepaDebit(stripe: Stripe): Promise<Stripe.PaymentIntentConfirmParams> {
  const { id } = await stripe.paymentMethods.create({
    ...{ type: 'sepa_debit', sepa_debit: { iban: 'DE89370400440532013000' } },
    billing_details: { name: 'Jane Doe', email: 'jane@example.com' },
  });
  const mandate_data = { customer_acceptance: { type: 'offline' as const } };
  return { payment_method: id, mandate_data };
}
