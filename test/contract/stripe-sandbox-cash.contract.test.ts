import { refusal, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox();

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

describe('cash that goes back to an account that has to be asked for', () => {
  /** 50.00 EUR that no payment has used, on their way back. */
  const waiting = async (amount = 5_000) => {
    const { stripe } = running();
    const { id: customer } = await stripe.customers.create();
    await stripe.testHelpers.customers.fundCashBalance(customer, { amount, currency: 'eur' });
    const refund = await stripe.refunds.create({
      ...{ origin: 'customer_balance', customer, amount, currency: 'eur' },
      instructions_email: 'buyer@example.com',
    });
    const cash = async () => (await stripe.customers.retrieveCashBalance(customer)).available;
    return { refund, cash };
  };

  it('waits 45 days for the customer, and has arrived once the account is named', async () => {
    const { sandbox } = running();
    const { refund, cash } = await waiting();
    expect(refund).toMatchObject({
      ...{ status: 'requires_action', instructions_email: 'buyer@example.com' },
      next_action: { display_details: { expires_at: refund.created + 45 * 24 * 60 * 60 } },
    });
    expect(await cash()).toBeNull();
    expect(sandbox.control.completeRefund(refund.id).status).toBe('succeeded');
  });

  it('is the customer’s cash again where nobody answers', async () => {
    const { stripe } = running();
    const { refund, cash } = await waiting();
    const expired = await stripe.testHelpers.refunds.expire(refund.id);
    expect(expired.status).toBe('canceled');
    expect(await cash()).toEqual({ eur: 5_000 });
    const again = refusal(stripe.testHelpers.refunds.expire(refund.id));
    expect((await again).statusCode).toBe(400);
    expect(await cash()).toEqual({ eur: 5_000 });
  });

  it('is the customer’s cash again when the 45 days are over', async () => {
    const { sandbox, stripe } = running();
    const { refund, cash } = await waiting();
    sandbox.control.advanceClock(45 * 24 * 60 * 60);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('canceled');
    expect(await cash()).toEqual({ eur: 5_000 });
  });

  it('is the customer’s cash again where the bank sends it back', async () => {
    const { sandbox } = running();
    const { refund, cash } = await waiting();
    sandbox.control.completeRefund(refund.id);
    expect(sandbox.control.failRefund(refund.id, 'unknown').status).toBe('failed');
    expect(await cash()).toEqual({ eur: 5_000 });
  });

  it('is asked for by no charge that the sandbox has', async () => {
    const { stripe } = running();
    const { id: payment_intent } = await stripe.paymentIntents.create({
      ...{ amount: 10_000, currency: 'usd', payment_method_types: ['card'] },
      ...{ payment_method: 'pm_card_visa', confirm: true },
    });
    const asked = stripe.refunds.create({ payment_intent, instructions_email: 'b@example.com' });
    expect((await refusal(asked)).code).toBe('sandbox_unsupported');
  });
});
