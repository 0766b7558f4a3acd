import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';

/** A Stripe account in test mode, behind the official SDK. Nothing else may be known of it. */
export type StripeAccount = {
  readonly stripe: Stripe;
  /** A connected account that can receive transfers in US dollars; undefined where there is none. */
  readonly destination: string | undefined;
};

type Suite = () => StripeAccount;

/**
 * What the product relies on at Stripe, said without any means but Stripe's own API: the same suite
 * holds for the sandbox and, where a test key is set, for Stripe itself.
 */
export const describeStripe = (name: string, account: () => Promise<StripeAccount>): void => {
  describe(`${name} as Stripe`, () => {
    let current: StripeAccount;
    beforeAll(async () => {
      current = await account();
    });
    const suite = () => current;
    describePayments(suite);
    describeKeys(suite);
    describeRefunds(suite);
    describeTransfers(suite);
    describeDisputes(suite);
  });
};

const paid = (stripe: Stripe, changes: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    ...{ amount: 2_000, currency: 'usd', confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...{ payment_method: 'pm_card_bypassPending', expand: ['latest_charge'], ...changes },
  });

const chargeOf = (intent: Stripe.PaymentIntent): Stripe.Charge => intent.latest_charge as never;

async function refused(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error('Expected Stripe to refuse.');
}

const describePayments = (suite: Suite): void => {
  it('pays an intent by card and credits it, less a fee', async () => {
    const { stripe } = suite();
    const intent = await paid(stripe, { metadata: { order: '7' } });
    expect(intent).toMatchObject({
      ...{ object: 'payment_intent', status: 'succeeded', amount_received: 2_000 },
      ...{ livemode: false, metadata: { order: '7' } },
    });
    const { balance_transaction: credit } = await stripe.charges.retrieve(chargeOf(intent).id, {
      expand: ['balance_transaction'],
    });
    const booked = credit as Stripe.BalanceTransaction;
    expect(booked.net).toBe(booked.amount - booked.fee);
    expect(booked.type).toBe('charge');
  });

  it('holds an amount and takes a part of it', async () => {
    const { stripe } = suite();
    const held = await paid(stripe, { capture_method: 'manual' });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2_000 });
    const part = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 });
    expect(part).toMatchObject({ status: 'succeeded', amount_received: 500 });
  });

  it('cancels an open intent, and no paid one', async () => {
    const { stripe } = suite();
    const open = await stripe.paymentIntents.create({ amount: 2_000, currency: 'usd' });
    expect((await stripe.paymentIntents.cancel(open.id)).status).toBe('canceled');
    const { id } = await paid(stripe);
    expect((await refused(stripe.paymentIntents.cancel(id))).code).toBe(
      'payment_intent_unexpected_state',
    );
  });

  it('declines with a card error', async () => {
    const { stripe } = suite();
    const declined = await refused(paid(stripe, { payment_method: 'pm_card_chargeDeclined' }));
    expect(declined).toMatchObject({ statusCode: 402, code: 'card_declined' });
  });

  it('refuses what it does not know by name', async () => {
    const { stripe } = suite();
    const params = { amount: 2_000, currency: 'usd', whatever: '1' } as never;
    expect(await refused(stripe.paymentIntents.create(params))).toMatchObject({
      ...{ statusCode: 400, code: 'parameter_unknown', param: 'whatever' },
    });
    expect(await refused(stripe.paymentIntents.retrieve('pi_does_not_exist'))).toMatchObject({
      ...{ statusCode: 404, code: 'resource_missing' },
    });
  });
};

const describeKeys = (suite: Suite): void => {
  it('answers a repeated key as it did, and refuses it for other parameters', async () => {
    const { stripe } = suite();
    const options = { idempotencyKey: `tradelane-${randomUUID()}` };
    const params = { amount: 2_000, currency: 'usd' };
    const first = await stripe.paymentIntents.create(params, options);
    expect((await stripe.paymentIntents.create(params, options)).id).toBe(first.id);
    const other = stripe.paymentIntents.create({ ...params, amount: 2_001 }, options);
    expect((await refused(other)).rawType).toBe('idempotency_error');
  });
};

const describeRefunds = (suite: Suite): void => {
  it('refunds in parts up to the whole', async () => {
    const { stripe } = suite();
    const charge = chargeOf(await paid(stripe)).id;
    const refund = await stripe.refunds.create({ charge, amount: 500 });
    expect(refund).toMatchObject({ object: 'refund', amount: 500, status: 'succeeded' });
    const over = await refused(stripe.refunds.create({ charge, amount: 1_600 }));
    expect(over.message).toContain('greater than unrefunded amount on charge ($15.00)');
    await stripe.refunds.create({ charge });
    expect((await refused(stripe.refunds.create({ charge }))).code).toBe('charge_already_refunded');
  });
};

const describeTransfers = (suite: Suite): void => {
  it('transfers from a charge, up to what it brought, and back', async () => {
    const { stripe, destination } = suite();
    if (destination === undefined) return;
    const source_transaction = chargeOf(await paid(stripe)).id;
    const to = { currency: 'usd', destination, source_transaction };
    const transfer_group = `tradelane-${randomUUID()}`;
    const transfer = await stripe.transfers.create({ ...to, amount: 1_000, transfer_group });
    const listed = await stripe.transfers.list({ transfer_group });
    expect(listed.data.map(({ id }) => id)).toEqual([transfer.id]);
    const over = await refused(stripe.transfers.create({ ...to, amount: 1_001 }));
    expect(over.message).toContain('must not exceed the source amount of $20.00');
    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 400 });
    expect(reversal).toMatchObject({ amount: 400, currency: 'usd', transfer: transfer.id });
    const after = await stripe.transfers.retrieve(transfer.id);
    expect(after).toMatchObject({ amount_reversed: 400, reversed: false });
  });

  it('names a destination that does not exist', async () => {
    const { stripe } = suite();
    const call = stripe.transfers.create({ amount: 1, currency: 'usd', destination: 'acct_none' });
    expect(await refused(call)).toMatchObject({ statusCode: 400, param: 'destination' });
  });
};

const describeDisputes = (suite: Suite): void => {
  it('takes the money of a disputed charge, and refuses to refund it', async () => {
    const { stripe } = suite();
    const intent = await paid(stripe, { payment_method: 'pm_card_createDispute' });
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    expect(data[0]).toMatchObject({ object: 'dispute', amount: 2_000, status: 'needs_response' });
    const refund = stripe.refunds.create({ charge: chargeOf(intent).id });
    expect((await refused(refund)).code).toBe('charge_disputed');
    const lost = await stripe.disputes.close(String(data[0]?.id));
    expect(lost.status).toBe('lost');
  });
};
