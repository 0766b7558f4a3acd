import type { RefundRequest } from '../../src/escrow/ports.ts';
import { type Money, money } from '../../src/money/money.ts';
import { coded } from './coded.ts';
import type { PaymentProviderUnderTest } from './describe-payment-provider.ts';
import { tookEffect, unknownOutcomes } from './provider-failures.ts';

type Suite = () => PaymentProviderUnderTest;

const tradeId = 'trd_1';
const eur = (minor: bigint): Money => money('EUR', minor);
const amount = eur(100_000n);

/** The part of a payment provider's promises that is about bank transfers. */
export const describeBankTransfers = (suite: Suite): void => {
  const opened = async (): Promise<string> =>
    (await suite().provider.create({ tradeId, amount })).paymentIntentId;
  const get = (id: string) => suite().provider.get(id);

  describe('a payment by bank transfer', () => {
    it('that is too small is no payment, and says what has come', async () => {
      const id = await opened();
      await suite().transfer(id, 30_000n);
      expect(await get(id)).toMatchObject({
        ...{ status: 'open', payment: null, transferred: eur(30_000n) },
      });
      await suite().transfer(id, 20_000n);
      expect(await get(id)).toMatchObject({ status: 'open', transferred: eur(50_000n) });
    });

    it('is charged once it is whole, as one charge of the whole', async () => {
      const id = await opened();
      await suite().transfer(id, 30_000n);
      await suite().transfer(id, 70_000n);
      const paid = await get(id);
      expect(paid).toMatchObject({ status: 'succeeded', transferred: null });
      expect(paid.payment).toEqual(await suite().booked(id));
      expect(paid.payment?.received).toEqual(amount);
    });

    it('says what came beyond the charge, also later', async () => {
      const id = await opened();
      await suite().transfer(id, 100_500n);
      expect(await get(id)).toMatchObject({ status: 'succeeded', transferred: eur(500n) });
      await suite().transfer(id, 1_000n);
      expect(await get(id)).toMatchObject({ status: 'succeeded', transferred: eur(1_500n) });
    });

    it('can be closed with a part, and says what came of it, and after it', async () => {
      const id = await opened();
      await suite().transfer(id, 30_000n);
      const closed = { status: 'canceled', payment: null, transferred: eur(30_000n) };
      expect(await suite().provider.cancel(id)).toMatchObject(closed);
      await suite().transfer(id, 100n);
      expect(await get(id)).toMatchObject({ status: 'canceled', transferred: eur(30_100n) });
    });

    it('is found by its payer', async () => {
      const id = await opened();
      const payerId = await suite().payerOf(id);
      expect(await suite().provider.findForPayer(payerId)).toEqual(await get(id));
    });
  });

  describeLowering({ suite, opened });
  describeCredits({ suite, opened });
  describeReturns({ suite, opened });
};

type Transfers = { readonly suite: Suite; readonly opened: () => Promise<string> };

/** Where receipts are the rest, the payment is of less. */
function describeLowering({ suite, opened }: Transfers): void {
  describe('lowering a payment that waits for transfers', () => {
    it('to what has come charges that, and what is beyond it is said', async () => {
      const id = await opened();
      await suite().transfer(id, 60_000n);
      const lowered = await suite().provider.lower(id, eur(40_000n));
      expect(lowered).toMatchObject({ status: 'succeeded', transferred: eur(20_000n) });
      expect(lowered.payment).toEqual(await suite().booked(id));
      expect(lowered.payment?.received).toEqual(eur(40_000n));
      expect(await suite().provider.lower(id, eur(30_000n))).toEqual(lowered);
    });

    it('to more than that waits on, for less', async () => {
      const id = await opened();
      await suite().transfer(id, 60_000n);
      const lowered = await suite().provider.lower(id, eur(70_000n));
      expect(lowered).toMatchObject({ status: 'open', payment: null, transferred: eur(60_000n) });
      await suite().transfer(id, 10_000n);
      expect(await suite().provider.get(id)).toMatchObject({
        ...{ status: 'succeeded', transferred: null, payment: { received: eur(70_000n) } },
      });
    });
  });
}

/** What transfers have paid goes back to the cash balance first. */
function describeCredits({ suite, opened }: Transfers): void {
  describe('refunding a charge that transfers have paid', () => {
    it('lands on the cash balance, and leaves it by another refund of the same name', async () => {
      const { provider } = suite();
      const unusedOf = await opened();
      await suite().transfer(unusedOf, 100_000n);
      const chargeId = (await provider.get(unusedOf)).payment?.chargeId ?? '';
      const refund = { tradeId, refundId: 'rfd_1', attempt: 1, amount: eur(30_000n) };
      const credited = await provider.refund({ ...refund, chargeId });
      expect(credited.landsOn).toBe('cash_balance');
      expect(credited).not.toHaveProperty('takenFrom');
      expect(await provider.findRefund({ ...refund, unusedOf })).toBeUndefined();
      const left = await provider.refund({ ...refund, unusedOf });
      expect(left).toMatchObject({ takenFrom: 'cash_balance', debited: eur(30_000n) });
      expect(left).not.toHaveProperty('landsOn');
      expect(left.providerRefundId).not.toBe(credited.providerRefundId);
      const found = await provider.findRefund({ ...refund, unusedOf });
      expect(found?.providerRefundId).toBe(left.providerRefundId);
      expect((await provider.get(unusedOf)).transferred).toBeNull();
    });
  });
}

/** What was transferred and never charged goes back. */
function describeReturns({ suite, opened }: Transfers): void {
  const closedWith = async (minor: bigint): Promise<RefundRequest> => {
    const unusedOf = await opened();
    await suite().transfer(unusedOf, minor);
    await suite().provider.cancel(unusedOf);
    return { unusedOf, tradeId, refundId: 'rfd_1', attempt: 1, amount: eur(minor) };
  };

  describe('giving back what was transferred and never charged', () => {
    it('takes what it gives, and is found by its id', async () => {
      const { provider } = suite();
      const request = await closedWith(30_000n);
      expect(await provider.findRefund(request)).toBeUndefined();
      const made = await provider.refund(request);
      expect(await provider.getRefund(made.providerRefundId)).toMatchObject({
        ...{ tradeId, refundId: 'rfd_1', attempt: 1, status: 'succeeded' },
        ...{ amount: eur(30_000n), debited: eur(30_000n), fee: eur(0n) },
      });
      expect((await provider.findRefund(request))?.providerRefundId).toBe(made.providerRefundId);
      const other = { ...request, refundId: 'rfd_2' };
      expect(await provider.findRefund(other)).toBeUndefined();
    });

    it('is found behind more transfers than one answer holds', async () => {
      const { provider } = suite();
      const request = await closedWith(30_000n);
      const made = await provider.refund(request);
      const { unusedOf = '' } = request as { readonly unusedOf?: string };
      for (let sent = 0; sent < 101; sent += 1) await suite().transfer(unusedOf, 100n);
      expect((await provider.findRefund(request))?.providerRefundId).toBe(made.providerRefundId);
      expect((await provider.get(unusedOf)).transferred).toEqual(eur(30_000n + 10_100n));
    });

    it('does not make it forget what came', async () => {
      const { provider } = suite();
      const request = await closedWith(30_000n);
      await provider.refund(request);
      const { unusedOf = '' } = request as { readonly unusedOf?: string };
      expect(await provider.get(unusedOf)).toMatchObject({ transferred: eur(30_000n) });
    });

    it('of more than lies there is refused for good', async () => {
      const request = await closedWith(30_000n);
      const tooMuch = { ...request, amount: eur(30_001n) };
      expect((await coded(suite().provider.refund(tooMuch))).retryable).toBe(false);
    });

    it.each(unknownOutcomes)('%s: it can be asked for, and there is one', async (failure) => {
      const { provider, failNext } = suite();
      const request = await closedWith(30_000n);
      failNext('refund', failure);
      expect((await coded(provider.refund(request))).retryable).toBe(true);
      const found = await provider.findRefund(request);
      expect(found !== undefined).toBe(tookEffect(failure));
      const made = found ?? (await provider.refund(request));
      expect((await provider.findRefund(request))?.providerRefundId).toBe(made.providerRefundId);
    });
  });
}
