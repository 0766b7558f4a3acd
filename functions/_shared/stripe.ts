import type Stripe from 'stripe';
import { StripeSecret } from '../../src/adapters/secrets/schemas.ts';
import { createStripe } from '../../src/adapters/stripe/client.ts';
import { secret } from './secrets.ts';

/** The Stripe client of the current secret key; another one as soon as the key is rotated. */
export function stripeClient(options: {
  readonly secretArn: string;
  readonly apiBaseUrl: string | undefined;
}): () => Promise<Stripe> {
  const readSecret = secret(options.secretArn, StripeSecret);
  let current: { readonly secretKey: string; readonly stripe: Stripe } | undefined;
  return async () => {
    const { secretKey } = await readSecret();
    if (current?.secretKey !== secretKey) {
      current = { secretKey, stripe: createStripe({ secretKey, apiBaseUrl: options.apiBaseUrl }) };
    }
    return current.stripe;
  };
}
