import type { PaymentProvider } from '../../src/escrow/ports.ts';
import type { Payment } from '../../src/escrow/state.ts';
import { type Money, money } from '../../src/money/money.ts';
import { coded } from './coded.ts';
import { describeBankTransfers } from './describe-bank-transfers.ts';
import { describeRefunds } from './describe-refunds.ts';
import { type ProviderFailure, tookEffect, unknownOutcomes } from './provider-failures.ts';

/** A provider with an account of its own, and what the suite must be able to see and to break. */
export type PaymentProviderUnderTest = {
  readonly provider: PaymentProvider;
  /** The buyer pays. */
  readonly pay: (paymentIntentId: string) => void | Promise<void>;
  /** The buyer sends so much by bank transfer, in minor units of the payment's currency. */
  readonly transfer: (paymentIntentId: string, amountMinor: bigint) => void | Promise<void>;
  /** Under which id the provider keeps the payment's buyer. */
  readonly payerOf: (paymentIntentId: string) => Promise<string>;
  /** The buyer pays in a way that takes days, and can no longer be called off. */
  readonly startProcessing: (paymentIntentId: string) => void;
  /** The buyer pays by a debit that starts now and succeeds eight days later: when the money came. */
  readonly debit: (paymentIntentId: string) => Promise<string>;
  /** The provider has charged and does not yet say what it credited. */
  readonly withholdBalance: (paymentIntentId: string) => void;
  /** How the next call of that kind goes wrong. */
  readonly failNext: (
    call: 'createPayer' | 'create' | 'find' | 'get' | 'cancel' | 'refund' | 'findRefund',
    failure: ProviderFailure,
  ) => void;
  /** The provider forgets every idempotency key. */
  readonly forgetKeys: () => void;
  /** How many payments it holds for a trade, by its own books. */
  readonly paymentsOf: (tradeId: string) => Promise<number>;
  /** The payers by bank transfer that it keeps for a trade, by its own books, oldest first. */
  readonly payersOf: (tradeId: string) => Promise<readonly string[]>;
  /** What it charged and credited, by its own books. */
  readonly booked: (paymentIntentId: string) => Promise<Payment>;
  readonly stop: () => Promise<void>;
};

type Suite = () => PaymentProviderUnderTest;

/** A payment of the suite's trade that has been made. */
async function paidCharge(suite: Suite): Promise<Payment> {
  const { paymentIntentId } = await suite().provider.create({ tradeId, amount });
  await suite().pay(paymentIntentId);
  return suite().booked(paymentIntentId);
}

/** What can become of a call that only reads. */
const passing = ['cut_short_after_execution', 'timed_out_after_execution', 'busy'] as const;

const tradeId = 'trd_1';
const amount = money('EUR', 1_024_674n);

/** What every adapter of the payment provider promises, whoever the provider is. */
export const describePaymentProvider = (
  name: string,
  make: () => Promise<PaymentProviderUnderTest>,
): void => {
  describe(`${name} as a payment provider`, () => {
    let underTest: PaymentProviderUnderTest;
    beforeEach(async () => {
      underTest = await make();
    });
    afterEach(() => underTest.stop());

    describeCreating(() => underTest);
    describeUnknownOutcomes(() => underTest);
    describePaying(() => underTest);
    describeCanceling(() => underTest);
    describeUnknownPayments(() => underTest);
    describeBankTransfers(() => underTest);
    describeRefunds({ suite: () => underTest, pay: () => paidCharge(() => underTest) });
  });
};

const describeCreating = (suite: Suite): void => {
  describe('creating', () => {
    it('opens a payment that names its trade and that the buyer can pay', async () => {
      const created = await suite().provider.create({ tradeId, amount });
      expect(created).toMatchObject({ tradeId, status: 'open', payment: null });
      expect(created.clientSecret).toEqual(expect.any(String));
      expect(await suite().provider.get(created.paymentIntentId)).toEqual(created);
    });

    it('finds nothing before, and the payment after', async () => {
      const { provider } = suite();
      expect(await provider.findForTrade(tradeId)).toBeUndefined();
      const created = await provider.create({ tradeId, amount });
      await provider.create({ tradeId: 'trd_2', amount });
      expect(await provider.findForTrade(tradeId)).toEqual(created);
      expect(await provider.findForTrade('trd_3')).toBeUndefined();
    });

    it('twice is one payment', async () => {
      const created = await suite().provider.create({ tradeId, amount });
      expect(await suite().provider.create({ tradeId, amount })).toEqual(created);
      expect(await suite().paymentsOf(tradeId)).toBe(1);
    });

    it('ten times at once is one payment', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => suite().provider.create({ tradeId, amount })),
      );
      const ids = results.map((result) =>
        result.status === 'fulfilled' ? result.value.paymentIntentId : result.reason.retryable,
      );
      expect(new Set(ids.filter((id) => id !== true)).size).toBe(1);
      expect(await suite().paymentsOf(tradeId)).toBe(1);
    });

    it('with another amount under the same trade is refused for good', async () => {
      await suite().provider.create({ tradeId, amount });
      const error = await coded(suite().provider.create({ tradeId, amount: money('EUR', 1n) }));
      expect(error.retryable).toBe(false);
      expect(await suite().paymentsOf(tradeId)).toBe(1);
    });

    it('is safe after the provider has forgotten the key, since it is asked first', async () => {
      const created = await suite().provider.create({ tradeId, amount });
      suite().forgetKeys();
      expect(await suite().provider.findForTrade(tradeId)).toEqual(created);
    });
  });
};

const describeUnknownOutcomes = (suite: Suite): void => {
  describe('creating, where the answer is lost', () => {
    it.each(unknownOutcomes)(
      '%s: it can be asked what happened, and there is one payment',
      async (failure) => {
        const { provider, failNext, paymentsOf } = suite();
        failNext('create', failure);
        const error = await coded(provider.create({ tradeId, amount }));
        expect(error.retryable).toBe(true);
        const found = await provider.findForTrade(tradeId);
        expect(found !== undefined).toBe(tookEffect(failure));
        const payment = found ?? (await provider.create({ tradeId, amount }));
        expect(payment).toMatchObject({ tradeId, status: 'open' });
        expect(await paymentsOf(tradeId)).toBe(1);
      },
    );

    it('has the same payer after the keys are forgotten', async () => {
      const { provider, failNext, forgetKeys, payersOf, payerOf } = suite();
      failNext('create', 'lost_before_execution');
      await coded(provider.create({ tradeId, amount }));
      const [payer] = await payersOf(tradeId);
      forgetKeys();
      const { paymentIntentId } = await provider.create({ tradeId, amount });
      expect(await payerOf(paymentIntentId)).toBe(payer);
    });

    // Search may show that payer now and not a minute later; the payment's key is for one payer.
    it('has no payer whose making failed, though there is one', async () => {
      const { provider, failNext, payersOf, payerOf } = suite();
      failNext('createPayer', 'failed_after_execution');
      await coded(provider.create({ tradeId, amount }));
      const left = await payersOf(tradeId);
      const { paymentIntentId } = await provider.create({ tradeId, amount });
      expect(left).toHaveLength(1);
      expect(left).not.toContain(await payerOf(paymentIntentId));
    });

    it.each(['find', 'get'] as const)('%s says so, and can be repeated', async (call) => {
      const { provider, failNext } = suite();
      const created = await provider.create({ tradeId, amount });
      const ask = {
        find: () => provider.findForTrade(tradeId),
        get: () => provider.get(created.paymentIntentId),
      }[call];
      for (const failure of passing) {
        failNext(call, failure);
        expect((await coded(ask())).retryable).toBe(true);
        expect(await ask()).toEqual(created);
      }
    });
  });
};

const describePaying = (suite: Suite): void => {
  describe('a payment', () => {
    const paid = async (price: Money) => {
      const { paymentIntentId } = await suite().provider.create({ tradeId, amount: price });
      await suite().pay(paymentIntentId);
      return { paymentIntentId, answer: await suite().provider.get(paymentIntentId) };
    };

    it.each([
      ['in another currency than is credited', amount],
      ['in the currency that is credited', money('USD', 1_150_000n)],
      ['in a currency without minor units', money('JPY', 1_640_000n)],
    ])('%s carries what was charged, credited and kept, to the minor unit', async (_, price) => {
      const { paymentIntentId, answer } = await paid(price);
      expect(answer.status).toBe('succeeded');
      expect(answer.payment).toEqual(await suite().booked(paymentIntentId));
      expect(answer.payment?.received).toEqual(price);
      expect(answer.payment?.settled.currency).toBe('USD');
    });

    it('is found by its trade with the same figures', async () => {
      const { answer } = await paid(amount);
      expect(await suite().provider.findForTrade(tradeId)).toEqual(answer);
    });

    it('is asked for again while what was credited is not known yet', async () => {
      const { paymentIntentId } = await suite().provider.create({ tradeId, amount });
      await suite().pay(paymentIntentId);
      suite().withholdBalance(paymentIntentId);
      const error = await coded(suite().provider.get(paymentIntentId));
      expect(error).toMatchObject({ code: 'stripe.balance_transaction_pending', retryable: true });
      expect((await suite().provider.get(paymentIntentId)).payment).not.toBeNull();
    });

    // The debit's charge is as old as the debit: what counts for the price and all limits is the money.
    it('that takes days is captured as the money comes, and not as the debit starts', async () => {
      const { paymentIntentId } = await suite().provider.create({ tradeId, amount });
      const cameAt = await suite().debit(paymentIntentId);
      const { status, payment } = await suite().provider.get(paymentIntentId);
      expect(status).toBe('succeeded');
      expect(payment?.capturedAt).toBe(cameAt);
    });

    it('that takes days is neither open nor paid', async () => {
      const { paymentIntentId } = await suite().provider.create({ tradeId, amount });
      suite().startProcessing(paymentIntentId);
      expect(await suite().provider.get(paymentIntentId)).toMatchObject({
        status: 'processing',
        payment: null,
      });
    });
  });
};

const describeCanceling = (suite: Suite): void => {
  describe('canceling', () => {
    const open = async () => (await suite().provider.create({ tradeId, amount })).paymentIntentId;

    it('closes an open payment for good', async () => {
      const id = await open();
      expect(await suite().provider.cancel(id)).toMatchObject({
        status: 'canceled',
        payment: null,
      });
      expect(await suite().provider.get(id)).toMatchObject({ status: 'canceled' });
      await expect((async () => suite().pay(id))()).rejects.toThrow();
    });

    it('twice answers the same', async () => {
      const id = await open();
      const canceled = await suite().provider.cancel(id);
      expect(await suite().provider.cancel(id)).toEqual(canceled);
    });

    it('of a paid one answers the payment as it stands', async () => {
      const id = await open();
      await suite().pay(id);
      const answer = await suite().provider.cancel(id);
      expect(answer).toEqual(await suite().provider.get(id));
      expect(answer).toMatchObject({ status: 'succeeded', payment: await suite().booked(id) });
    });

    it('of one that the bank is working on calls nothing off', async () => {
      const id = await open();
      suite().startProcessing(id);
      expect(await suite().provider.cancel(id)).toMatchObject({ status: 'processing' });
      expect(await suite().provider.get(id)).toMatchObject({ status: 'processing' });
    });

    it.each([...unknownOutcomes, 'busy'] as const)(
      '%s: the next try finds out',
      async (failure) => {
        const id = await open();
        suite().failNext('cancel', failure);
        expect((await coded(suite().provider.cancel(id))).retryable).toBe(true);
        const found = await suite().provider.get(id);
        expect(found.status).toBe(tookEffect(failure) ? 'canceled' : 'open');
        expect(await suite().provider.cancel(id)).toMatchObject({ status: 'canceled' });
      },
    );
  });
};

const describeUnknownPayments = (suite: Suite): void => {
  describe('a payment that does not exist', () => {
    it('is an error for good', async () => {
      for (const ask of ['get', 'cancel'] as const) {
        const error = await coded(suite().provider[ask]('pi_of_nobody'));
        expect(error).toMatchObject({ code: 'stripe.resource_missing', retryable: false });
      }
    });
  });
};
