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

describe('a bank transfer', () => {
  it('pays in parts, and leaves what is too much on the cash balance', async () => {
    const { stripe } = running();
    const customer = await stripe.customers.create({ name: 'Buyer Ltd' });
    const instructions = await stripe.customers.createFundingInstructions(customer.id, {
      ...{ currency: 'eur', funding_type: 'bank_transfer' },
      bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
    });
    expect(instructions.bank_transfer.type).toBe('eu_bank_transfer');
    const waiting = await stripe.paymentIntents.create({
      ...{ amount: 10_000, currency: 'eur', customer: customer.id, confirm: true },
      ...{ payment_method_types: ['customer_balance'] },
      payment_method_data: { type: 'customer_balance' },
      payment_method_options: {
        customer_balance: {
          funding_type: 'bank_transfer',
          bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
        },
      },
    });
    expect(waiting.status).toBe('requires_action');
    const early = stripe.paymentIntents.applyCustomerBalance(waiting.id, { amount: 1 });
    expect((await refusal(early)).param).toBe('amount');

    const fund = (amount: number) =>
      stripe.testHelpers.customers.fundCashBalance(customer.id, { amount, currency: 'eur' });
    await fund(4_000);
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
      status: 'requires_action',
      next_action: { display_bank_transfer_instructions: { amount_remaining: 6_000 } },
    });
    await fund(7_000);
    expect((await stripe.paymentIntents.retrieve(waiting.id)).status).toBe('succeeded');
    const cash = await stripe.customers.retrieveCashBalance(customer.id);
    expect(cash.available).toEqual({ eur: 1_000 });
    const moves = await stripe.customers.listCashBalanceTransactions(customer.id);
    expect(moves.data.map(({ net_amount }) => net_amount)).toEqual([-6_000, 7_000, -4_000, 4_000]);

    const refund = await stripe.refunds.create({ payment_intent: waiting.id, amount: 2_500 });
    expect(refund.destination_details?.type).toBe('customer_cash_balance');
    const after = await stripe.customers.retrieveCashBalance(customer.id);
    expect(after.available).toEqual({ eur: 3_500 });
  });

  it('of a million in one payment is too much, as it is not by card', async () => {
    const { stripe } = running();
    const million = { amount: 100_000_000, currency: 'eur' };
    const transfer = stripe.paymentIntents.create({
      ...{ ...million, allowed_payment_method_types: ['customer_balance'] },
    });
    expect((await refusal(transfer)).code).toBe('amount_too_large');
    await stripe.paymentIntents.create({ ...million, allowed_payment_method_types: ['card'] });
  });
});

describe('a cash balance that is reconciled by hand', () => {
  it('pays an intent when it is told to', async () => {
    const { stripe } = running();
    const { id: customer } = await stripe.customers.create();
    const settings = { reconciliation_mode: 'manual' } as const;
    await stripe.customers.updateCashBalance(customer, { settings });
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 5_000, currency: 'eur', customer, confirm: true },
      ...{ payment_method_types: ['customer_balance'] },
      payment_method_data: { type: 'customer_balance' },
    });
    const fund = { amount: 5_000, currency: 'eur' };
    await stripe.testHelpers.customers.fundCashBalance(customer, fund);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
    const paid = await stripe.paymentIntents.applyCustomerBalance(intent.id);
    expect(paid.status).toBe('succeeded');
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

describe('an account of version 2', () => {
  it('is the account of version 1, by its recipient configuration', async () => {
    const { sandbox, stripe } = running();
    const include: Stripe.V2.Core.AccountCreateParams.Include[] = [
      ...(['configuration.recipient', 'identity', 'defaults', 'requirements'] as const),
    ];
    const account = await stripe.v2.core.accounts.create({
      ...{ contact_email: 'seller@example.com', display_name: 'Seller', dashboard: 'express' },
      identity: { country: 'de', entity_type: 'company' },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
      include,
    });
    const transfers = (seen: Stripe.V2.Core.Account) =>
      seen.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
    expect(transfers(account)).toBe('active');
    const missing = { account: 'acct_none', use_case: { type: 'account_update' } } as const;
    const options = { idempotencyKey: 'link-that-fails' };
    const failed = () => refusal(stripe.v2.core.accountLinks.create(missing, options));
    expect((await failed()).statusCode).toBe(404);
    // Version 2 tries again what failed; version 1 would answer from its memory.
    expect((await failed()).headers?.['idempotent-replayed']).toBeUndefined();
    expect(await stripe.accounts.retrieve(account.id)).toMatchObject({ default_currency: 'eur' });
    sandbox.control.setCapability(account.id, 'transfers', 'inactive');
    expect(transfers(await stripe.v2.core.accounts.retrieve(account.id, { include }))).toBe(
      'restricted',
    );
    const changed = await stripe.v2.core.accounts.update(account.id, {
      ...{ metadata: { seller: '7' }, include },
    });
    expect(changed.metadata).toEqual({ seller: '7' });
    const refresh_url = 'https://example.com/again';
    const link = await stripe.v2.core.accountLinks.create({
      account: account.id,
      use_case: {
        type: 'account_onboarding',
        account_onboarding: { refresh_url },
      },
    });
    expect(link).toMatchObject({ object: 'v2.core.account_link', account: account.id });
  });
});

describe('an account of version 1', () => {
  it('is opened with the bank account of its token, and asks for capabilities', async () => {
    const { stripe } = running();
    const token = await stripe.tokens.create({
      bank_account: { country: 'CH', currency: 'chf', account_number: 'CH9300762011623852957' },
    });
    const account = await stripe.accounts.create({
      ...{ type: 'custom', country: 'CH', external_account: token.id },
      capabilities: { card_payments: { requested: true } },
    });
    expect(account.external_accounts?.data[0]).toMatchObject({ last4: '2957', currency: 'chf' });
    const again = stripe.accounts.create({ country: 'CH', external_account: token.id });
    expect((await refusal(again)).code).toBe('token_already_used');
    const before = await stripe.accounts.retrieveCapability(account.id, 'transfers');
    expect(before).toMatchObject({ status: 'unrequested', requested: false });
    await stripe.accounts.updateCapability(account.id, 'transfers', { requested: true });
    const { data } = await stripe.accounts.listCapabilities(account.id);
    expect(data.map(({ id, status }) => [id, status])).toEqual([
      ['card_payments', 'active'],
      ['transfers', 'active'],
    ]);
    expect((await stripe.accounts.list()).data[0]?.id).toBe(account.id);
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
