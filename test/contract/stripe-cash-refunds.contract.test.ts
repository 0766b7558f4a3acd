import { loadEscrow } from '../../src/escrow/collect.ts';
import { refundTrade, retryRefundOf } from '../../src/escrow/refund-trade.ts';
import { canRefund } from '../../src/escrow/state.ts';
import { balancesOf } from '../../src/ledger/balances.ts';
import { money } from '../../src/money/money.ts';
import { story, tradeId } from '../support/builders.ts';
import {
  deliveredTrade,
  expectToTheCent,
  type Shop,
  shopAtStripe,
} from '../support/shop-at-stripe.ts';

let shop: Shop;
let payer: string;
beforeEach(async () => {
  shop = await shopAtStripe();
  const paid = await deliveredTrade(shop, (id) =>
    shop.sandbox.control.transfer(id, Number(story.escrowFunded.received.amountMinor)),
  );
  const { customer } = await shop.stripe.direct.charges.retrieve(paid.charge);
  payer = String(customer);
});
afterEach(() => shop.stripe.stop());

const context = { tradeId, cause: 'api#1' };
const amount = money('EUR', 100_000n);
const refund = () => refundTrade(shop.collection, context, { idempotencyKey: 'key-1', amount });
const types = () => shop.records().flatMap(({ events }) => events.map(({ type }) => type));
const owed = (account: string): bigint =>
  balancesOf(shop.records().flatMap(({ journal }) => journal))
    .filter((balance) => balance.account === account && balance.currency === 'EUR')
    .reduce((sum, { creditMinor, debitMinor }) => sum + creditMinor - debitMinor, 0n);
const cash = async (): Promise<number> => {
  const { available } = await shop.stripe.direct.customers.retrieveCashBalance(payer);
  return available?.['eur'] ?? 0;
};
const refundOfTrade = async () => {
  const state = await loadEscrow(shop.collection, tradeId);
  return canRefund(state) ? state.refunds[0] : undefined;
};

describe('A refund of a charge that a bank transfer has paid', () => {
  it('lands on the cash balance, is owed until it leaves that, and leaves it', async () => {
    const { refund: refundAt } = shop.collection.payments;
    let calls = 0;
    // The second refund, out of the cash balance, gets no answer the first time.
    shop.collection.payments.refund = async (request) => {
      calls += 1;
      if (calls === 2) throw new Error('No answer.');
      return refundAt(request);
    };
    await refund();
    await expect(shop.deliver()).rejects.toThrow('No answer.');
    expect(types().slice(-3)).toEqual(['RefundValued', 'RefundSubmitted', 'RefundCredited']);
    expect(await cash()).toBe(100_000);
    expect([owed('2310'), owed('1120')]).toEqual([100_000n, -100_000n]);
    expectToTheCent(shop);
    await shop.deliver();
    expect(types().slice(-2)).toEqual(['RefundSubmitted', 'RefundSettled']);
    expect(await cash()).toBe(0);
    expect([owed('2310'), owed('1120')]).toEqual([0n, 0n]);
    expectToTheCent(shop);
    expect(calls).toBe(3);
  });

  it('is one refund, whatever Stripe tells again of either half', async () => {
    await refund();
    await shop.deliver();
    const before = shop.records().length;
    const { data } = await shop.stripe.direct.refunds.list({ limit: 10 });
    expect(data).toHaveLength(2);
    for (const { id } of data) {
      expect(await shop.told('refund.created', id)).toEqual({ kind: 'done' });
      expect(await shop.told('refund.updated', id)).toEqual({ kind: 'done' });
    }
    expect(shop.records()).toHaveLength(before);
  });

  it('that the bank gives back is cash again, owed again, and sent from there anew', async () => {
    await refund();
    await shop.deliver();
    const first = await refundOfTrade();
    shop.sandbox.control.failRefund(first?.providerRefundId ?? '');
    await shop.told('refund.failed', first?.providerRefundId ?? '');
    expect(await refundOfTrade()).toMatchObject({
      status: 'failed',
      creditedBy: expect.stringMatching(/^re_/),
    });
    expect(await cash()).toBe(100_000);
    expect([owed('2310'), owed('1120')]).toEqual([100_000n, -100_000n]);
    await retryRefundOf(
      shop.collection,
      { tradeId, cause: 'api#2' },
      { refundId: first?.refundId ?? '' },
    );
    await shop.deliver();
    expect(await refundOfTrade()).toMatchObject({ status: 'settled', attempt: 2 });
    expect([await cash(), owed('2310'), owed('1120')]).toEqual([0, 0n, 0n]);
    expectToTheCent(shop);
  });
});
