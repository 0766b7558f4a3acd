import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import type { PaymentProvider } from '../../src/escrow/ports.ts';
import { money } from '../../src/money/money.ts';
import { coded } from '../support/coded.ts';
import { type ChargebacksUnderTest, describeChargebacks } from '../support/describe-chargebacks.ts';
import type { Answer } from '../support/stripe-gateway.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

const routeOf = {
  get: 'GET /v1/disputes/*',
  contest: 'POST /v1/disputes/du_*',
  accept: 'POST /v1/disputes/*/close',
};

const amount = money('EUR', 1_024_674n);

/** The buyer of `trd_1` has paid. */
async function pay(provider: PaymentProvider, { sandbox }: StripeUnderTest) {
  const { paymentIntentId } = await provider.create({ tradeId: 'trd_1', amount });
  sandbox.control.pay(paymentIntentId);
  const { payment } = await provider.get(paymentIntentId);
  if (payment === null) throw new Error(`${paymentIntentId} is not paid.`);
  return payment;
}

const underTest = async (): Promise<ChargebacksUnderTest> => {
  const stripe = await startStripe();
  const { sandbox, product } = stripe;
  const provider = stripePaymentProvider(product);
  return {
    provider,
    pay: () => pay(provider, stripe),
    dispute: async (charge) => sandbox.control.openDispute(charge).id,
    end: async (id, outcome) => void sandbox.control.endDispute(id, outcome),
    failNext: (call, failure) => stripe.failNext(routeOf[call], failure),
    forgetKeys: stripe.forgetKeys,
    stop: stripe.stop,
  };
};

describeChargebacks('Stripe', underTest);

let stripe: StripeUnderTest;
let provider: PaymentProvider;
const start = async () => {
  stripe = await startStripe();
  provider = stripePaymentProvider(stripe.product);
};
const stop = () => stripe.stop();

const disputed = async (opening: object = {}) => {
  const payment = await pay(provider, stripe);
  const { id } = stripe.sandbox.control.openDispute(payment.chargeId, opening);
  return { id, payment };
};

const withStatus =
  (status: string) =>
  (given: Answer): Answer => ({
    ...given,
    body: JSON.stringify({ ...JSON.parse(given.body), status }),
  });

describe('what the Stripe adapter reads of a dispute', () => {
  beforeEach(start);
  afterEach(stop);

  it('is what the balance says, to the cent, over all of its bookings', async () => {
    const { sandbox, direct } = stripe;
    const { id } = await disputed();
    sandbox.control.endDispute(id, 'lost');
    sandbox.control.giveBackDispute(id, 1_234);
    const { withdrawn, reinstated, fee } = await provider.getChargeback(id);
    const { data } = await direct.balanceTransactions.list({ source: id });
    const net = data.reduce((sum, booking) => sum + booking.net, 0);
    const ours = reinstated.amountMinor - withdrawn.amountMinor - fee.amountMinor;
    expect([Number(ours), reinstated]).toEqual([net, money('USD', 1_234n)]);
    expect(data).toHaveLength(2);
  });

  it('is an inquiry that has moved nothing, until it escalates and asks anew', async () => {
    const { sandbox } = stripe;
    const { id } = await disputed({ inquiry: true });
    const inquiry = await provider.getChargeback(id);
    expect(inquiry).toMatchObject({ status: 'open', isInquiry: true, needsResponse: true });
    expect(inquiry.withdrawn.amountMinor).toBe(0n);
    await provider.contestChargeback({
      ...{ chargebackId: id, tradeId: 'trd_1', responseId: 'cbr_1' },
      evidence: { statement: 'It was delivered.' },
    });
    expect(await provider.getChargeback(id)).toMatchObject({ needsResponse: false });
    sandbox.control.escalateDispute(id);
    const chargeback = await provider.getChargeback(id);
    expect(chargeback).toMatchObject({ status: 'open', needsResponse: true, submissions: 1 });
    expect(chargeback).not.toHaveProperty('isInquiry');
    expect(chargeback.withdrawn.amountMinor).toBeGreaterThan(0n);
  });

  it('is an inquiry that lets a refund of its charge through', async () => {
    const { payment } = await disputed({ inquiry: true });
    const refund = { tradeId: 'trd_1', chargeId: payment.chargeId, refundId: 'rfd_1', attempt: 1 };
    expect(await provider.refund({ ...refund, amount })).toMatchObject({ amount });
  });

  it('is won where an inquiry is closed', async () => {
    const { id } = await disputed({ inquiry: true });
    stripe.sandbox.control.endDispute(id, 'won');
    expect(await provider.getChargeback(id)).toMatchObject({ status: 'won' });
  });
});

describe('what the Stripe adapter reads of a dispute that is neither open, won nor lost', () => {
  beforeEach(start);
  afterEach(stop);

  it.each([
    ['stands withdrawn', 'lost', 0n],
    ['came back in part', 'lost', 1n],
    ['came back', 'won', 2n],
  ])('is lost or won where it was prevented, as its money %s', async (_what, expected, halves) => {
    const { id, payment } = await disputed();
    const { withdrawn } = await provider.getChargeback(id);
    const back = Number((withdrawn.amountMinor * halves) / 2n);
    if (back > 0) stripe.sandbox.control.giveBackDispute(id, back);
    stripe.gateway.interfere(routeOf.get, { answer: withStatus('prevented') });
    const prevented = await provider.getChargeback(id);
    expect(prevented).toMatchObject({ status: expected, chargeId: payment.chargeId });
    expect(prevented).not.toHaveProperty('isInquiry');
  });

  it('is won where it was prevented before anything was withdrawn', async () => {
    const { id } = await disputed({ inquiry: true });
    stripe.gateway.interfere(routeOf.get, { answer: withStatus('prevented') });
    expect(await provider.getChargeback(id)).toMatchObject({ status: 'won' });
  });

  it.each([
    ['appeal_needs_response', 'open', true],
    ['a_status_to_come', 'open', false],
  ])('counts %s as %s', async (status, expected, needsResponse) => {
    const { id } = await disputed();
    stripe.gateway.interfere(routeOf.get, { answer: withStatus(status) });
    expect(await provider.getChargeback(id)).toMatchObject({ status: expected, needsResponse });
  });

  it('has no sums where it is of another system', async () => {
    const { id } = await stripe.direct.paymentIntents.create({ amount: 900, currency: 'eur' });
    const charge = String(stripe.sandbox.control.pay(id).latest_charge);
    const foreign = await provider.getChargeback(stripe.sandbox.control.openDispute(charge).id);
    expect(foreign).toMatchObject({ tradeId: null, withdrawn: money('EUR', 0n) });
  });

  it('is asked for again while its charge has no balance transaction', async () => {
    const { id } = await disputed();
    const answer = (given: Answer): Answer => {
      const dispute = JSON.parse(given.body);
      const charge = { ...dispute.charge, balance_transaction: null };
      return { ...given, body: JSON.stringify({ ...dispute, charge }) };
    };
    stripe.gateway.interfere(routeOf.get, { answer });
    expect(await coded(provider.getChargeback(id))).toMatchObject({
      ...{ code: 'stripe.balance_transaction_pending', retryable: true },
    });
  });
});

describe('what the Stripe adapter tells of a dispute', () => {
  beforeEach(start);
  afterEach(stop);

  it('is told in the fields that Stripe has for it, and the rest as free text', async () => {
    const { id } = await disputed();
    await provider.contestChargeback({
      ...{ chargebackId: id, tradeId: 'trd_1', responseId: 'cbr_1' },
      evidence: { carrier: 'UPS', trackingNumber: '1Z9', statement: 'Delivered on Monday.' },
      words: {
        ...{ explanation: 'They wrote to thank us.', productDescription: '500 brackets' },
        ...{ customerName: 'K. Vogel', customerEmail: 'k@example.com', shippingAddress: 'Hafen 1' },
      },
    });
    const { evidence, metadata } = await stripe.direct.disputes.retrieve(id);
    expect(evidence).toMatchObject({
      uncategorized_text: 'They wrote to thank us.\n\nDelivered on Monday.',
      ...{ shipping_carrier: 'UPS', shipping_tracking_number: '1Z9' },
      ...{ product_description: '500 brackets', customer_name: 'K. Vogel' },
      ...{ customer_email_address: 'k@example.com', shipping_address: 'Hafen 1' },
    });
    expect(metadata).toEqual({ trade_id: 'trd_1', response_id: 'cbr_1' });
  });
});
