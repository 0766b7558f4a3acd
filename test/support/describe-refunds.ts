import type { RefundRequest } from '../../src/escrow/ports.ts';
import type { Payment } from '../../src/escrow/state.ts';
import { money } from '../../src/money/money.ts';
import { coded } from './coded.ts';
import type { PaymentProviderUnderTest } from './describe-payment-provider.ts';
import { tookEffect, unknownOutcomes } from './provider-failures.ts';

type Suite = {
  readonly suite: () => PaymentProviderUnderTest;
  /** The buyer has paid EUR 10,246.74. */
  readonly pay: () => Promise<Payment>;
};

const part = money('EUR', 102_467n);

const requestOf = ({ chargeId }: Payment, changes: Partial<RefundRequest> = {}): RefundRequest => ({
  ...{ tradeId: 'trd_1', chargeId, refundId: 'rfd_1', attempt: 1, amount: part },
  ...changes,
});

/** The part of a payment provider's promises that is about refunds. */
export const describeRefunds = (given: Suite): void => {
  describeMaking(given);
  describeLostAnswers(given);
};

const describeMaking = ({ suite, pay }: Suite): void => {
  describe('a refund', () => {
    it('is of the charge, in its currency, and names its trade and what was debited', async () => {
      const { provider } = suite();
      const payment = await pay();
      const refund = await provider.refund(requestOf(payment));
      expect(refund).toMatchObject({
        tradeId: 'trd_1',
        refundId: 'rfd_1',
        attempt: 1,
        amount: part,
      });
      const settled = await provider.getRefund(refund.providerRefundId);
      expect(settled).toMatchObject({ status: 'succeeded', failureReason: null });
      expect(settled.debited?.currency).toBe(payment.settled.currency);
      expect(settled.debited?.amountMinor ?? 0n).toBeGreaterThan(0n);
      expect(settled.fee).toEqual(money(payment.settled.currency, 0n));
    });

    it('is found by its id and attempt, and by its charge; before it there is nothing', async () => {
      const { provider } = suite();
      const payment = await pay();
      const request = requestOf(payment);
      expect(await provider.findRefund(request)).toBeUndefined();
      const refund = await provider.refund(request);
      expect(await provider.findRefund(request)).toEqual(refund);
      expect(await provider.findRefund({ ...request, attempt: 2 })).toBeUndefined();
      expect(await provider.findRefund({ ...request, refundId: 'rfd_2' })).toBeUndefined();
      expect(await provider.refundsOf(payment.chargeId)).toEqual([refund]);
    });

    it('twice is one refund; another attempt is another one', async () => {
      const { provider } = suite();
      const payment = await pay();
      const refund = await provider.refund(requestOf(payment));
      expect(await provider.refund(requestOf(payment))).toEqual(refund);
      const second = await provider.refund(requestOf(payment, { attempt: 2 }));
      expect(second.providerRefundId).not.toBe(refund.providerRefundId);
      expect(await provider.refundsOf(payment.chargeId)).toHaveLength(2);
    });

    it('of more than is left is refused for good', async () => {
      const { provider } = suite();
      const payment = await pay();
      const { amountMinor } = payment.received;
      const tooMuch = requestOf(payment, { amount: money('EUR', amountMinor + 1n) });
      expect((await coded(provider.refund(tooMuch))).retryable).toBe(false);
      expect(await provider.refundsOf(payment.chargeId)).toEqual([]);
    });
  });
};

const describeLostAnswers = ({ suite, pay }: Suite): void => {
  describe('a refund, where the answer is lost', () => {
    it.each(unknownOutcomes)('%s: it can be asked for, and there is one', async (failure) => {
      const { provider, failNext } = suite();
      const payment = await pay();
      const request = requestOf(payment);
      failNext('refund', failure);
      expect((await coded(provider.refund(request))).retryable).toBe(true);
      const found = await provider.findRefund(request);
      expect(found !== undefined).toBe(tookEffect(failure));
      if (found === undefined) await provider.refund(request);
      expect(await provider.refundsOf(payment.chargeId)).toHaveLength(1);
    });

    it('asking can be repeated', async () => {
      const { provider, failNext } = suite();
      const payment = await pay();
      failNext('findRefund', 'busy');
      expect((await coded(provider.findRefund(requestOf(payment)))).retryable).toBe(true);
      expect(await provider.findRefund(requestOf(payment))).toBeUndefined();
    });
  });
};
