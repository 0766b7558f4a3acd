import { money } from '../../src/money/money.ts';
import type { TransferRequest } from '../../src/settlement/ports.ts';
import { coded } from './coded.ts';
import { describeBalance, describeTransferRefusals } from './describe-transfer-refusals.ts';
import { tookEffect, unknownOutcomes } from './provider-failures.ts';
import {
  amount,
  payoutId,
  price,
  type TransferRailUnderTest,
  type TransferSuite,
  tradeId,
} from './transfer-rail-under-test.ts';

/** What every adapter of the transfer rail promises, whoever the provider is. */
export const describeTransferRail = (
  name: string,
  make: () => Promise<TransferRailUnderTest>,
): void => {
  describe(`${name} as a transfer rail`, () => {
    let underTest: TransferRailUnderTest;
    beforeEach(async () => {
      underTest = await make();
    });
    afterEach(() => underTest.stop());

    /** A payout that draws on its trade's own charge. */
    const request = async (changes: Partial<TransferRequest> = {}): Promise<TransferRequest> => ({
      ...{ payoutId, tradeId, amount, destination: underTest.destination },
      sourceChargeId: await underTest.charge(tradeId, price),
      ...changes,
    });

    describePayouts({ suite: () => underTest, request });
    describeLostPayouts({ suite: () => underTest, request });
    describeTransferRefusals({ suite: () => underTest, request });
    describeBalance({ suite: () => underTest, request });
    describeFinding({ suite: () => underTest, request });
  });
};

const describePayouts = ({ suite, request }: TransferSuite): void => {
  describe('a payout', () => {
    it('is one transfer of its amount that names it', async () => {
      const { rail } = suite();
      const created = await rail.create(await request());
      expect(created).toEqual({
        transferId: expect.any(String),
        payoutId,
        amount,
        reversed: false,
      });
      expect(await rail.get(created.transferId)).toEqual(created);
    });

    it('is not found before it is made, and found after', async () => {
      const { rail } = suite();
      const payout = await request();
      expect(await rail.find({ tradeId, payoutId })).toBeUndefined();
      const created = await rail.create(payout);
      expect(await rail.find({ tradeId, payoutId })).toEqual(created);
    });

    it('made twice is one transfer', async () => {
      const { rail, transfersOf } = suite();
      const payout = await request();
      const created = await rail.create(payout);
      expect(await rail.create(payout)).toEqual(created);
      expect(await transfersOf(payoutId)).toBe(1);
    });

    it('made ten times at once is one transfer', async () => {
      const { rail, transfersOf } = suite();
      const payout = await request();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => rail.create(payout)),
      );
      const ids = results.map((result) =>
        result.status === 'fulfilled' ? result.value.transferId : result.reason.retryable,
      );
      expect(new Set(ids.filter((id) => id !== true)).size).toBe(1);
      expect(await transfersOf(payoutId)).toBe(1);
    });

    it('is apart from the other payouts of its trade', async () => {
      const { rail } = suite();
      const half = money('USD', 500_000n);
      const payout = await request({ amount: half });
      const first = await rail.create(payout);
      const second = await rail.create({ ...payout, payoutId: 'payout_1_balance' });
      expect(second.transferId).not.toBe(first.transferId);
      expect(await rail.find({ tradeId, payoutId })).toEqual(first);
      expect(await rail.find({ tradeId, payoutId: 'payout_1_balance' })).toEqual(second);
      expect(await rail.find({ tradeId: 'trd_2', payoutId })).toBeUndefined();
    });

    it.each([
      ['in whole', undefined],
      ['in part', money('USD', 1n)],
    ])('that was taken back %s is shown as reversed', async (_, part) => {
      const { rail, reverse } = suite();
      const { transferId } = await rail.create(await request());
      await reverse(transferId, part);
      expect(await rail.get(transferId)).toMatchObject({ amount, reversed: true });
      expect(await rail.find({ tradeId, payoutId })).toMatchObject({ transferId, reversed: true });
    });
  });
};

const describeLostPayouts = ({ suite, request }: TransferSuite): void => {
  describe('a payout whose answer is lost', () => {
    it.each(unknownOutcomes)(
      '%s: it can be asked what happened, and there is one',
      async (failure) => {
        const { rail, failNext, transfersOf } = suite();
        const payout = await request();
        failNext('create', failure);
        expect((await coded(rail.create(payout))).retryable).toBe(true);
        const found = await rail.find({ tradeId, payoutId });
        expect(found !== undefined).toBe(tookEffect(failure));
        const transfer = found ?? (await rail.create(payout));
        expect(transfer).toMatchObject({ payoutId, amount });
        expect(await transfersOf(payoutId)).toBe(1);
      },
    );

    it('is found after the provider has forgotten the key', async () => {
      const { rail, failNext, forgetKeys } = suite();
      failNext('create', 'timed_out_after_execution');
      await coded(rail.create(await request()));
      forgetKeys();
      expect(await rail.find({ tradeId, payoutId })).toMatchObject({ payoutId, amount });
    });

    it.each(['find', 'get'] as const)('and %s that fails can be repeated', async (call) => {
      const { rail, failNext } = suite();
      const created = await rail.create(await request());
      const ask = {
        find: () => rail.find({ tradeId, payoutId }),
        get: () => rail.get(created.transferId),
      }[call];
      for (const failure of [
        'cut_short_after_execution',
        'timed_out_after_execution',
        'busy',
      ] as const) {
        failNext(call, failure);
        expect((await coded(ask())).retryable).toBe(true);
        expect(await ask()).toEqual(created);
      }
    });
  });
};

const describeFinding = ({ suite, request }: TransferSuite): void => {
  describe('a trade with more transfers than one answer holds', () => {
    it('has its payout found behind those of others, which name none', async () => {
      const { rail, crowd } = suite();
      const created = await rail.create(await request({ amount: money('USD', 1_000n) }));
      const [other = ''] = await crowd(tradeId, 230);
      expect(await rail.find({ tradeId, payoutId })).toEqual(created);
      expect(await rail.find({ tradeId, payoutId: 'payout_1_balance' })).toBeUndefined();
      expect(await rail.get(other)).toMatchObject({ payoutId: null });
    });
  });
};
