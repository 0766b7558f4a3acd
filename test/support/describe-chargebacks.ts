import type { ContestRequest, PaymentProvider } from '../../src/escrow/ports.ts';
import type { Payment } from '../../src/escrow/state.ts';
import { compare, money, zero } from '../../src/money/money.ts';
import { coded } from './coded.ts';
import { type ProviderFailure, tookEffect, unknownOutcomes } from './provider-failures.ts';

/** A provider with an account of its own, and what the suite must be able to see and to break. */
export type ChargebacksUnderTest = {
  readonly provider: PaymentProvider;
  /** The buyer pays EUR 10,246.74 for `trd_1`. */
  readonly pay: () => Promise<Payment>;
  /** The buyer's bank disputes a charge; the id of its dispute. */
  readonly dispute: (chargeId: string) => Promise<string>;
  readonly end: (chargebackId: string, outcome: 'won' | 'lost') => Promise<void>;
  readonly failNext: (call: 'contest' | 'accept' | 'get', failure: ProviderFailure) => void;
  /** The provider forgets every idempotency key. */
  readonly forgetKeys: () => void;
  readonly stop: () => Promise<void>;
};

type Suite = () => ChargebacksUnderTest;

const request: Omit<ContestRequest, 'chargebackId'> = {
  ...{ tradeId: 'trd_1', responseId: 'cbr_1' },
  evidence: {
    carrier: 'UPS',
    trackingNumber: '1Z999AA10123456784',
    statement: 'It was delivered.',
  },
};

const memories = ['remembers', 'has forgotten'] as const;
const cases = unknownOutcomes.flatMap((failure) => memories.map((memory) => ({ failure, memory })));

/** What every adapter of the payment provider promises of chargebacks. */
export const describeChargebacks = (
  name: string,
  make: () => Promise<ChargebacksUnderTest>,
): void => {
  describe(`${name} as a provider of chargebacks`, () => {
    let underTest: ChargebacksUnderTest;
    beforeEach(async () => {
      underTest = await make();
    });
    afterEach(() => underTest.stop());

    describeReading(() => underTest);
    describeAnswering(() => underTest);
    describeLostAnswers(() => underTest);
  });
};

const opened = async (suite: Suite) => {
  const payment = await suite().pay();
  return { payment, id: await suite().dispute(payment.chargeId) };
};

const describeReading = (suite: Suite): void => {
  describe('a chargeback', () => {
    it('is of its trade and charge, and says what was withdrawn and until when to answer', async () => {
      const { payment, id } = await opened(suite);
      const { settled, chargeId, received } = payment;
      const read = await suite().provider.getChargeback(id);
      expect(read).toMatchObject({
        ...{ chargebackId: id, tradeId: 'trd_1', chargeId, status: 'open', amount: received },
        ...{ needsResponse: true, submissions: 0, responseId: null },
        reinstated: zero(settled.currency),
      });
      expect(read.withdrawn.currency).toBe(settled.currency);
      expect(read.withdrawn.amountMinor).toBeGreaterThan(0n);
      expect(read.fee.amountMinor).toBeGreaterThan(0n);
      expect(read.reason).toMatch(/^[a-z_]+$/);
      expect(Date.parse(read.evidenceDueBy ?? '')).toBeGreaterThan(Date.parse(payment.capturedAt));
    });

    it('that is won has given back all that it withdrew', async () => {
      const { id } = await opened(suite);
      await suite().end(id, 'won');
      const read = await suite().provider.getChargeback(id);
      expect(read).toMatchObject({ status: 'won', needsResponse: false });
      expect(compare(read.reinstated, read.withdrawn)).toBe(0);
    });

    it('that is lost has given back nothing', async () => {
      const { id } = await opened(suite);
      await suite().end(id, 'lost');
      const { status, reinstated } = await suite().provider.getChargeback(id);
      expect([status, reinstated.amountMinor]).toEqual(['lost', 0n]);
    });

    it('that does not exist is refused for good', async () => {
      expect(await coded(suite().provider.getChargeback('du_none'))).toMatchObject({
        ...{ code: 'stripe.resource_missing', retryable: false },
      });
    });

    it('stands in the way of a refund', async () => {
      const { payment } = await opened(suite);
      const { chargeId } = payment;
      const refund = { tradeId: 'trd_1', chargeId, refundId: 'rfd_1', attempt: 1 };
      const call = suite().provider.refund({ ...refund, amount: money('EUR', 100n) });
      expect(await coded(call)).toMatchObject({ code: 'stripe.charge_disputed', retryable: false });
    });

    it('has its refusal repeated under its key after it, as long as that is remembered', async () => {
      const { payment, id } = await opened(suite);
      const { provider, forgetKeys, end } = suite();
      const of = { tradeId: 'trd_1', chargeId: payment.chargeId, amount: money('EUR', 100n) };
      const refund = (refundId: string, afterChargebacks = 0) =>
        provider.refund({ ...of, refundId, attempt: 1, afterChargebacks });
      const disputed = { code: 'stripe.charge_disputed' };
      for (const name of ['rfd_1', 'rfd_2']) {
        expect(await coded(refund(name))).toMatchObject(disputed);
      }
      await end(id, 'won');
      expect(await coded(refund('rfd_1'))).toMatchObject(disputed);
      expect(await refund('rfd_1', 1)).toMatchObject({ refundId: 'rfd_1' });
      forgetKeys();
      expect(await refund('rfd_2')).toMatchObject({ refundId: 'rfd_2' });
    });
  });
};

const describeAnswering = (suite: Suite): void => {
  describe('an answer', () => {
    it('of evidence is handed in once, under its own id, and waits for the bank', async () => {
      const { provider } = suite();
      const { id } = await opened(suite);
      const answered = await provider.contestChargeback({ ...request, chargebackId: id });
      expect(answered).toMatchObject({
        ...{ status: 'open', needsResponse: false, submissions: 1, responseId: 'cbr_1' },
      });
      expect(await provider.getChargeback(id)).toEqual(answered);
      expect(await provider.contestChargeback({ ...request, chargebackId: id })).toEqual(answered);
      expect((await provider.getChargeback(id)).submissions).toBe(1);
    });

    it('of consent loses it', async () => {
      const { provider } = suite();
      const { id } = await opened(suite);
      const lost = await provider.acceptChargeback({ ...request, chargebackId: id });
      expect(lost).toMatchObject({ status: 'lost', needsResponse: false, submissions: 0 });
      expect(await provider.getChargeback(id)).toEqual(lost);
    });

    it('to what the bank has decided is refused for good', async () => {
      const { provider } = suite();
      const { id } = await opened(suite);
      await suite().end(id, 'lost');
      const late = { ...request, chargebackId: id };
      expect((await coded(provider.contestChargeback(late))).retryable).toBe(false);
      expect((await coded(provider.acceptChargeback(late))).retryable).toBe(false);
      expect((await provider.getChargeback(id)).submissions).toBe(0);
    });
  });
};

const describeLostAnswers = (suite: Suite): void => {
  describe.each(cases)(
    'an answer whose first try was $failure, when the provider $memory its key',
    ({ failure, memory }) => {
      const afterwards = () => {
        if (memory === 'has forgotten') suite().forgetKeys();
      };

      it('can be asked for, and evidence is handed in once', async () => {
        const { provider, failNext } = suite();
        const { id } = await opened(suite);
        failNext('contest', failure);
        const contest = () => provider.contestChargeback({ ...request, chargebackId: id });
        expect((await coded(contest())).retryable).toBe(true);
        afterwards();
        const { submissions } = await provider.getChargeback(id);
        expect(submissions).toBe(tookEffect(failure) ? 1 : 0);
        if (submissions === 0) await contest();
        expect((await provider.getChargeback(id)).submissions).toBe(1);
      });

      it('can be asked for, and consent is given once', async () => {
        const { provider, failNext } = suite();
        const { id } = await opened(suite);
        failNext('accept', failure);
        const accept = () => provider.acceptChargeback({ ...request, chargebackId: id });
        expect((await coded(accept())).retryable).toBe(true);
        afterwards();
        const { status } = await provider.getChargeback(id);
        expect(status).toBe(tookEffect(failure) ? 'lost' : 'open');
        if (status === 'open') await accept();
        expect((await provider.getChargeback(id)).status).toBe('lost');
      });
    },
  );
};
