import { loadEscrow } from '../../../src/escrow/collect.ts';
import { canRefund } from '../../../src/escrow/state.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { later, marketplaceId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { commands, part, payBy } from '../escrow/escrow-states.ts';
import { office } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo, routedTo } from './routed.ts';

const due = story.tradeOpened.quote.sell;
const eur = (minor: bigint): Money => money('EUR', minor);
const windowOver = { ...story.cancellationRequested, reason: 'payment_window_over' } as const;

/** A trade that was just opened, its payment, and the consumers that bring money in. */
async function setUp() {
  const desk = office();
  await desk.open();
  const { escrow, payments } = desk.ports;
  const consume = consumePayments(payments);
  const state = () => loadEscrow(escrow, tradeId);
  const refunds = async () => {
    const now = await state();
    return canRefund(now) ? now.refunds : [];
  };
  return {
    ...desk,
    consume,
    state,
    refunds,
    tell: (type: 'partially_funded' | 'succeeded' = 'partially_funded') =>
      consume(stripeMessage(`payment_intent.${type}`, 'pi_1')),
    /** The deadline passes, and the provider is asked to close the payment. */
    expire: async () => {
      desk.clock.at = later(payBy, 1);
      const passed = { ...commands.PassPaymentDeadline, dueAt: payBy };
      const { deadline, dueAt, subjectId } = passed;
      await consumeEscrow(escrow)({
        ...{ kind: 'deadline_passed', version: 1, messageId: 'due', marketplaceId },
        ...{ deadline, dueAt, subjectId, tradeId },
      } as never);
      return consume(eventsTo('payments', windowOver));
    },
    /** Finance identifies a receipt, and the router tells the trade. */
    identify: (movementId: string, amount: Money) =>
      consumeEscrow(escrow)(
        routedTo('escrow', {
          ...recordOf(`treasury#${movementId}`, 2, [
            { ...story.receiptIdentified, movementId, amount, tradeId },
          ]),
          tradeId: movementId,
        }),
      ),
  };
}

describe('A payment that comes in parts', () => {
  it('is read from the provider, as often as it is told, and funds the trade at last', async () => {
    const { payments, tell, state } = await setUp();
    payments.transfer('pi_1', part.received);
    await tell();
    await tell();
    expect(await state()).toMatchObject({ parts: { transferred: part.received } });
    payments.transfer('pi_1', eur(500_000n));
    await tell();
    expect(await state()).toMatchObject({ parts: { transferred: eur(500_000n) } });
    payments.transfer('pi_1', due);
    expect(await tell('succeeded')).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ status: 'funded', refunds: [] });
  });

  it('and never becomes whole goes back from the cash balance, once', async () => {
    const { payments, tell, expire, consume, state, refunds } = await setUp();
    payments.refunds.settleAtOnce();
    payments.transfer('pi_1', part.received);
    await tell();
    expect(await expire()).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ status: 'expired' });
    for (const _ of [1, 2]) await consume(eventsTo('payments', story.refundRequested));
    expect(await refunds()).toMatchObject([
      {
        ...{ status: 'settled', amount: part.received, from: 'cash_balance' },
        booking: { debited: part.received, from: 'cash_balance' },
      },
    ]);
    expect(payments.refunds.calls).toEqual(['findRefund', 'refund']);
  });

  it('of which more comes than is due gives the rest back', async () => {
    const { payments, tell, consume, refunds } = await setUp();
    payments.refunds.settleAtOnce();
    payments.transfer('pi_1', eur(due.amountMinor + 900n));
    await tell('succeeded');
    await consume(eventsTo('payments', story.refundRequested));
    expect(await refunds()).toMatchObject([{ status: 'settled', amount: eur(900n) }]);
  });

  it('tells of itself by its payer, too', async () => {
    const { payments, consume, state } = await setUp();
    payments.transfer('pi_1', due);
    await consume(stripeMessage('cash_balance.funds_available', 'cus_of_pi_1'));
    expect(await state()).toMatchObject({ status: 'funded' });
    const foreign = stripeMessage('cash_balance.funds_available', 'cus_of_nobody');
    expect(await consume(foreign)).toMatchObject({ kind: 'ignored' });
  });
});

describe('A receipt that was identified', () => {
  it('funds its trade, and the payment at the provider is closed', async () => {
    const { identify, consume, payments, state } = await setUp();
    expect(await identify('camt-1', due)).toEqual({ kind: 'done' });
    expect(await identify('camt-1', due)).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ status: 'funded', payment: { receiptIds: ['camt-1'] } });
    await consume(eventsTo('payments', story.paymentNoLongerNeeded));
    expect(payments.calls).toContain('cancel');
    expect(await payments.provider.get('pi_1')).toMatchObject({ status: 'canceled' });
  });

  it('is too little alone, and enough with the next', async () => {
    const { identify, state } = await setUp();
    await identify('camt-1', eur(24_674n));
    expect(await state()).toMatchObject({ status: 'awaiting_payment' });
    await identify('camt-2', eur(1_000_000n));
    expect(await state()).toMatchObject({ status: 'funded' });
  });

  it('in another currency reaches a person', async () => {
    const { identify } = await setUp();
    expect(await identify('camt-1', money('USD', 1n))).toMatchObject({
      ...{ kind: 'rejected', code: 'receipt.currency_mismatch' },
    });
  });

  it('goes back by bank: it waits for finance, who says that it has paid', async () => {
    const { identify, expire, consume, refunds, ports } = await setUp();
    await identify('camt-1', eur(24_674n));
    await expire();
    const asked = await consume(eventsTo('payments', story.refundRequested));
    expect(asked).toMatchObject({ kind: 'rejected', code: 'refund.by_bank' });
    const [refund] = await refunds();
    expect(refund).toMatchObject({ status: 'valued', from: 'bank' });
    const paid = {
      ...{ ...story.refundPaid, tradeId, amount: eur(24_674n) },
      refundId: refund?.refundId ?? '',
    };
    await consumeEscrow(ports.escrow)(
      routedTo('escrow', { ...recordOf('treasury#out-1', 1, [paid]), tradeId: 'out-1' }),
    );
    expect(await refunds()).toMatchObject([{ status: 'settled', booking: { from: 'bank' } }]);
    expect(await consume(eventsTo('payments', story.refundRequested))).toEqual({ kind: 'done' });
  });
});
