import type Stripe from 'stripe';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import type { PaymentProvider } from '../../src/escrow/ports.ts';
import type { Payment } from '../../src/escrow/state.ts';
import { isCurrencyCode } from '../../src/money/currency.ts';
import { type Money, money } from '../../src/money/money.ts';
import { coded } from '../support/coded.ts';
import {
  describePaymentProvider,
  type PaymentProviderUnderTest,
} from '../support/describe-payment-provider.ts';
import { DEBIT_SECONDS, sepaDebit } from '../support/sepa-debit.ts';
import type { Answer } from '../support/stripe-gateway.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

const routeOf = {
  createPayer: 'POST /v1/customers',
  create: 'POST /v1/payment_intents',
  find: 'GET /v1/payment_intents/search',
  get: 'GET /v1/payment_intents/pi_*',
  cancel: 'POST /v1/payment_intents/*/cancel',
  refund: 'POST /v1/refunds',
  findRefund: 'GET /v1/refunds',
};

/** Stripe's figure as money. In these currencies both count in the same unit. */
const asMoney = (units: number, currency: string): Money => {
  const code = currency.toUpperCase();
  if (!isCurrencyCode(code)) throw new Error(`${currency} is no currency.`);
  return money(code, BigInt(units));
};

const booked = async ({ direct }: StripeUnderTest, paymentIntentId: string): Promise<Payment> => {
  const { data } = await direct.charges.list({ payment_intent: paymentIntentId });
  const [charge] = data;
  if (charge === undefined) throw new Error(`${paymentIntentId} has no charge.`);
  const balance = await direct.balanceTransactions.retrieve(String(charge.balance_transaction));
  const takenAt = charge.payment_method_details?.type === 'card' ? charge.created : balance.created;
  return {
    paymentIntentId,
    chargeId: charge.id,
    received: asMoney(charge.amount, charge.currency),
    settled: asMoney(balance.amount, balance.currency),
    fee: asMoney(balance.fee, balance.currency),
    capturedAt: new Date(takenAt * 1_000).toISOString(),
    availableOn: new Date(balance.available_on * 1_000).toISOString(),
  };
};

/** A debit that starts now and succeeds eight days later: when the money came, by Stripe's own books. */
const debited = async (
  { direct, sandbox }: StripeUnderTest,
  paymentIntentId: string,
): Promise<string> => {
  await direct.paymentIntents.confirm(paymentIntentId, await sepaDebit(direct));
  sandbox.control.advanceClock(DEBIT_SECONDS);
  const { data } = await direct.charges.list({ payment_intent: paymentIntentId });
  const balance = await direct.balanceTransactions.retrieve(String(data[0]?.balance_transaction));
  return new Date(balance.created * 1_000).toISOString();
};

/** The same answer, with the payment intent in it changed. */
const changing =
  (change: (intent: Stripe.PaymentIntent) => object) =>
  (answer: Answer): Answer => {
    const intent = JSON.parse(answer.body);
    return { ...answer, body: JSON.stringify({ ...intent, ...change(intent) }) };
  };

const underTest = async (): Promise<PaymentProviderUnderTest> => {
  const stripe = await startStripe();
  const { sandbox, gateway, product, direct } = stripe;
  return {
    provider: stripePaymentProvider(product),
    pay: (id) => {
      sandbox.control.pay(id);
    },
    transfer: (id, amountMinor) => {
      sandbox.control.transfer(id, Number(amountMinor));
    },
    payerOf: async (id) => String((await direct.paymentIntents.retrieve(id)).customer),
    startProcessing: (id) =>
      gateway.interfere(`GET /v1/payment_intents/${id}`, {
        answer: changing(() => ({ status: 'processing' })),
        times: 10,
      }),
    debit: (id) => debited(stripe, id),
    withholdBalance: (id) =>
      gateway.interfere(`GET /v1/payment_intents/${id}`, {
        answer: changing(({ latest_charge: charge }) => ({
          latest_charge: { ...(charge as Stripe.Charge), balance_transaction: null },
        })),
      }),
    failNext: (call, failure) => stripe.failNext(routeOf[call], failure),
    forgetKeys: stripe.forgetKeys,
    paymentsOf: async (tradeId) => {
      const { data } = await direct.paymentIntents.list({ limit: 100 });
      return data.filter(({ metadata }) => metadata['trade_id'] === tradeId).length;
    },
    payersOf: async (tradeId) => {
      const { data } = await direct.customers.list({ limit: 100 });
      const own = data.filter(({ metadata }) => metadata['trade_id'] === tradeId);
      return own.map(({ id }) => id).toReversed();
    },
    booked: (id) => booked(stripe, id),
    stop: stripe.stop,
  };
};

describePaymentProvider('Stripe', underTest);

describe('what the Stripe adapter asks', () => {
  let stripe: StripeUnderTest;
  let provider: PaymentProvider;
  beforeEach(async () => {
    stripe = await startStripe();
    provider = stripePaymentProvider(stripe.product);
  });
  afterEach(() => stripe.stop());
  const create = () => provider.create({ tradeId: 'trd_1', amount: money('EUR', 1_024_674n) });
  it('is a payment on the platform itself, in the group of its trade', async () => {
    const { paymentIntentId } = await create();
    expect(await stripe.direct.paymentIntents.retrieve(paymentIntentId)).toMatchObject({
      amount: 1_024_674,
      currency: 'eur',
      transfer_group: 'trd_1',
      metadata: { trade_id: 'trd_1' },
      on_behalf_of: null,
      transfer_data: null,
      application_fee_amount: null,
      capture_method: 'automatic_async',
    });
  });

  it('is a read before a cancellation, and what was transferred after it', async () => {
    const { paymentIntentId: id } = await create();
    await provider.cancel(id);
    const intent = `/v1/payment_intents/${id}`;
    const { requests } = stripe.gateway;
    expect(requests.slice(3, 5)).toEqual([`GET ${intent}`, `POST ${intent}/cancel`]);
    expect(requests.slice(5)).toEqual([expect.stringMatching(/cash_balance_transactions$/)]);
  });

  it('is what became of it, where the buyer pays between the read and the cancellation', async () => {
    const { paymentIntentId: id } = await create();
    const pay = () => void stripe.sandbox.control.pay(id);
    stripe.gateway.interfere(routeOf.cancel, { before: pay });
    const answer = await provider.cancel(id);
    expect(answer).toMatchObject({ status: 'succeeded', payment: await booked(stripe, id) });
  });

  it('is no figure of a payment that is none of ours', async () => {
    const { id } = await stripe.direct.paymentIntents.create({ amount: 900, currency: 'eur' });
    stripe.sandbox.control.pay(id);
    expect(await provider.get(id)).toMatchObject({
      tradeId: null,
      status: 'succeeded',
      payment: null,
    });
  });

  it('is still open after a declined card', async () => {
    const { paymentIntentId: id } = await create();
    const paymentMethod = 'pm_card_chargeDeclined';
    expect(() => stripe.sandbox.control.pay(id, { paymentMethod })).toThrow();
    expect(await provider.get(id)).toMatchObject({ status: 'open', payment: null });
  });

  it('fails by a code where Stripe answers with another object', async () => {
    const { paymentIntentId } = await create();
    const answer = changing(() => ({ object: 'charge' }));
    stripe.gateway.interfere(routeOf.get, { answer });
    const error = await coded(provider.get(paymentIntentId));
    expect(error).toMatchObject({ code: 'stripe.unexpected_answer', retryable: true });
  });

  it('replays a failure that Stripe stored, until it is asked what exists', async () => {
    const route = { method: 'POST', path: '/v1/payment_intents' };
    stripe.sandbox.control.injectFault({ kind: 'error_after_execution', ...route });
    expect(await coded(create())).toMatchObject({ code: 'stripe.api_error', retryable: true });
    expect(await coded(create())).toMatchObject({
      code: 'stripe.failure_replayed',
      retryable: true,
    });
    expect(await provider.findForTrade('trd_1')).toMatchObject({ status: 'open' });
  });

  it('says before money moves what cannot be charged', () => {
    expect(provider.refusalOf(money('EUR', 1_024_674n))).toBeUndefined();
    expect(provider.refusalOf(money('EUR', 1n))).toMatchObject({ code: expect.any(String) });
  });
});
