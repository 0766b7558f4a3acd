import type { Stripe } from 'stripe';
import { startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { refusal, sdk, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox();

const card = { payment_method_types: ['card'], payment_method: 'pm_card_visa', confirm: true };

/** A succeeded payment with its charge, and the balance transaction it settled as. */
async function pay(params: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<{
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  settled: Stripe.BalanceTransaction;
}> {
  const intent = await running().stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: 'eur', ...card, ...params },
    expand: ['latest_charge.balance_transaction'],
  });
  const charge = intent.latest_charge as Stripe.Charge;
  return { intent, charge, settled: charge.balance_transaction as Stripe.BalanceTransaction };
}

describe('a payment', () => {
  it('succeeds and settles in the platform currency, less the conversion and the fee', async () => {
    const { intent, charge, settled } = await pay({
      transfer_group: 'trade-1',
      metadata: { trade_id: 'trade-1' },
    });

    expect(intent).toMatchObject({
      object: 'payment_intent',
      status: 'succeeded',
      amount_received: 10_000,
      transfer_group: 'trade-1',
    });
    expect(charge).toMatchObject({
      object: 'charge',
      captured: true,
      currency: 'eur',
      transfer_group: 'trade-1',
      metadata: { trade_id: 'trade-1' },
    });
    // 100.00 EUR × 1.10 × 0.99 = 108.90 USD; 1.5 % of it is 1.6335, so 1.63, and 0.25 more.
    expect(settled).toMatchObject({
      ...{ amount: 10_890, currency: 'usd', fee: 188, net: 10_702, exchange_rate: 1.089 },
      ...{ type: 'charge', source: charge.id, status: 'available' },
    });
  });

  it('waits for the buyer, who confirms with the client secret and sees no metadata', async () => {
    const { sandbox, stripe } = running();
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 5_000, currency: 'usd', metadata: { trade_id: 't' } },
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    expect(intent.status).toBe('requires_payment_method');
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_\\w+$`));

    const browser = sdk(sandbox, sandbox.publishableKey);
    const wrong = { client_secret: `${intent.id}_secret_x`, payment_method: 'pm_card_visa' };
    const denied = await refusal(browser.paymentIntents.confirm(intent.id, wrong as never));
    expect(denied.statusCode).toBe(400);

    const right = { client_secret: intent.client_secret, payment_method: 'pm_card_visa' };
    const paid = await browser.paymentIntents.confirm(intent.id, right as never);
    expect(paid.status).toBe('succeeded');
    expect(paid).not.toHaveProperty('metadata');
    expect((await refusal(browser.transfers.list())).code).toBe('secret_key_required');
  });

  it('that is declined asks for another payment method and keeps the failed charge', async () => {
    const { stripe } = running();
    const declined = await refusal(pay({ payment_method: 'pm_card_chargeDeclined' }));
    expect(declined).toMatchObject({
      ...{ statusCode: 402, type: 'StripeCardError', code: 'card_declined' },
      decline_code: 'generic_decline',
    });
    const intent = await stripe.paymentIntents.retrieve(declined.payment_intent?.id ?? '');
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ status: 'failed', balance_transaction: null });
  });
});

describe('a payment intent', () => {
  it('is authorized, captured in part, and no longer cancelable', async () => {
    const { stripe } = running();
    const { intent } = await pay({ capture_method: 'manual' });
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 10_000 });
    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4_000 });
    const canceled = await refusal(stripe.paymentIntents.cancel(intent.id));
    expect(canceled.code).toBe('payment_intent_unexpected_state');
  });

  it('is given back by the card network where nobody captures it for seven days', async () => {
    const { sandbox, stripe } = running();
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 10_000, currency: 'usd', capture_method: 'manual', confirm: true },
      ...{ payment_method: 'pm_card_visa', payment_method_types: ['card'] },
    });
    expect(intent.status).toBe('requires_capture');
    sandbox.control.advanceClock(7 * 24 * 60 * 60);
    const expired = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(expired).toMatchObject({
      ...{ status: 'canceled', cancellation_reason: 'automatic', amount_capturable: 0 },
      latest_charge: { captured: false, refunded: true, balance_transaction: null },
    });
    expect(sandbox.control.eventTypes().slice(-2)).toEqual([
      ...['charge.expired', 'payment_intent.canceled'],
    ]);
  });

  it('is canceled before it was paid', async () => {
    const { stripe } = running();
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const canceled = await stripe.paymentIntents.cancel(intent.id, {
      cancellation_reason: 'abandoned',
    });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
  });

  it('is found by its metadata and status', async () => {
    const { stripe } = running();
    const { intent } = await pay({ metadata: { trade_id: "o'neil" } });
    await pay({ metadata: { trade_id: 'another' } });
    const found = await stripe.paymentIntents.search({
      query: "metadata['trade_id']:'o\\'neil' AND status:'succeeded'",
    });
    expect(found.data.map(({ id }) => id)).toEqual([intent.id]);
    const none = await stripe.paymentIntents.search({
      query: `metadata["trade_id"]:"o'neil" AND -status:"succeeded"`,
    });
    expect(none.data).toEqual([]);
  });

  it.each([
    ['below the minimum', { amount: 10 }, 'amount_too_small'],
    ['above twelve digits', { amount: 1_000_000_000_000 }, 'amount_too_large'],
    ['a fraction of a minor unit', { amount: 10.5 }, 'parameter_invalid_integer'],
    ['not positive', { amount: 0 }, 'parameter_invalid_integer'],
  ])('is refused when its amount is %s', async (_case, params, code) => {
    const refused = await refusal(
      running().stripe.paymentIntents.create({ currency: 'usd', ...params }),
    );
    expect(refused).toMatchObject({ statusCode: 400, code, param: 'amount' });
  });
});

describe('a refund', () => {
  it('takes the money back in parts that add up to what the charge brought', async () => {
    const { stripe } = running();
    const { charge, settled } = await pay({ amount: 9_999 });
    const parts = await Promise.all(
      [3_333, 3_333, 3_333].map((amount) =>
        stripe.refunds.create({
          ...{ charge: charge.id, amount, expand: ['balance_transaction'] },
        }),
      ),
    );
    const taken = parts.map((part) => part.balance_transaction as Stripe.BalanceTransaction);
    expect(taken.reduce((sum, each) => sum + each.amount, 0)).toBe(-settled.amount);

    const again = await refusal(stripe.refunds.create({ charge: charge.id }));
    expect(again.code).toBe('charge_already_refunded');
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ refunded: true });
  });

  it('is never more than what is left', async () => {
    const { stripe } = running();
    const { charge } = await pay({ amount: 1_000, currency: 'usd' });
    await stripe.refunds.create({ charge: charge.id, amount: 500 });
    const refused = await refusal(stripe.refunds.create({ charge: charge.id, amount: 600 }));
    expect(refused.message).toBe(
      'Refund amount ($6.00) is greater than unrefunded amount on charge ($5.00)',
    );
  });
});

describe('the door', () => {
  it.each(['sk_test_51Abc', 'sk_live_51Abc', 'rk_test_other'])(
    'refuses the key %s',
    async (key) => {
      const refused = await refusal(sdk(running().sandbox, key).balance.retrieve());
      expect(refused).toMatchObject({ statusCode: 401, code: 'invalid_api_key' });
    },
  );

  it('does not open beside a live key', async () => {
    const start = startStripeSandbox({ env: { STRIPE_SECRET_KEY: 'sk_live_51Abc' } });
    await expect(start).rejects.toMatchObject({ code: 'SANDBOX.LIVE_KEY_PRESENT' });
  });

  it('answers an unknown route with an error that the SDK sees as one', async () => {
    const refused = await refusal(running().stripe.subscriptions.list());
    expect(refused.statusCode).toBe(404);
    expect(refused.message).toContain('Unrecognized request URL (GET: /v1/subscriptions)');
  });

  it('names unknown and missing parameters, and those it does not support yet', async () => {
    const { stripe } = running();
    const create = (params: object) => refusal(stripe.transfers.create(params as never));
    expect(
      await create({ amount: 1, currency: 'usd', destination: 'acct_x', when: 'now' }),
    ).toMatchObject({
      code: 'parameter_unknown',
      param: 'when',
    });
    expect(await create({ currency: 'usd', destination: 'acct_x' })).toMatchObject({
      code: 'parameter_missing',
      param: 'amount',
    });
    const later = stripe.paymentIntents.create({
      ...{ amount: 100, currency: 'usd', application_fee_amount: 1 },
    });
    expect(await refusal(later)).toMatchObject({
      code: 'sandbox_unsupported',
      param: 'application_fee_amount',
    });
  });
});
