import { money } from '../../src/money/money.ts';
import type { TransferRequest } from '../../src/settlement/ports.ts';
import { coded } from './coded.ts';
import { describePayoutRail } from './describe-payout-rail.ts';
import {
  describeBalance,
  describeCapability,
  describeTransferRefusals,
} from './describe-transfer-refusals.ts';
import { describeTransferReversals } from './describe-transfer-reversals.ts';
import {
  amount,
  attempt,
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
      ...attempt,
      ...{ amount, destination: underTest.destination },
      sourceChargeId: await underTest.charge(tradeId, price),
      ...changes,
    });

    describePayoutRail({
      rail: () => underTest.rail,
      request,
      made: (payoutId) => underTest.transfersOf(payoutId),
      failNext: (failure) => underTest.failNext('create', failure),
      block: () => underTest.restrict(true),
    });
    describeCapability({ suite: () => underTest, request });
    describePayouts({ suite: () => underTest, request });
    describeLostPayouts({ suite: () => underTest, request });
    describeTransferRefusals({ suite: () => underTest, request });
    describeBalance({ suite: () => underTest, request });
    describeTransferReversals({ suite: () => underTest, request });
    describeFinding({ suite: () => underTest, request });
    describeGroup({ suite: () => underTest, request });
    describeBank({ suite: () => underTest, request });
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
        attempt: 1,
        reversed: money('USD', 0n),
        recoveries: [],
      });
      expect(await rail.get(created.transferId)).toEqual(created);
    });

    it('is apart from the other payouts of its trade', async () => {
      const { rail } = suite();
      const half = money('USD', 500_000n);
      const payout = await request({ amount: half });
      const first = await rail.create(payout);
      const second = await rail.create({ ...payout, payoutId: 'payout_1_balance' });
      expect(second.transferId).not.toBe(first.transferId);
      expect(await rail.find(attempt)).toEqual(first);
      expect(await rail.find({ ...attempt, payoutId: 'payout_1_balance' })).toEqual(second);
      expect(await rail.find({ ...attempt, tradeId: 'trd_2' })).toBeUndefined();
    });

    it.each([
      ['in whole', undefined],
      ['in part', money('USD', 1n)],
    ])('that was taken back %s says how much, in its own currency', async (_, part) => {
      const { rail, reverse } = suite();
      const { transferId } = await rail.create(await request());
      await reverse(transferId, part);
      expect(await rail.get(transferId)).toMatchObject({ amount, reversed: part ?? amount });
      expect(await rail.find(attempt)).toMatchObject({ transferId, reversed: part ?? amount });
      expect(await rail.isOver(attempt)).toBe(part === undefined);
    });
  });
};

const describeLostPayouts = ({ suite, request }: TransferSuite): void => {
  describe('a payout whose answer is lost', () => {
    it('is found after the provider has forgotten the key', async () => {
      const { rail, failNext, forgetKeys } = suite();
      failNext('create', 'timed_out_after_execution');
      await coded(rail.create(await request()));
      forgetKeys();
      expect(await rail.find(attempt)).toMatchObject({ payoutId, amount });
    });

    it.each(['find', 'get'] as const)('and %s that fails can be repeated', async (call) => {
      const { rail, failNext } = suite();
      const created = await rail.create(await request());
      const ask = {
        find: () => rail.find(attempt),
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
      expect(await rail.find(attempt)).toEqual(created);
      expect(await rail.find({ ...attempt, payoutId: 'payout_1_balance' })).toBeUndefined();
      expect(await rail.get(other)).toMatchObject({ payoutId: null });
    });
  });
};

const describeGroup = ({ suite, request }: TransferSuite): void => {
  describe('the group of a trade', () => {
    it('is every transfer of it, whoever made it, on however many pages', async () => {
      const { rail, crowd } = suite();
      expect(await rail.ofTrade(tradeId)).toEqual([]);
      const created = await rail.create(await request());
      const others = await crowd(tradeId, 101);
      const all = await rail.ofTrade(tradeId);
      expect(new Set(all.map(({ transferId }) => transferId))).toEqual(
        new Set([created.transferId, ...others]),
      );
      expect(all).toContainEqual(created);
      expect(await rail.ofTrade('trd_other')).toEqual([]);
    });
  });
};

const describeBank = ({ suite }: TransferSuite): void => {
  describe("a payout of the provider's to the seller's bank", () => {
    it('that arrived was refused by nobody', async () => {
      const { rail, destination, payOut } = suite();
      expect(await rail.bankRefusal(destination, await payOut())).toBeUndefined();
    });

    it('that came back after it was paid says why', async () => {
      const { rail, destination, payOut } = suite();
      const id = await payOut('account_closed');
      expect(await rail.bankRefusal(destination, id)).toBe('account_closed');
    });

    it("of another account is not the seller's", async () => {
      const { rail, payOut } = suite();
      const id = await payOut('account_closed');
      expect((await coded(rail.bankRefusal('acct_other', id))).code).toMatch(/^stripe\./);
    });
  });
};
