import { cancelTrade } from '../../../src/escrow/cancel-trade.ts';
import { closePayment, recordProviderPayment } from '../../../src/escrow/collect.ts';
import { openTrade } from '../../../src/escrow/open-trade.ts';
import { runEscrow } from '../../../src/escrow/run.ts';
import { later, story } from '../../support/builders.ts';
import { escrowDesk, storyProposal } from './desk.ts';

const intent = 'pi_1';

async function opened() {
  const desk = escrowDesk();
  await desk.ready();
  await openTrade(desk.ports, storyProposal);
  const { ports, context, payments } = desk;
  return {
    ...desk,
    cancel: (cause = 'api#1') => cancelTrade(ports, context(cause)),
    close: (cause = 'message-1') => closePayment(ports, context(cause)),
    webhook: async (cause = `stripe#${intent}`) =>
      recordProviderPayment(ports, context(cause), await payments.provider.get(intent)),
    newTypes: () => desk.types().slice(2),
  };
}

describe('Canceling an unpaid trade', () => {
  it('asks, closes the payment, and records the answer', async () => {
    const { cancel, newTypes, payments } = await opened();
    expect(await cancel()).toMatchObject({ kind: 'appended', state: { status: 'canceled' } });
    expect(newTypes()).toEqual(['CancellationRequested', 'TradeCanceled']);
    expect(await payments.provider.get(intent)).toMatchObject({ status: 'canceled' });
  });

  it('again changes nothing', async () => {
    const { cancel, newTypes } = await opened();
    await cancel();
    expect(await cancel('api#2')).toMatchObject({ state: { status: 'canceled' } });
    expect(newTypes()).toEqual(['CancellationRequested', 'TradeCanceled']);
  });

  it('is finished by the router’s message after a crash between the two', async () => {
    const { cancel, close, newTypes, payments } = await opened();
    payments.loseAnswerOf('cancel');
    await expect(cancel()).rejects.toMatchObject({ retryable: true });
    expect(newTypes()).toEqual(['CancellationRequested']);
    expect(await close()).toMatchObject({ state: { status: 'canceled' } });
    expect(await close()).toMatchObject({ kind: 'unchanged' });
    expect(newTypes()).toEqual(['CancellationRequested', 'TradeCanceled']);
  });

  it('is finished by the provider’s own webhook, too', async () => {
    const { cancel, webhook, newTypes, payments } = await opened();
    payments.loseAnswerOf('cancel');
    await expect(cancel()).rejects.toThrow();
    await webhook();
    expect(newTypes()).toEqual(['CancellationRequested', 'TradeCanceled']);
  });

  it('closes a payment whose intent was never recorded, so that none stays open', async () => {
    const desk = escrowDesk();
    await desk.ready();
    desk.payments.loseAnswerOf('create');
    await expect(openTrade(desk.ports, storyProposal)).rejects.toThrow();
    await cancelTrade(desk.ports, desk.context('api#1'));
    expect(desk.types()).toEqual([
      'TradeOpened',
      'CancellationRequested',
      'PaymentRequested',
      'TradeCanceled',
    ]);
    expect(desk.payments.created()).toBe(1);
    expect(await desk.payments.provider.get(intent)).toMatchObject({ status: 'canceled' });
  });
});

describe('Canceling against a payment', () => {
  it('that was made before it is rejected, and the trade is funded', async () => {
    const { cancel, newTypes, payments } = await opened();
    payments.pay(intent);
    expect(await cancel()).toMatchObject({
      kind: 'rejected',
      code: 'trade.already_paid',
      state: { status: 'funded' },
    });
    expect(newTypes()).toEqual(['CancellationRequested', 'EscrowFunded']);
  });

  it('that is being made is rejected, and the trade awaits it', async () => {
    const { cancel, webhook, newTypes, payments, state } = await opened();
    payments.process(intent);
    expect(await cancel()).toMatchObject({
      kind: 'rejected',
      code: 'trade.already_paid',
      state: { status: 'awaiting_payment' },
    });
    expect(newTypes()).toEqual(['CancellationRequested', 'CancellationRefused']);
    payments.pay(intent);
    await webhook();
    expect(await state()).toMatchObject({ status: 'funded' });
  });

  it('that failed after all can be asked for again', async () => {
    const { cancel, newTypes, payments } = await opened();
    payments.process(intent);
    await cancel('api#1');
    payments.fail(intent);
    expect(await cancel('api#2')).toMatchObject({ state: { status: 'canceled' } });
    expect(newTypes()).toEqual([
      'CancellationRequested',
      'CancellationRefused',
      'CancellationRequested',
      'TradeCanceled',
    ]);
  });

  it('that its webhook told of first is rejected by name', async () => {
    const { cancel, webhook, payments, newTypes } = await opened();
    payments.pay(intent);
    await webhook();
    expect(await cancel()).toMatchObject({ kind: 'rejected', code: 'trade.cannot_cancel_funded' });
    expect(newTypes()).toEqual(['EscrowFunded']);
  });
});

describe('A trade that is not paid in time', () => {
  const { payBy } = story.tradeOpened;
  const due = {
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'payment_due',
    dueAt: payBy,
    at: payBy,
  } as const;

  it('expires', async () => {
    const { ports, context, close, newTypes, state, clock } = await opened();
    await runEscrow(ports, context('deadline'), due);
    clock.now = new Date(later(payBy, 41));
    await close();
    expect(newTypes()).toEqual(['CancellationRequested', 'TradeExpired']);
    expect(await state()).toMatchObject({ status: 'expired' });
  });

  it('is funded where the buyer paid at the last moment', async () => {
    const { ports, context, close, payments, state } = await opened();
    await runEscrow(ports, context('deadline'), due);
    payments.pay(intent);
    await close();
    expect(await state()).toMatchObject({ status: 'funded' });
  });
});
