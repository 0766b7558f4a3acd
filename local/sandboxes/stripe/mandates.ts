import type { Stripe } from 'stripe';
import { type Actor, endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { group, integer, oneOf, required, text, type Values } from './parameters.ts';
import type { UsedMethod } from './payment-methods.ts';

/** How the buyer agreed to be debited. */
export const mandateData = {
  customer_acceptance: required(
    group({
      accepted_at: integer(),
      offline: group({}),
      online: group({ ip_address: required(text()), user_agent: required(text()) }),
      type: required(oneOf(['offline', 'online'])),
    }),
  ),
};

export type MandateValues = Values<typeof mandateData>;

/** Records the buyer's agreement to a debit, for one payment or for more. */
export function createMandate(
  { world, account }: Actor,
  given: {
    data: MandateValues;
    used: UsedMethod;
    singleUse: { amount: number; currency: string } | undefined;
  },
): Stripe.Mandate {
  const { accepted_at, online, type } = given.data.customer_acceptance;
  const id = world.ids.next('mandate');
  return world.store.insert('mandate', account, {
    id,
    object: 'mandate',
    customer_acceptance: {
      accepted_at: accepted_at ?? world.nowSeconds(),
      ...(type === 'online' ? { online: { ...online } } : { offline: {} }),
      type,
    } as Stripe.Mandate.CustomerAcceptance,
    livemode: false,
    ...(given.singleUse ? { single_use: given.singleUse } : { multi_use: {} }),
    payment_method: given.used.paymentMethod.id,
    payment_method_details: detailsOf(given.used, {
      reference: world.ids.characters(16).toUpperCase(),
      id,
    }),
    status: 'active',
    type: given.singleUse ? 'single_use' : 'multi_use',
  });
}

function detailsOf(
  { instrument }: UsedMethod,
  facts: { reference: string; id: string },
): Stripe.Mandate.PaymentMethodDetails {
  if (instrument.type === 'card') return { type: 'card', card: {} };
  if (instrument.type !== 'sepa_debit') return { type: instrument.type };
  const { reference, id } = facts;
  const url = `https://payments.stripe.com/sepa_debit/mandate/${id}`;
  return { type: 'sepa_debit', sepa_debit: { reference, url } };
}

/**
 * The mandate that a debit is made under; one for a single use is used up by it.
 * @throws StripeApiError 400 for none, or one that is no longer active.
 */
export function takeMandate({ world, account }: Actor, id: string): Stripe.Mandate {
  const mandate = world.store.find('mandate', account, id);
  if (!mandate) throw resourceMissing({ what: 'mandate', id, param: 'mandate', status: 400 });
  if (mandate.status !== 'active') {
    throw invalidRequest(`The mandate ${id} is not active: it can not be used again.`, {
      code: 'payment_intent_mandate_invalid',
      param: 'mandate',
    });
  }
  if (mandate.type === 'single_use') world.store.change('mandate', id, { status: 'inactive' });
  return mandate;
}

export const mandateEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/mandates/:id',
    parameters: {},
    returns: { kind: null },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const mandate = world.store.find('mandate', account, id);
      if (mandate) return mandate;
      throw resourceMissing({ what: 'mandate', id, param: 'mandate' });
    },
  }),
];
