import type { Stripe } from 'stripe';
import type { Actor } from './endpoint.ts';
import { createMandate, type MandateValues, takeMandate } from './mandates.ts';
import { createPaymentMethod, type MethodValues, takePaymentMethod } from './payment-methods.ts';

/** What a request tells of how the buyer pays. */
export type HowToPay = {
  payment_method?: string | undefined;
  payment_method_data?: MethodValues | undefined;
  mandate?: string | undefined;
  mandate_data?: MandateValues | undefined;
};

/**
 * The payment method that a request chooses, with the mandate that comes with it; undefined where
 * it chooses none.
 * @throws StripeApiError 400 for a method or a mandate that does not exist or can't be used.
 */
export function chooseMethod(
  actor: Actor,
  intentId: string,
  given: HowToPay,
): Stripe.PaymentMethod['id'] | undefined {
  const { world, account } = actor;
  const { payment_method: named, payment_method_data: described } = given;
  if (given.mandate !== undefined) {
    world.mandates.set(intentId, takeMandate(actor, given.mandate).id);
  }
  if (named === undefined && described === undefined) return undefined;
  const used =
    named === undefined
      ? createPaymentMethod(actor, described as MethodValues)
      : takePaymentMethod(world, account, named);
  if (given.mandate_data) {
    const mandate = createMandate(actor, { data: given.mandate_data, used, singleUse: undefined });
    world.mandates.set(intentId, mandate.id);
  }
  return used.paymentMethod.id;
}
