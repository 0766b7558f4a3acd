import { ensurePaymentIntent, loadEscrow } from '../../src/escrow/collect.ts';
import { isFunded } from '../../src/escrow/state.ts';
import { money } from '../../src/money/money.ts';
import { marketplaceId, story, termsOf, tradeId } from '../support/builders.ts';
import { expectToTheCent, type Shop, shopAtStripe } from '../support/shop-at-stripe.ts';

const due = Number(story.escrowFunded.received.amountMinor);
const byReceipts = 300_000;
let shop: Shop;
let intent: string;
beforeEach(async () => {
  shop = await shopAtStripe();
  await shop.run({ type: 'OpenTrade', terms: termsOf() });
  const state = await loadEscrow(shop.collection, tradeId);
  if (state.status !== 'awaiting_payment') throw new Error(`The trade is ${state.status}.`);
  const context = { tradeId, marketplaceId, cause: 'request' };
  intent = (await ensurePaymentIntent(shop.collection, context, state)).paymentIntentId;
});
afterEach(() => shop.stripe.stop());

const transfer = async (amount: number) => {
  shop.sandbox.control.transfer(intent, amount);
  await shop.told('payment_intent.partially_funded', intent);
  await shop.deliver();
};
const receive = async () => {
  await shop.run({
    ...{ type: 'ApplyReceipt', receiptId: 'camt-1', amount: money('EUR', BigInt(byReceipts)) },
    at: new Date().toISOString(),
  });
  await shop.deliver();
};
const trade = () => loadEscrow(shop.collection, tradeId);

describe('A price that comes half by transfer to Stripe and half by receipt', () => {
  it.each([
    { first: 'the receipt', steps: [receive, () => transfer(due - byReceipts)] },
    { first: 'the transfer', steps: [() => transfer(due - byReceipts), receive] },
  ])('is charged what the receipt has not paid, where $first comes first', async ({ steps }) => {
    for (const step of steps) await step();
    const state = await trade();
    expect(isFunded(state) && state.payment).toMatchObject({
      ...{ received: money('EUR', BigInt(due)), byReceipts: money('EUR', BigInt(byReceipts)) },
    });
    expect(await shop.stripe.direct.paymentIntents.retrieve(intent)).toMatchObject({
      ...{ status: 'succeeded', amount: due - byReceipts },
    });
    expectToTheCent(shop);
  });

  it('gives back what was transferred beyond it', async () => {
    await transfer(due - byReceipts + 700);
    await receive();
    const state = await trade();
    expect(isFunded(state) && state.refunds).toMatchObject([
      { amount: money('EUR', 700n), from: 'cash_balance', status: 'settled' },
    ]);
    expectToTheCent(shop);
  });

  it('waits while a cent is missing', async () => {
    await receive();
    await transfer(due - byReceipts - 1);
    expect(await trade()).toMatchObject({ status: 'awaiting_payment' });
    expect(await shop.stripe.direct.paymentIntents.retrieve(intent)).toMatchObject({ amount: due });
  });

  it('is what it is, though the payment was made meanwhile', async () => {
    shop.sandbox.control.pay(intent);
    const paid = await shop.collection.payments.lower(intent, money('EUR', 1_000n));
    expect(paid).toMatchObject({
      status: 'succeeded',
      payment: { received: money('EUR', BigInt(due)) },
    });
  });
});
