import { makeRefunds } from '../../src/escrow/make-refunds.ts';
import { refundTrade } from '../../src/escrow/refund-trade.ts';
import { money } from '../../src/money/money.ts';
import { loadSeller } from '../../src/settlement/run.ts';
import { tradeId } from '../support/builders.ts';
import {
  deliveredTrade,
  expectToTheCent,
  payTheSeller,
  type Shop,
  shopAtStripe,
} from '../support/shop-at-stripe.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await shopAtStripe();
});
afterEach(() => shop.stripe.stop());

const typesOf = () => shop.records().flatMap(({ events }) => events.map(({ type }) => type));
const context = { tradeId, cause: 'api#1' };
const refund = { idempotencyKey: 'key-1', amount: money('EUR', 100_000n) };

const dispute = async (charge: string): Promise<string> => {
  const { id } = shop.sandbox.control.openDispute(charge);
  expect(await shop.told('charge.dispute.created', id)).toEqual({ kind: 'done' });
  return id;
};

const end = async (id: string, outcome: 'won' | 'lost'): Promise<void> => {
  shop.sandbox.control.endDispute(id, outcome);
  expect(await shop.told('charge.dispute.closed', id)).toEqual({ kind: 'done' });
  await shop.deliver();
};

describe('A refund that races a chargeback', () => {
  it.each(['won', 'lost'] as const)(
    'and comes second, to one that is %s, agrees with Stripe to the cent',
    async (outcome) => {
      const { charge } = await deliveredTrade(shop);
      await refundTrade(shop.collection, context, refund);
      // The bank disputes between the moment we ask and the moment we would give back.
      const { id } = shop.sandbox.control.openDispute(charge);
      const made = await makeRefunds(shop.collection, context);
      expect(made).toMatchObject({ kind: 'too_early', code: 'refund.charge_disputed' });
      await shop.told('charge.dispute.created', id);
      expectToTheCent(shop);
      await end(id, outcome);
      expectToTheCent(shop);
      const refunds = await shop.stripe.direct.refunds.list({ charge });
      expect(refunds.data).toHaveLength(outcome === 'won' ? 1 : 0);
    },
  );

  it('of what a lost chargeback left is refused by Stripe, and paid by bank', async () => {
    const { charge } = await deliveredTrade(shop);
    const all = { ...refund, amount: money('EUR', 500_000n) };
    await refundTrade(shop.collection, context, all);
    const { id } = shop.sandbox.control.openDispute(charge, { amount: 400_000 });
    await shop.told('charge.dispute.created', id);
    shop.sandbox.control.endDispute(id, 'lost');
    await shop.told('charge.dispute.closed', id);
    const made = await makeRefunds(shop.collection, { ...context, cause: 'msg#1' });
    expect(made).toMatchObject({ kind: 'rejected', code: 'refund.by_bank' });
    expectToTheCent(shop);
    expect((await shop.stripe.direct.refunds.list({ charge })).data).toHaveLength(0);
  });

  it('and comes first agrees with Stripe to the cent, though the bank takes the rest', async () => {
    const { charge } = await deliveredTrade(shop);
    await refundTrade(shop.collection, context, refund);
    await shop.deliver();
    const { data } = await shop.stripe.direct.refunds.list({ charge });
    await shop.told('refund.updated', String(data[0]?.id));
    expectToTheCent(shop);
    await end(await dispute(charge), 'lost');
    expectToTheCent(shop);
    expect(typesOf()).toContain('ChargebackLost');
  });
});

describe('A payout that fails after it was paid', () => {
  it('leaves the books as Stripe has them, to the cent, and the money with the seller', async () => {
    const { account } = await deliveredTrade(shop);
    await payTheSeller(shop);
    expectToTheCent(shop);
    const { direct } = shop.stripe;
    const stripeAccount = account;
    const before = await direct.balance.retrieve({}, { stripeAccount });
    const amount = before.available[0]?.amount ?? 0;
    const bank = await direct.payouts.create({ amount, currency: 'usd' }, { stripeAccount });
    expect(shop.sandbox.control.payPayout(bank.id).status).toBe('paid');
    shop.sandbox.control.failPayout(bank.id, 'account_closed');
    expect(await shop.told('payout.failed', bank.id, account)).toEqual({ kind: 'done' });
    await shop.deliver();
    expectToTheCent(shop);
    const after = await direct.balance.retrieve({}, { stripeAccount });
    expect(after.available[0]?.amount).toBe(amount);
    expect((await loadSeller(shop.settlement, account)).impairedBy).toBe('account_closed');
    expect(typesOf().filter((type) => type === 'PayoutSubmitted')).toHaveLength(1);
  });
});

describe('A chargeback of a seller who is paid already', () => {
  it('that is won agrees with Stripe to the cent, and nobody owes anything', async () => {
    const { charge, account } = await deliveredTrade(shop);
    await payTheSeller(shop);
    const id = await dispute(charge);
    expectToTheCent(shop);
    await end(id, 'won');
    expectToTheCent(shop);
    expect(typesOf()).toContain('ChargebackWon');
    expect((await loadSeller(shop.settlement, account)).debts.size).toBe(0);
  });

  it('that is lost agrees with Stripe to the cent, and the seller owes what was paid', async () => {
    const { charge, account } = await deliveredTrade(shop);
    await payTheSeller(shop);
    await end(await dispute(charge), 'lost');
    expectToTheCent(shop);
    expect((await loadSeller(shop.settlement, account)).debts.size).toBe(1);
  });
});
