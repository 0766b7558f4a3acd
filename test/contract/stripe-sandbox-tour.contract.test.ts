import type { Stripe } from 'stripe';
import { refusal, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox({ rates: { usd: '1.10', jpy: '160', gbp: '0.85', chf: '0.95' } });
const seller = { stripeAccount: 'acct_sandbox_tour' };

async function pay(amount = 10_000): Promise<Stripe.PaymentIntent> {
  return running().stripe.paymentIntents.create({
    ...{ amount, currency: 'usd', payment_method_types: ['card'] },
    ...{ payment_method: 'pm_card_visa', confirm: true },
  });
}

const sepaMethod = (iban = 'DE89370400440532013000') =>
  running().stripe.paymentMethods.create({
    ...{ type: 'sepa_debit', sepa_debit: { iban } },
    billing_details: { name: 'Jane Doe', email: 'jane@example.com' },
  });

const offline = { customer_acceptance: { type: 'offline' as const } };

describe('a bank debit', () => {
  const debit = async (iban?: string) =>
    running().stripe.paymentIntents.create({
      ...{ amount: 5_000, currency: 'eur', payment_method_types: ['sepa_debit'], confirm: true },
      ...{ payment_method: (await sepaMethod(iban)).id, mandate_data: offline },
    });

  it('is on its way for days, and then has succeeded', async () => {
    const { sandbox, stripe } = running();
    const intent = await debit();
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ status: 'pending', paid: false, balance_transaction: null });
    const early = stripe.transfers.create({
      ...{ amount: 1, currency: 'usd', destination: 'acct_sandbox_tour' },
      source_transaction: charge.id,
    });
    expect((await refusal(early)).param).toBe('source_transaction');
    sandbox.control.advanceClock(7 * 24 * 60 * 60);
    const expand = ['latest_charge.balance_transaction'];
    const done = await stripe.paymentIntents.retrieve(intent.id, { expand });
    expect(done).toMatchObject({
      status: 'succeeded',
      latest_charge: { status: 'succeeded', balance_transaction: { type: 'payment' } },
    });
  });

  it('fails days later where the bank refuses it', async () => {
    const { sandbox, stripe } = running();
    const intent = await debit('AT861904300235473202');
    sandbox.control.advanceClock(7 * 24 * 60 * 60);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      ...{ status: 'requires_payment_method', amount_received: 0 },
    });
  });

  it('needs a mandate, and uses one for a single payment up', async () => {
    const { stripe } = running();
    const { id: payment_method } = await sepaMethod();
    const params = { amount: 5_000, currency: 'eur', payment_method_types: ['sepa_debit'] };
    const bare = stripe.paymentIntents.create({ ...params, payment_method, confirm: true });
    expect(await refusal(bare)).toMatchObject({ code: 'parameter_missing', param: 'mandate_data' });

    const setup = await stripe.setupIntents.create({
      ...{ payment_method, payment_method_types: ['sepa_debit'], mandate_data: offline },
      ...{ single_use: { amount: 5_000, currency: 'eur' } },
    });
    const { single_use_mandate } = await stripe.setupIntents.confirm(setup.id, {
      ...({ mandate_data: offline, single_use: { amount: 5_000, currency: 'eur' } } as object),
    });
    const mandate = String(single_use_mandate);
    expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({ status: 'succeeded' });
    const once = { ...params, payment_method, mandate, confirm: true };
    expect((await stripe.paymentIntents.create(once)).status).toBe('processing');
    expect(await stripe.mandates.retrieve(mandate)).toMatchObject({ status: 'inactive' });
    expect((await refusal(stripe.paymentIntents.create(once))).param).toBe('mandate');
  });
});

describe('a wallet', () => {
  it('sends the buyer away and takes the money when they come back', async () => {
    const { sandbox, stripe } = running();
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 5_000, currency: 'usd', payment_method_types: ['alipay'], confirm: true },
      ...{ payment_method_data: { type: 'alipay' }, return_url: 'https://example.com/back' },
    });
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { redirect_to_url: { return_url: 'https://example.com/back' } },
    });
    expect(sandbox.control.pay(intent.id)).toMatchObject({ status: 'succeeded' });
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund).toMatchObject({ status: 'pending', destination_details: { type: 'alipay' } });
    expect(sandbox.control.completeRefund(refund.id).status).toBe('succeeded');
  });
});

describe('a rate', () => {
  it('is quoted in major units, in the preview alone', async () => {
    const { stripe } = running();
    const params = { to_currency: 'usd', from_currencies: ['eur', 'jpy'], lock_duration: 'hour' };
    const quote = await stripe.rawRequest('POST', '/v1/fx_quotes', params, {
      apiVersion: '2026-10-28.preview',
    });
    expect(quote).toMatchObject({
      object: 'fx_quote',
      rates: { eur: { exchange_rate: 1.089 }, jpy: { exchange_rate: 0.00680625 } },
    });
    const released = stripe.rawRequest('POST', '/v1/fx_quotes', params);
    expect((await refusal(released)).statusCode).toBe(400);
  });
});

describe('what is listed and read again', () => {
  it('is what was made', async () => {
    const { sandbox, stripe } = running();
    const intent = await pay();
    const charge = String(intent.latest_charge);
    await stripe.paymentIntents.update(intent.id, { metadata: { order: '7' } });
    await stripe.charges.update(charge, { description: 'Order 7' });
    const refund = await stripe.refunds.create({ charge, amount: 100 });
    expect((await stripe.refunds.list({ charge })).data[0]?.id).toBe(refund.id);
    const methods = await stripe.paymentMethods.list({ type: 'card' });
    const newest = String(methods.data[0]?.id);
    expect(await stripe.paymentMethods.retrieve(newest)).toMatchObject({ type: 'card' });

    const transfer = await stripe.transfers.create({
      ...{ amount: 5_000, currency: 'usd', destination: seller.stripeAccount },
      source_transaction: charge,
    });
    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 1_000 });
    const read = await stripe.transfers.retrieveReversal(transfer.id, reversal.id);
    expect(read.amount).toBe(1_000);
    const payout = await stripe.payouts.create({ amount: 100, currency: 'usd' }, seller);
    expect((await stripe.payouts.list({ status: 'pending' }, seller)).data[0]?.id).toBe(payout.id);

    const warning = sandbox.control.warnOfFraud(charge);
    const warnings = await stripe.radar.earlyFraudWarnings.list({ charge });
    expect(warnings.data[0]).toMatchObject({ id: warning.id, actionable: true });
    await stripe.radar.earlyFraudWarnings.retrieve(warning.id);
    const dispute = sandbox.control.openDispute(charge);
    expect((await stripe.disputes.retrieve(dispute.id)).amount).toBe(9_900);

    const event = (await stripe.events.list({ type: 'charge.dispute.created' })).data[0];
    expect((await stripe.events.retrieve(String(event?.id))).data.object).toMatchObject({
      id: dispute.id,
    });
  });

  it('is the platform’s own too', async () => {
    const { sandbox, stripe } = running();
    const topup = await stripe.topups.create({ amount: 2_000, currency: 'usd' });
    expect(await stripe.topups.retrieve(topup.id)).toMatchObject({ status: 'succeeded' });
    expect((await stripe.topups.list()).data).toHaveLength(1);
    const settings = await stripe.balanceSettings.retrieve();
    expect(settings.payments.payouts?.schedule?.interval).toBe('manual');
    const daily = await stripe.balanceSettings.update({
      payments: { payouts: { schedule: { interval: 'daily' } }, debit_negative_balances: true },
    });
    expect(daily.payments).toMatchObject({
      ...{ debit_negative_balances: true, payouts: { schedule: { interval: 'daily' } } },
    });
    const customer = await stripe.customers.create({ email: 'buyer@example.com' });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: false });
    expect((await stripe.customers.list({ email: 'buyer@example.com' })).data).toHaveLength(1);
    const run = await stripe.reporting.reportRuns.create({ report_type: 'balance.summary.1' });
    expect(await stripe.reporting.reportRuns.retrieve(run.id)).toMatchObject({
      status: 'succeeded',
    });
    expect((await stripe.reporting.reportRuns.list()).data).toHaveLength(1);
    const product = await stripe.products.create({ name: 'A thing' });
    const price = await stripe.prices.create({
      ...{ product: product.id, currency: 'usd', unit_amount: 700 },
    });
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'payment', success_url: 'https://example.com/paid' },
      line_items: [{ price: price.id, quantity: 3 }],
    });
    expect(session.amount_total).toBe(2_100);
    expect((await stripe.checkout.sessions.list()).data[0]?.id).toBe(session.id);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    const endpoint = sandbox.control.addWebhookEndpoint({ url: 'http://127.0.0.1:9/', events: [] });
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).status).toBe('enabled');
    expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  });
});
