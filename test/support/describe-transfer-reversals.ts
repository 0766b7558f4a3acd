import { money, zero } from '../../src/money/money.ts';
import type { ProviderReversal, ReversalRequest } from '../../src/settlement/ports.ts';
import { coded } from './coded.ts';
import { tookEffect, unknownOutcomes } from './provider-failures.ts';
import { amount, attempt, type TransferSuite } from './transfer-rail-under-test.ts';

const some = money('USD', 97_500n);

/** The part of the rail's promises that is about taking back what was paid. */
export const describeTransferReversals = ({ suite, request }: TransferSuite): void => {
  const desk: Desk = {
    suite,
    paid: async () => {
      const { transferId } = await suite().rail.create(await request());
      suite().arrive();
      return transferId;
    },
    takeBack: async (wanted) => {
      const { recoveries } = await suite().rail.get(wanted.transferId);
      const found = recoveries.find(({ reversalId }) => reversalId === wanted.reversalId);
      return found ?? suite().rail.reverse(wanted);
    },
  };
  describeTaking(desk);
  describeLostReversals(desk);
  describeReversalRefusals(desk);
};

type Desk = Pick<TransferSuite, 'suite'> & {
  /** A transfer that has arrived. */
  readonly paid: () => Promise<string>;
  /** As the product does it: what was taken back is asked first, always. */
  readonly takeBack: (wanted: ReversalRequest) => Promise<ProviderReversal>;
};

const asked = (transferId: string, changes: Partial<ReversalRequest> = {}): ReversalRequest => ({
  ...{ reversalId: 'rvs_1', debtId: 'rfd_1', transferId, amount: some },
  ...changes,
});

const describeTaking = ({ suite, paid, takeBack }: Desk): void => {
  describe('a transfer that we take back', () => {
    it('says what we took, apart from what others did, in its own currency', async () => {
      const { rail, reverse } = suite();
      const transferId = await paid();
      const made = await rail.reverse(asked(transferId));
      expect(made).toEqual({
        ...{ reversalId: 'rvs_1', amount: some },
        providerReversalId: expect.any(String),
      });
      const taken = { amount, reversed: zero('USD'), recoveries: [made] };
      expect(await rail.get(transferId)).toMatchObject(taken);
      expect(await rail.find(attempt)).toMatchObject(taken);
      await reverse(transferId, money('USD', 7n));
      const others = { reversed: money('USD', 7n), recoveries: [made] };
      expect(await rail.get(transferId)).toMatchObject(others);
    });

    it('twice for one reason is taken back once, also after keys are forgotten', async () => {
      const { rail, forgetKeys, reversalsOf } = suite();
      const transferId = await paid();
      const made = await takeBack(asked(transferId));
      expect(await rail.reverse(asked(transferId))).toEqual(made);
      forgetKeys();
      expect(await takeBack(asked(transferId))).toEqual(made);
      expect(await reversalsOf(transferId)).toBe(1);
    });

    it('for two reasons is taken back for each, and over when nothing is left', async () => {
      const { rail, reversalsOf } = suite();
      const transferId = await paid();
      await takeBack(asked(transferId));
      expect(await rail.isOver(attempt)).toBe(false);
      const rest = money('USD', amount.amountMinor - some.amountMinor);
      await takeBack(asked(transferId, { reversalId: 'rvs_2', amount: rest }));
      expect(await reversalsOf(transferId)).toBe(2);
      expect(await rail.isOver(attempt)).toBe(true);
      expect((await rail.get(transferId)).recoveries).toHaveLength(2);
    });

    it('more often than one answer holds still says all', async () => {
      const { rail, reverse } = suite();
      const transferId = await paid();
      const made = await rail.reverse(asked(transferId));
      for (let time = 1; time <= 12; time += 1) await reverse(transferId, money('USD', 1n));
      expect(await rail.get(transferId)).toMatchObject({
        ...{ reversed: money('USD', 12n), recoveries: [made] },
      });
    });
  });
};

const describeLostReversals = ({ suite, paid, takeBack }: Desk): void => {
  describe('a transfer that we take back and whose answer is lost', () => {
    it.each(
      unknownOutcomes.flatMap((failure) => [
        [failure, 'remembered'] as const,
        [failure, 'forgotten'] as const,
      ]),
    )('(%s, keys %s) is taken back once', async (failure, keys) => {
      const { rail, failNext, forgetKeys, reversalsOf } = suite();
      const transferId = await paid();
      failNext('reverse', failure);
      expect((await coded(rail.reverse(asked(transferId)))).retryable).toBe(true);
      if (keys === 'forgotten') forgetKeys();
      expect(await reversalsOf(transferId)).toBe(tookEffect(failure) ? 1 : 0);
      expect(await takeBack(asked(transferId))).toMatchObject({ amount: some });
      expect(await reversalsOf(transferId)).toBe(1);
    });
  });
};

const describeReversalRefusals = ({ suite, paid, takeBack }: Desk): void => {
  describe('a transfer that we can’t take back', () => {
    it('because the seller’s account does not have the money, is refused for good', async () => {
      const { rail, drain, reversalsOf } = suite();
      const transferId = await paid();
      await drain();
      expect(await coded(rail.reverse(asked(transferId)))).toMatchObject({
        code: 'stripe.balance_insufficient',
        retryable: false,
      });
      expect(await reversalsOf(transferId)).toBe(0);
    });

    it('because less is left of it, is refused for good', async () => {
      const { rail, reverse, reversalsOf } = suite();
      const transferId = await paid();
      await reverse(transferId, money('USD', amount.amountMinor - 1n));
      expect((await coded(rail.reverse(asked(transferId)))).retryable).toBe(false);
      expect(await reversalsOf(transferId)).toBe(1);
    });

    it('because the provider is busy, can be asked again', async () => {
      const { rail, failNext, reversalsOf } = suite();
      const transferId = await paid();
      failNext('reverse', 'busy');
      expect((await coded(rail.reverse(asked(transferId)))).retryable).toBe(true);
      await takeBack(asked(transferId));
      expect(await reversalsOf(transferId)).toBe(1);
    });
  });
};
