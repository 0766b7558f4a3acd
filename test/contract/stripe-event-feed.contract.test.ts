import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { describeEventFeed } from '../support/describe-event-feed.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';
import { startReceiver } from './stripe-sandbox.support.ts';

let stripe: StripeUnderTest;
beforeAll(async () => {
  stripe = await startStripe({ webhookRetryDelaysMs: [] });
});
afterAll(() => stripe.stop());

describeEventFeed('Stripe', async () => {
  const own = await startStripe({ webhookRetryDelaysMs: [] });
  const receiver = await startReceiver();
  own.sandbox.control.addWebhookEndpoint({ url: receiver.url });
  const pay = async (payments: number): Promise<void> => {
    for (let count = 0; count < payments; count += 1) {
      const { id } = await own.direct.paymentIntents.create({ amount: 1_000, currency: 'usd' });
      own.sandbox.control.pay(id);
    }
  };
  return {
    feed: stripeEventFeed(own.product, { livemode: false }),
    now: () => new Date(),
    deliver: async (payments) => {
      await pay(payments);
      await own.sandbox.control.webhooksSettled();
    },
    lose: (payments) => {
      own.sandbox.control.setWebhookMode({ mode: 'drop' });
      return pay(payments);
    },
    stop: async () => {
      await receiver.stop();
      await own.stop();
    },
  };
});

describe('the feed of undelivered events', () => {
  it("has a connected account's own events apart, of the types we act on there", async () => {
    const { sandbox, product, direct } = stripe;
    const { id: account } = sandbox.control.openAccount({ country: 'US' });
    sandbox.control.addWebhookEndpoint({ url: 'http://127.0.0.1:9/', connect: true });
    sandbox.control.setWebhookMode({ mode: 'drop' });
    const charge = { amount: 9_000, currency: 'usd', payment_method: 'pm_card_bypassPending' };
    const methods = { enabled: true, allow_redirects: 'never' } as const;
    await direct.paymentIntents.create({
      ...{ ...charge, confirm: true, automatic_payment_methods: methods },
    });
    await direct.transfers.create({ amount: 4_000, currency: 'usd', destination: account });
    const { id } = await direct.payouts.create(
      { amount: 4_000, currency: 'usd' },
      { stripeAccount: account },
    );
    sandbox.control.failPayout(id, 'account_closed');

    const feed = stripeEventFeed(product, { livemode: false });
    const now = new Date();
    const range = { from: new Date(now.getTime() - 60_000), until: now, now, after: undefined };
    const { messages } = await feed.undelivered({ ...range, account });
    const failed = messages.filter(({ eventType }) => eventType === 'payout.failed');
    expect(failed).toMatchObject([{ objectId: id, account }]);
    const types = new Set(messages.map(({ eventType }) => eventType));
    expect([...types].every((type) => type === 'payout.failed' || type === 'account.updated')).toBe(
      true,
    );
    const platform = await feed.undelivered(range);
    expect(platform.messages.map(({ objectId }) => objectId)).not.toContain(id);
  });
});
