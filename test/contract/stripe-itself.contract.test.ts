import Stripe from 'stripe';
import { describeStripe } from '../support/describe-stripe.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

const started: StripeUnderTest[] = [];
afterAll(() => Promise.all(started.map((each) => each.stop())));

describeStripe('the sandbox', async () => {
  const sandbox = await startStripe();
  started.push(sandbox);
  return { stripe: sandbox.direct, destination: 'acct_sandbox_conformance' };
});

const key = process.env['STRIPE_SECRET_KEY'] ?? '';

if (key.startsWith('sk_test_') && !key.startsWith('sk_test_sandbox_')) {
  describeStripe('Stripe itself', async () => ({
    stripe: new Stripe(key, { telemetry: false }),
    destination: process.env['STRIPE_TEST_ACCOUNT'] || undefined,
  }));
} else {
  it.skip('Stripe itself as Stripe (skipped: STRIPE_SECRET_KEY=sk_test_… is not set)', () => {});
}
