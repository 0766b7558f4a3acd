import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';
import { startReceiver } from './stripe-sandbox.support.ts';

let stripe: StripeUnderTest;
beforeAll(async () => {
  stripe = await startStripe({ webhookRetryDelaysMs: [] });
});
afterAll(() => stripe.stop());

const aHalfHourOfEvents = async (): Promise<void> => {
  for (let count = 0; count < 3; count += 1) {
    const { id } = await stripe.direct.paymentIntents.create({ amount: 1_000, currency: 'usd' });
    stripe.sandbox.control.pay(id);
  }
};

describe('the feed of undelivered events', () => {
  it('has what was dropped, of the types we act on, and nothing that was delivered', async () => {
    const { sandbox, product, direct } = stripe;
    const receiver = await startReceiver();
    sandbox.control.addWebhookEndpoint({ url: receiver.url });
    await aHalfHourOfEvents();
    await sandbox.control.webhooksSettled();
    sandbox.control.setWebhookMode({ mode: 'drop' });
    await aHalfHourOfEvents();

    const feed = stripeEventFeed(product, { livemode: false });
    const now = new Date();
    const range = { from: new Date(now.getTime() - 60_000), until: now, now };
    const { messages, next } = await feed.undelivered({ ...range, after: undefined });
    const lost = await direct.events.list({ delivery_success: false, limit: 100 });
    expect(lost.data.length).toBeGreaterThan(messages.length);
    expect(messages).toHaveLength(3);
    expect(new Set(messages.map(({ eventType }) => eventType))).toEqual(
      new Set(['payment_intent.succeeded']),
    );
    expect(next).toBeUndefined();
    await receiver.stop();
  });

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

  it('goes on where a page ended', async () => {
    const { sandbox, product } = stripe;
    sandbox.control.setWebhookMode({ mode: 'drop' });
    for (let count = 0; count < 34; count += 1) await aHalfHourOfEvents();
    const feed = stripeEventFeed(product, { livemode: false });
    const now = new Date();
    const range = { from: new Date(now.getTime() - 60_000), until: now, now };
    const first = await feed.undelivered({ ...range, after: undefined });
    expect(first.messages).toHaveLength(100);
    const second = await feed.undelivered({ ...range, after: first.next });
    const ids = [...first.messages, ...second.messages].map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(second.next).toBeUndefined();
  });
});
