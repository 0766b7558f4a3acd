import type { Stripe } from 'stripe';
import { type TestCard, testCard } from './cards.ts';
import { endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import type { World } from './world.ts';

export const emptyAddress: Stripe.Address = {
  ...{ city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
};

/** The buyer's details, none of which a test token carries. */
export function emptyBillingDetails() {
  return { address: { ...emptyAddress }, email: null, name: null, phone: null, tax_id: null };
}

export type UsedCard = { paymentMethod: Stripe.PaymentMethod; card: TestCard };

/**
 * The card to pay with. Each use of a `pm_card_…` token makes a payment method of its own, as
 * Stripe does.
 * @throws StripeApiError 400 resource_missing for a token or id that the sandbox does not know.
 */
export function takePaymentMethod(world: World, account: string, id: string): UsedCard {
  const existing = world.store.find('payment_method', account, id);
  const existingCard = world.cards.get(id);
  if (existing && existingCard) return { paymentMethod: existing, card: existingCard };
  const card = testCard(id);
  if (!card) {
    throw resourceMissing({ what: 'PaymentMethod', id, param: 'payment_method', status: 400 });
  }
  const paymentMethod = world.store.insert('payment_method', account, build(world, card));
  world.cards.set(paymentMethod.id, card);
  return { paymentMethod, card };
}

function build(world: World, card: TestCard): Stripe.PaymentMethod {
  return {
    id: world.ids.next('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: emptyBillingDetails(),
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: 'unchecked',
      },
      country: card.country,
      display_brand: card.brand,
      exp_month: 12,
      exp_year: world.clock().getUTCFullYear() + 2,
      fingerprint: `sandbox${card.brand}${card.last4}`,
      funding: card.funding,
      generated_from: null,
      last4: card.last4,
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.nowSeconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

export const paymentMethodEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/payment_methods/:id',
    parameters: {},
    returns: { kind: 'payment_method' },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const found = world.store.find('payment_method', account, id);
      if (found) return found;
      throw resourceMissing({ what: 'PaymentMethod', id, param: 'payment_method' });
    },
  }),
];
