import type { Stripe } from 'stripe';
import { headerOf, refusal, sdk, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox();

/** A charge of 100.00 EUR, settled as 108.90 USD. */
async function pay(params: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<string> {
  const intent = await running().stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: 'eur', payment_method_types: ['card'] },
    ...{ payment_method: 'pm_card_visa', confirm: true, ...params },
  });
  return String(intent.latest_charge);
}

const toSeller = { currency: 'usd', destination: 'acct_sandbox_seller' };

describe('a transfer from a charge', () => {
  it('reaches the seller, in the group of the charge', async () => {
    const { sandbox, stripe } = running();
    const charge = await pay({ transfer_group: 'trade-7' });
    const before = sandbox.control.balance('acct_sandbox_seller').available[0]?.amount ?? 0;
    const transfer = await stripe.transfers.create({
      ...{ ...toSeller, amount: 10_000, source_transaction: charge },
      metadata: { payout_id: 'p-7' },
    });
    expect(transfer).toMatchObject({
      object: 'transfer',
      transfer_group: 'trade-7',
      reversed: false,
    });

    const listed = await stripe.transfers.list({ transfer_group: 'trade-7' });
    expect(listed.data.map(({ id }) => id)).toEqual([transfer.id]);
    const balance = await stripe.balance.retrieve({}, { stripeAccount: 'acct_sandbox_seller' });
    expect(balance.available[0]).toMatchObject({ amount: before + 10_000, currency: 'usd' });
    const payment = await stripe.charges.retrieve(
      String(transfer.destination_payment),
      { expand: ['balance_transaction', 'source_transfer'] },
      { stripeAccount: 'acct_sandbox_seller' },
    );
    expect(payment.id).toMatch(/^py_/);
    expect(payment.balance_transaction).toMatchObject({ type: 'payment', amount: 10_000 });
    expect(payment.source_transfer).toMatchObject({ id: transfer.id });
  });

  it('happens once, however often it is asked for with the same key', async () => {
    const { sandbox, stripe } = running();
    const params = { ...toSeller, amount: 500, source_transaction: await pay() };
    const options = { idempotencyKey: 'payout-once' };
    const first = await stripe.transfers.create(params, options);
    const second = await stripe.transfers.create(params, options);
    expect(second.id).toBe(first.id);
    expect(headerOf(second, 'idempotent-replayed')).toBe('true');
    expect(headerOf(second, 'original-request')).toBe(headerOf(first, 'request-id'));
    const count = sandbox.control
      .requests()
      .find(({ method, path }) => method === 'POST' && path === '/v1/transfers');
    expect(count?.replayed).toBe(1);
  });
});

describe('the key of a transfer', () => {
  it('can not be used for another transfer', async () => {
    const { stripe } = running();
    const params = { ...toSeller, amount: 500, source_transaction: await pay() };
    await stripe.transfers.create(params, { idempotencyKey: 'payout-mismatch' });
    const changed = stripe.transfers.create(
      { ...params, amount: 501 },
      { idempotencyKey: 'payout-mismatch' },
    );
    expect(await refusal(changed)).toMatchObject({
      ...{ statusCode: 400, type: 'StripeIdempotencyError' },
    });
  });

  it('protects no longer once Stripe has forgotten it', async () => {
    const { sandbox, stripe } = running();
    const params = { ...toSeller, amount: 500, source_transaction: await pay() };
    const first = await stripe.transfers.create(params, { idempotencyKey: 'payout-pruned' });
    expect(sandbox.control.pruneIdempotencyKeys()).toBeGreaterThan(0);
    const second = await stripe.transfers.create(params, { idempotencyKey: 'payout-pruned' });
    expect(second.id).not.toBe(first.id);
  });

  it('remembers a refusal, but not parameters that were wrong', async () => {
    const { stripe } = running();
    const charge = await pay();
    const params = { ...toSeller, amount: 99_999, source_transaction: charge };
    const options = { idempotencyKey: 'payout-refused' };
    const first = await refusal(stripe.transfers.create(params, options));
    const second = await refusal(stripe.transfers.create(params, options));
    expect(second.headers?.['idempotent-replayed']).toBe('true');
    expect(second.message).toBe(first.message);

    const typo = { ...params, amount: 100, sorce: 'x' } as never;
    await refusal(stripe.transfers.create(typo, { idempotencyKey: 'payout-typo' }));
    const fixed = { ...params, amount: 100 };
    await stripe.transfers.create(fixed, { idempotencyKey: 'payout-typo' });
  });
});

describe('the source of a transfer', () => {
  it('gives no more than the charge settled as', async () => {
    const { stripe } = running();
    const source_transaction = await pay();
    await stripe.transfers.create({ ...toSeller, amount: 10_000, source_transaction });
    const over = stripe.transfers.create({ ...toSeller, amount: 891, source_transaction });
    expect((await refusal(over)).message).toBe(
      'Transfers using this transaction as a source must not exceed the source amount of ' +
        '$108.90. (There is already a transfer using this source, amounting to $100.00.)',
    );
    await stripe.transfers.create({ ...toSeller, amount: 890, source_transaction });
  });

  it('gives the currency it settled in, not the one it was paid in', async () => {
    const source_transaction = await pay();
    const refused = await refusal(
      running().stripe.transfers.create({
        ...{ amount: 100, currency: 'eur', destination: 'acct_sandbox_seller' },
        source_transaction,
      }),
    );
    expect(refused.message).toBe(
      "The currency of source_transaction's balance transaction (usd) must be the same as the " +
        'transfer currency (eur)',
    );
  });
});

describe('a transfer', () => {
  it('to an account that does not exist names the destination', async () => {
    const { stripe } = running();
    const call = stripe.transfers.create({
      amount: 1,
      currency: 'usd',
      destination: 'acct_invalid',
    });
    expect(await refusal(call)).toMatchObject({
      ...{ statusCode: 400, code: 'resource_missing', param: 'destination' },
      message: "No such destination: 'acct_invalid'",
    });
  });

  it('to a restricted account is refused', async () => {
    const { sandbox, stripe } = running();
    const { id: destination } = sandbox.control.openAccount({ restricted: true });
    const call = stripe.transfers.create({ amount: 1, currency: 'usd', destination });
    expect((await refusal(call)).code).toBe('insufficient_capabilities_for_transfer');
  });

  it('without a charge needs an available balance', async () => {
    const call = running().stripe.transfers.create({ ...toSeller, amount: 99_999_999 });
    expect(await refusal(call)).toMatchObject({ statusCode: 400, code: 'balance_insufficient' });
  });
});

describe('a transfer that arrived', () => {
  it('is converted to the currency of the seller', async () => {
    const { sandbox, stripe } = running();
    const { id: destination } = sandbox.control.openAccount({ country: 'JP' });
    const source_transaction = await pay();
    const transfer = await stripe.transfers.create({
      ...{ amount: 1_000, currency: 'usd', destination, source_transaction },
    });
    // 10.00 USD ÷ 1.10 × 160 × 0.99 = 1440 JPY, minor unit to minor unit 1.44.
    const [received] = (
      await stripe.balanceTransactions.list(
        { type: 'payment', source: String(transfer.destination_payment) },
        { stripeAccount: destination },
      )
    ).data;
    expect(received).toMatchObject({ amount: 1_440, currency: 'jpy', exchange_rate: 1.44 });
  });

  it('is reversed in parts up to the whole, out of the seller’s balance', async () => {
    const { sandbox, stripe } = running();
    const destination = 'acct_sandbox_reversed';
    const transfer = await stripe.transfers.create({
      ...{ amount: 1_000, currency: 'usd', destination, source_transaction: await pay() },
    });
    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 400 });
    expect(reversal).toMatchObject({ object: 'transfer_reversal', amount: 400, currency: 'usd' });
    expect(sandbox.control.balance(destination).available[0]?.amount).toBe(600);
    const over = await refusal(stripe.transfers.createReversal(transfer.id, { amount: 601 }));
    expect(over.message).toContain('is greater than unreversed amount on transfer ($6.00)');
    await stripe.transfers.createReversal(transfer.id);
    const listed = await stripe.transfers.listReversals(transfer.id);
    expect(listed.data.map(({ amount }) => amount)).toEqual([600, 400]);
    expect(await stripe.transfers.retrieve(transfer.id)).toMatchObject({ reversed: true });
  });
});

describe('a list', () => {
  it('goes page by page in both directions, newest first', async () => {
    const { sandbox } = running();
    const stripe = sdk(sandbox);
    const source_transaction = await pay({ transfer_group: 'paged' });
    const made: string[] = [];
    for (const amount of [1, 2, 3, 4, 5]) {
      made.unshift((await stripe.transfers.create({ ...toSeller, amount, source_transaction })).id);
    }
    const all: string[] = [];
    for await (const transfer of stripe.transfers.list({ transfer_group: 'paged', limit: 2 })) {
      all.push(transfer.id);
    }
    expect(all).toEqual(made);
    const back = await stripe.transfers.list({
      ...{ transfer_group: 'paged', limit: 2, ending_before: made[4] ?? '' },
      expand: ['data.source_transaction.balance_transaction'],
    });
    expect(back).toMatchObject({ has_more: true, url: '/v1/transfers' });
    expect(back.data.map(({ id }) => id)).toEqual(made.slice(2, 4));
    expect(back.data[0]?.source_transaction).toMatchObject({
      balance_transaction: { object: 'balance_transaction', currency: 'usd' },
    });
    const wrong = await refusal(stripe.transfers.list({ expand: ['data.nothing'] }));
    expect(wrong.message).toBe('This property cannot be expanded (data.nothing).');
  });
});
