import type { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import { sweepEvents } from '../../src/process/sweep-events.ts';
import { loadSeller } from '../../src/settlement/run.ts';
import { payRelease } from '../../src/settlement/settle.ts';
import { marketplaceId, payoutId, tradeId } from '../support/builders.ts';
import { deskAt } from '../support/stripe-desk.ts';
import {
  drawnRelease,
  fundPlatform,
  now,
  received,
  stripeOfEachTest,
  treasury,
  untilHandled,
} from './stripe-money-calls.support.ts';

const stripe = stripeOfEachTest();

/** A marketplace's books, empty, in front of the Stripe of this test. */
const desk = () => deskAt(stripe());

describe('one event', () => {
  it('delivered fifty times at once is one append', async () => {
    const { collection, settlement, feed, open, requestPayment, typesOf } = desk();
    await open();
    const { paymentIntentId } = await requestPayment();
    stripe().sandbox.control.pay(paymentIntentId);
    const consume = consumePayments({ collection, settlement, feed, treasury });
    const deliver = () => untilHandled(() => consume(received(paymentIntentId)));
    await Promise.all(Array.from({ length: 50 }, deliver));
    expect(typesOf().filter((type) => type === 'EscrowFunded')).toHaveLength(1);
  });
});

describe('half an hour of lost webhooks', () => {
  it('heals by the sweeper, without anything twice', async () => {
    const { collection, settlement, feed, open, requestPayment, typesOf } = desk();
    const { sandbox, product } = stripe();
    sandbox.control.addWebhookEndpoint({ url: 'http://127.0.0.1:9/' });
    sandbox.control.setWebhookMode({ mode: 'drop' });
    const trades = ['trd_a', 'trd_b', 'trd_c'];
    for (const id of trades) {
      await open(id);
      sandbox.control.pay((await requestPayment(id)).paymentIntentId);
    }
    const consume = consumePayments({ collection, settlement, feed, treasury });
    const inHalfAnHour = () => new Date(Date.now() + 30 * 60_000);
    const sweep = () =>
      sweepEvents({
        feed: stripeEventFeed(product, { livemode: false }),
        send: async (messages) => {
          for (const message of messages) await consume(message);
        },
        now: inHalfAnHour,
        hasTime: () => true,
      });
    expect(await sweep()).toEqual({ found: 3 });
    // Nobody has accepted the events, so the next run finds them again.
    expect(await sweep()).toEqual({ found: 3 });
    for (const id of trades) {
      expect(typesOf(id).filter((type) => type === 'EscrowFunded')).toHaveLength(1);
    }
  });

  it('heals by comparing transfers, of a transfer and of a payout that the bank refused', async () => {
    const { collection, settlement, feed, open, payoutTypes } = desk();
    const { sandbox, direct } = stripe();
    sandbox.control.addWebhookEndpoint({ url: 'http://127.0.0.1:9/', connect: true });
    sandbox.control.setWebhookMode({ mode: 'drop' });
    await open();
    await fundPlatform(stripe());
    const { id: payoutAccountId } = sandbox.control.openAccount({ country: 'US' });
    const release = { ...drawnRelease(), payoutAccountId };
    await payRelease(settlement, release, { marketplaceId, cause: 'release' });
    const bank = await direct.payouts.create(
      { amount: Number(release.net.amountMinor), currency: 'usd' },
      { stripeAccount: payoutAccountId },
    );
    sandbox.control.failPayout(bank.id, 'account_closed');

    const inHalfAnHour = () => new Date(Date.now() + 30 * 60_000);
    const later = { ...settlement, now: inHalfAnHour };
    const consume = consumePayments({ collection, settlement: later, feed, treasury });
    const check: DeadlinePassed = {
      ...{ kind: 'deadline_passed', version: 1, deadline: 'transfer_check', tradeId },
      ...{ marketplaceId, subjectId: payoutId, dueAt: now(), messageId: 'deadline#check' },
    };
    expect(await consume(check)).toEqual({ kind: 'done' });
    expect(await consume(check)).toEqual({ kind: 'done' });
    expect(payoutTypes().filter((type) => type === 'PayoutSettled')).toHaveLength(1);
    const seller = await loadSeller(settlement, payoutAccountId);
    expect(seller.impairedBy).toBe('account_closed');
    const { data } = await direct.transfers.list({ transfer_group: tradeId });
    expect(data).toHaveLength(1);
  });
});
