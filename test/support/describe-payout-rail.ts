import type { PayoutRail, TransferRequest } from '../../src/settlement/ports.ts';
import { coded } from './coded.ts';
import { type ProviderFailure, tookEffect, unknownOutcomes } from './provider-failures.ts';

/** A rail of any kind, and what the suite must be able to see and to break. */
export type PayoutRailUnderTest = {
  readonly rail: () => PayoutRail;
  /** The first attempt at a payout that the rail can make. */
  readonly request: () => Promise<TransferRequest>;
  /** How often the payout was made, by the rail's own books. */
  readonly made: (payoutId: string) => Promise<number>;
  readonly failNext: (failure: ProviderFailure) => void;
  /** The account of the request can't be paid from now on. */
  readonly block: () => void;
};

/** What every rail promises, whether a provider transfers or a bank is told to. */
export const describePayoutRail = (underTest: PayoutRailUnderTest): void => {
  describeMaking(underTest);
  describeLosing(underTest);
  describeAccount(underTest);
};

const describeMaking = ({ rail, request, made }: PayoutRailUnderTest): void => {
  describe('a payout on any rail', () => {
    it('is not found before it is made, and found after', async () => {
      const payout = await request();
      expect(await rail().find(payout)).toBeUndefined();
      expect(await rail().isOver(payout)).toBe(true);
      const created = await rail().create(payout);
      const { payoutId, attempt, amount } = payout;
      expect(created).toMatchObject({
        ...{ payoutId, attempt, amount },
        reversed: { currency: amount.currency, amountMinor: 0n },
      });
      expect(await rail().find(payout)).toEqual(created);
      expect(await rail().isOver(payout)).toBe(false);
    });

    it('made twice is one', async () => {
      const payout = await request();
      const created = await rail().create(payout);
      expect(await rail().create(payout)).toEqual(created);
      expect(await made(payout.payoutId)).toBe(1);
    });

    it('made ten times at once is one', async () => {
      const payout = await request();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => rail().create(payout)),
      );
      const ids = results.map((result) =>
        result.status === 'fulfilled' ? result.value.transferId : result.reason.retryable,
      );
      expect(new Set(ids.filter((id) => id !== true)).size).toBe(1);
      expect(await made(payout.payoutId)).toBe(1);
    });

    it('has attempts that are apart from each other', async () => {
      const first = await request();
      const second = { ...first, attempt: 2 };
      const [one, two] = [await rail().create(first), await rail().find(second)];
      expect(two).toBeUndefined();
      if (first.sourceChargeId !== undefined) return;
      const other = await rail().create(second);
      expect(other.transferId).not.toBe(one.transferId);
      expect(await rail().find(first)).toEqual(one);
      expect(await rail().find(second)).toEqual(other);
    });
  });
};

const describeLosing = ({ rail, request, made, failNext }: PayoutRailUnderTest): void => {
  describe('a payout on any rail', () => {
    it.each(unknownOutcomes)(
      'whose answer is lost (%s) can be asked for, and there is one',
      async (failure) => {
        const payout = await request();
        failNext(failure);
        expect((await coded(rail().create(payout))).retryable).toBe(true);
        const found = await rail().find(payout);
        expect(found !== undefined).toBe(tookEffect(failure));
        const { payoutId, amount } = payout;
        expect(found ?? (await rail().create(payout))).toMatchObject({ payoutId, amount });
        expect(await made(payoutId)).toBe(1);
      },
    );
  });
};

const describeAccount = ({ rail, request, made, block }: PayoutRailUnderTest): void => {
  describe('an account on any rail', () => {
    it('is looked at before anything is sent there', async () => {
      const payout = await request();
      expect(await rail().check(payout)).toMatchObject({ kind: 'ready' });
      block();
      expect(await rail().check(payout)).toMatchObject({
        kind: 'blocked',
        code: expect.stringMatching(/^[a-z_]+$/),
      });
      expect(await made(payout.payoutId)).toBe(0);
    });

    it('pays whole steps of a currency', () => {
      expect(rail().stepMinor('USD')).toBe(1n);
      expect(rail().stepMinor('JPY')).toBe(1n);
    });
  });
};
