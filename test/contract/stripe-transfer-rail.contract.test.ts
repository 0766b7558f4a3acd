import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { type Money, money } from '../../src/money/money.ts';
import type { TransferRail } from '../../src/settlement/ports.ts';
import { coded } from '../support/coded.ts';
import { describeTransferRail } from '../support/describe-transfer-rail.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';
import { attempt, type TransferRailUnderTest } from '../support/transfer-rail-under-test.ts';

const routeOf = {
  create: 'POST /v1/transfers',
  find: 'GET /v1/transfers',
  get: 'GET /v1/transfers/tr_*',
  reverse: 'POST /v1/transfers/tr_*/reversals',
};

/** Within the day for which Stripe remembers idempotency keys. */
const hours = 3_600;

/** A charge as the buyer's payment makes it, in the group of its trade. */
const charge = async ({ direct, sandbox }: StripeUnderTest, tradeId: string, amount: Money) => {
  const { id } = await direct.paymentIntents.create({
    amount: Number(amount.amountMinor),
    currency: amount.currency,
    transfer_group: tradeId,
  });
  return String(sandbox.control.pay(id).latest_charge);
};

const underTest = async (): Promise<TransferRailUnderTest> => {
  const clock = { at: Date.parse('2026-11-23T12:00:00.000Z') };
  const stripe = await startStripe({
    clock: () => new Date(clock.at),
    availableDelaySeconds: 2 * hours,
  });
  const { direct, product, sandbox } = stripe;
  const destination = sandbox.control.openAccount({ country: 'US' }).id;
  return {
    rail: stripeTransferRail(product),
    destination,
    charge: (tradeId, amount) => charge(stripe, tradeId, amount),
    makeAvailable: () => {
      clock.at += 3 * hours * 1_000;
    },
    failNext: (call, failure) => stripe.failNext(routeOf[call], failure),
    forgetKeys: stripe.forgetKeys,
    transfersOf: async (payoutId) => {
      const { data } = await direct.transfers.list({ limit: 100 });
      return data.filter(({ metadata }) => metadata['payout_id'] === payoutId).length;
    },
    reversalsOf: async (transferId) =>
      (await direct.transfers.listReversals(transferId, { limit: 100 })).data.length,
    arrive: () => {
      clock.at += 3 * hours * 1_000;
    },
    drain: async () => {
      clock.at += 3 * hours * 1_000;
      const account = { stripeAccount: destination };
      const [{ amount, currency } = { amount: 0, currency: 'usd' }] = (
        await direct.balance.retrieve({}, account)
      ).available;
      await direct.payouts.create({ amount, currency }, account);
    },
    reverse: async (transferId, part) => {
      clock.at += 3 * hours * 1_000;
      const amount = part === undefined ? {} : { amount: Number(part.amountMinor) };
      await direct.transfers.createReversal(transferId, amount);
    },
    restrict: (isRestricted) => {
      const status = isRestricted ? 'inactive' : 'active';
      sandbox.control.setCapability(destination, 'transfers', status);
    },
    payOut: async (refusal) => {
      const funds = money('USD', 5_000n);
      const source_transaction = await charge(stripe, 'trd_bank', funds);
      const transfer = { amount: 5_000, currency: 'usd', destination, source_transaction };
      await direct.transfers.create(transfer);
      clock.at += 3 * hours * 1_000;
      const { id } = await direct.payouts.create(
        { amount: 5_000, currency: 'usd' },
        { stripeAccount: destination },
      );
      sandbox.control.payPayout(id);
      if (refusal !== undefined) sandbox.control.failPayout(id, refusal);
      return id;
    },
    crowd: async (tradeId, count) => {
      const source = await charge(stripe, tradeId, money('USD', BigInt(count)));
      const parameters = { currency: 'usd', destination, source_transaction: source };
      const transfers = await Promise.all(
        Array.from({ length: count }, () => direct.transfers.create({ ...parameters, amount: 1 })),
      );
      return transfers.map(({ id }) => id);
    },
    stop: stripe.stop,
  };
};

describeTransferRail('Stripe', underTest);

describe('what the Stripe rail asks', () => {
  let stripe: StripeUnderTest;
  let rail: TransferRail;
  let destination: string;
  beforeEach(async () => {
    stripe = await startStripe();
    rail = stripeTransferRail(stripe.product);
    destination = stripe.sandbox.control.openAccount({ country: 'US' }).id;
  });
  afterEach(() => stripe.stop());

  const amount = money('USD', 1_121_250n);
  const payout = { ...attempt, payoutId: 'payout_1', amount };
  const pay = async () => {
    const sourceChargeId = await charge(stripe, 'trd_1', money('USD', 1_150_000n));
    return rail.create({ ...payout, destination, sourceChargeId });
  };

  it('is a transfer in the group of its trade that draws on the charge', async () => {
    const sourceChargeId = await charge(stripe, 'trd_1', money('USD', 1_150_000n));
    const { transferId } = await rail.create({ ...payout, destination, sourceChargeId });
    expect(await stripe.direct.transfers.retrieve(transferId)).toMatchObject({
      amount: 1_121_250,
      currency: 'usd',
      destination,
      source_transaction: sourceChargeId,
      transfer_group: 'trd_1',
      metadata: { payout_id: 'payout_1', trade_id: 'trd_1' },
    });
  });

  it('is the balance first, only where no charge is drawn on', async () => {
    await pay();
    expect(stripe.gateway.requests).toEqual(['POST /v1/transfers']);
    await charge(stripe, 'trd_2', money('USD', 1_150_000n));
    await rail.create({ ...payout, payoutId: 'payout_2', tradeId: 'trd_2', destination });
    expect(stripe.gateway.requests.slice(1)).toEqual(['GET /v1/balance', 'POST /v1/transfers']);
  });

  it('fails by a code where Stripe answers with another object', async () => {
    const answer = () => ({ status: 200, headers: {}, body: '{"object":"payout","id":"po_1"}' });
    for (const route of Object.values(routeOf)) stripe.gateway.interfere(route, { answer });
    const expected = { code: 'stripe.unexpected_answer', retryable: true };
    expect(await coded(pay())).toMatchObject(expected);
    expect(await coded(rail.find(payout))).toMatchObject(expected);
    expect(await coded(rail.get('tr_1'))).toMatchObject(expected);
    expect(await rail.find(payout)).toMatchObject({ payoutId: 'payout_1' });
  });

  it('replays a failure that Stripe stored, until it is asked what exists', async () => {
    const sourceChargeId = await charge(stripe, 'trd_1', money('USD', 1_150_000n));
    const request = { ...payout, destination, sourceChargeId };
    stripe.failNext('POST /v1/transfers', 'failed_after_execution');
    expect(await coded(rail.create(request))).toMatchObject({ code: 'stripe.api_error' });
    expect(await coded(rail.create(request))).toMatchObject({ code: 'stripe.failure_replayed' });
    expect(await rail.find(payout)).toMatchObject({ payoutId: 'payout_1', amount });
  });
});
