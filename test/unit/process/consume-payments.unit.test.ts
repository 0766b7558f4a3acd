import { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { money } from '../../../src/money/money.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import type { ProviderPayout } from '../../../src/treasury/ports.ts';
import { marketplaceId, payoutId, sample, story, tradeId } from '../../support/builders.ts';
import { fakeTreasury } from '../../support/fake-treasury.ts';
import { office } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo } from './routed.ts';

async function setUp() {
  const desk = office();
  await desk.open();
  const consume = consumePayments(desk.ports.payments);
  const types = () => desk.records().flatMap(({ events }) => events.map(({ type }) => type));
  return { ...desk, consume, types };
}

const paid = stripeMessage('payment_intent.succeeded', 'pi_1');

describe('A payment that Stripe reports', () => {
  it('funds the trade with what Stripe says now, once, under however many event ids', async () => {
    const { consume, payments, types } = await setUp();
    payments.pay('pi_1');
    expect(await consume(paid)).toEqual({ kind: 'done' });
    expect(await consume(stripeMessage('payment_intent.succeeded', 'pi_1', 'evt_2'))).toEqual({
      kind: 'done',
    });
    expect(types().filter((type) => type === 'EscrowFunded')).toHaveLength(1);
  });

  it('that is still under way by the time we ask changes nothing', async () => {
    const { consume, payments, types } = await setUp();
    payments.process('pi_1');
    expect(await consume(paid)).toEqual({ kind: 'done' });
    expect(types()).toEqual(['TradeOpened', 'PaymentRequested']);
  });

  it('as canceled, though it was paid, is funded: what Stripe says now counts', async () => {
    const { consume, payments, types } = await setUp();
    payments.pay('pi_1');
    await consume(stripeMessage('payment_intent.canceled', 'pi_1'));
    await consume(paid);
    expect(types().slice(2)).toEqual(['EscrowFunded']);
  });

  it('as canceled closes the trade', async () => {
    const { consume, payments, types } = await setUp();
    await payments.provider.cancel('pi_1');
    await consume(stripeMessage('payment_intent.canceled', 'pi_1'));
    expect(types().slice(2)).toEqual(['TradeCanceled']);
  });

  it('of another system is acknowledged and counted', async () => {
    const { consume, payments } = await setUp();
    payments.addForeign('pi_foreign');
    expect(await consume(stripeMessage('payment_intent.succeeded', 'pi_foreign'))).toEqual({
      kind: 'ignored',
      reason: 'payment intent of another system',
    });
  });

  it('before its trade is there waits', async () => {
    const { consume, payments } = await setUp();
    const { paymentIntentId } = await payments.provider.create({
      tradeId: 'trd_not_opened_yet',
      amount: story.escrowFunded.received,
    });
    payments.pay(paymentIntentId);
    expect(await consume(stripeMessage('payment_intent.succeeded', paymentIntentId))).toMatchObject(
      { kind: 'too_early', code: 'escrow.not_opened' },
    );
  });

  it('of another amount than was quoted goes to a person', async () => {
    const { consume, payments } = await setUp();
    payments.pay('pi_1', { received: money('EUR', 1n) });
    expect(await consume(paid)).toMatchObject({ kind: 'rejected', code: 'escrow.amount_mismatch' });
  });
});

describe('A transfer that Stripe reports', () => {
  const amount = story.payoutRequested.amount;

  it('of another system is acknowledged and counted', async () => {
    const { consume, rail } = await setUp();
    rail.addForeign('tr_foreign', amount);
    expect(await consume(stripeMessage('transfer.created', 'tr_foreign'))).toEqual({
      kind: 'ignored',
      reason: 'transfer of another system',
    });
  });

  it('for a payout that nobody has requested waits', async () => {
    const { consume, rail } = await setUp();
    await rail.port.create({
      ...{ payoutId, tradeId, marketplaceId, attempt: 1, currency: amount.currency },
      ...{ destination: 'acct_1', amount },
    });
    expect(await consume(stripeMessage('transfer.created', 'tr_1'))).toMatchObject({
      kind: 'too_early',
      code: 'payout.not_confirmed',
    });
  });
});

describe('Another message', () => {
  it('that nobody could read goes to a person, with the reason', async () => {
    const { consume } = await setUp();
    const unreadable = sample(WebhookUnreadable, 'messages/webhook-unreadable');
    expect(await consume(unreadable)).toEqual({
      kind: 'rejected',
      code: 'payments.unreadable_webhook',
      detail: unreadable.reason,
    });
  });

  it('that asks for no cancellation is done', async () => {
    const { consume, payments } = await setUp();
    expect(await consume(eventsTo('payments', story.tradeSettled))).toEqual({ kind: 'done' });
    expect(payments.calls).not.toContain('cancel');
  });

  it('that asks for a cancellation which is over is done', async () => {
    const { consume, payments } = await setUp();
    const request = eventsTo('payments', story.cancellationRequested);
    expect(await consume(request)).toEqual({ kind: 'done' });
    expect(payments.calls).not.toContain('cancel');
  });
});

describe('A payout of the provider’s to our own bank account', () => {
  const payout = { payoutId: 'po_1', amount: money('EUR', 700n), arrivesOn: '2026-08-25' };

  async function told(payouts: Map<string, ProviderPayout>) {
    const { consume: _, ...desk } = await setUp();
    const treasury = fakeTreasury(payouts);
    const consume = consumePayments({ ...desk.ports.payments, treasury: treasury.ports });
    const tell = (type: 'created' | 'paid' | 'failed' | 'canceled', account?: string) =>
      consume({
        ...stripeMessage(`payout.${type}`, 'po_1'),
        ...(account === undefined ? {} : { account }),
      });
    return { treasury, tell };
  }

  it('is announced with the day of its arrival, and with the bank’s name of it once that is known', async () => {
    const payouts = new Map<string, ProviderPayout>([['po_1', payout]]);
    const { treasury, tell } = await told(payouts);
    expect(await tell('created')).toEqual({ kind: 'done' });
    await tell('created');
    payouts.set('po_1', { ...payout, traceId: 'TRACE-1' });
    await tell('paid');
    await tell('created');
    expect(treasury.events()).toMatchObject([
      { type: 'PspPayoutAnnounced', payoutId: 'po_1', arrivesOn: '2026-08-25' },
      { type: 'PspPayoutAnnounced', traceId: 'TRACE-1' },
    ]);
  });

  it.each(['failed', 'canceled'] as const)('is called off where it %s', async (type) => {
    const payouts = new Map<string, ProviderPayout>([['po_1', payout]]);
    const { treasury, tell } = await told(payouts);
    await tell('created');
    payouts.set('po_1', { ...payout, calledOff: 'account_closed' });
    await tell(type);
    await tell('created');
    expect(treasury.events()).toMatchObject([
      { type: 'PspPayoutAnnounced' },
      { type: 'PspPayoutCalledOff', code: 'account_closed' },
    ]);
    expect(treasury.records().flatMap(({ journal }) => journal)).toEqual([]);
  });

  it('is none of ours where a seller’s balance failed to pay out', async () => {
    const { treasury, tell } = await told(new Map());
    await tell('failed', 'acct_other');
    expect(treasury.events()).toEqual([]);
  });
});
