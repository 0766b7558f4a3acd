import { money } from '../../src/money/money.ts';
import type { TransferRequest } from '../../src/settlement/ports.ts';
import { coded } from './coded.ts';
import {
  amount,
  attempt,
  payoutId,
  price,
  type TransferSuite,
  tradeId,
} from './transfer-rail-under-test.ts';

/** The part of the rail's promises that is about payouts which it does not make, or not yet. */
export const describeTransferRefusals = ({ suite, request }: TransferSuite): void => {
  describe('a payout that the provider refuses', () => {
    const refused = async (changes: Partial<TransferRequest>) => {
      const error = await coded(suite().rail.create(await request(changes)));
      expect(await suite().transfersOf(payoutId)).toBe(0);
      return error;
    };

    it('because there is no such seller, is refused for good', async () => {
      expect(await refused({ destination: 'acct_of_nobody' })).toMatchObject({
        code: 'stripe.resource_missing',
        retryable: false,
      });
    });

    it('because its charge brought less, is refused for good', async () => {
      expect((await refused({ amount: money('USD', 1_150_001n) })).retryable).toBe(false);
    });

    it('because its charge brought another currency, is refused for good', async () => {
      expect((await refused({ amount: money('EUR', 100n) })).retryable).toBe(false);
    });

    it('because it is busy, can be made again', async () => {
      const { rail, failNext } = suite();
      const payout = await request();
      failNext('create', 'busy');
      expect((await coded(rail.create(payout))).retryable).toBe(true);
      expect(await rail.create(payout)).toMatchObject({ payoutId, amount });
    });

    it('once made, with another amount, is refused for good', async () => {
      const { rail, transfersOf } = suite();
      const payout = await request();
      await rail.create(payout);
      const error = await coded(rail.create({ ...payout, amount: money('USD', 1n) }));
      expect(error.retryable).toBe(false);
      expect(await transfersOf(payoutId)).toBe(1);
    });
  });

  describe('a transfer that does not exist', () => {
    it('is an error for good', async () => {
      const error = await coded(suite().rail.get('tr_of_nobody'));
      expect(error).toMatchObject({ code: 'stripe.resource_missing', retryable: false });
    });
  });
};

/** And of those that the balance does not cover. */
export const describeBalance = ({ suite }: TransferSuite): void => {
  describe('a payout of money that is not available yet', () => {
    const payout = () => ({ ...attempt, amount, destination: suite().destination });

    it('is made where it draws on its own charge', async () => {
      const sourceChargeId = await suite().charge(tradeId, price);
      const created = await suite().rail.create({ ...payout(), sourceChargeId });
      expect(created).toMatchObject({ payoutId, amount });
    });

    it('waits where it draws on the balance, and is made as soon as the money is there', async () => {
      const { rail, charge, makeAvailable, transfersOf } = suite();
      await charge(tradeId, price);
      for (const _ of [1, 2]) {
        expect(await coded(rail.create(payout()))).toMatchObject({
          code: 'stripe.balance_insufficient',
          retryable: true,
        });
      }
      makeAvailable();
      expect(await rail.create(payout())).toMatchObject({ payoutId, amount });
      expect(await transfersOf(payoutId)).toBe(1);
    });

    it('is in the way before it is tried, where receipts have paid', async () => {
      const { rail, charge, makeAvailable, destination } = suite();
      const check = () =>
        rail.check({
          destination,
          marketplaceId: attempt.marketplaceId,
          amount,
          paidByReceipts: true,
        });
      await charge(tradeId, price);
      expect(await check()).toEqual({ kind: 'blocked', code: 'balance_top_up_needed' });
      makeAvailable();
      expect(await check()).toEqual({ kind: 'ready' });
    });

    it('waits where nothing of its currency has ever come', async () => {
      const error = await coded(
        suite().rail.create({ ...payout(), currency: 'GBP', amount: money('GBP', 100n) }),
      );
      expect(error).toMatchObject({ code: 'stripe.balance_insufficient', retryable: true });
    });
  });
};

/** And of accounts that can't be paid: known before anything is sent there. */
export const describeCapability = ({ suite, request }: TransferSuite): void => {
  describe('an account', () => {
    const check = async (destination = suite().destination) =>
      suite().rail.check({ destination, amount, marketplaceId: attempt.marketplaceId });

    it('without the capability says so, until it has it', async () => {
      const { rail, restrict, transfersOf } = suite();
      restrict(true);
      expect(await check()).toEqual({ kind: 'blocked', code: 'transfers_inactive' });
      expect(await coded(rail.create(await request()))).toMatchObject({ retryable: false });
      expect(await rail.isOver(attempt)).toBe(true);
      restrict(false);
      expect(await check()).toEqual({ kind: 'ready' });
      expect(await transfersOf(payoutId)).toBe(0);
    });

    it('that is nobody’s says so', async () => {
      expect(await check('acct_of_nobody')).toEqual({ kind: 'blocked', code: 'account_unknown' });
    });
  });
};
