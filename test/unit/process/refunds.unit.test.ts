import { loadEscrow } from '../../../src/escrow/collect.ts';
import { refundTrade, retryRefundOf } from '../../../src/escrow/refund-trade.ts';
import { isFunded } from '../../../src/escrow/state.ts';
import { money } from '../../../src/money/money.ts';
import { refundIdFor } from '../../../src/platform/ids.ts';
import { consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { story, tradeId } from '../../support/builders.ts';
import { coded } from '../../support/coded.ts';
import { office } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo } from './routed.ts';

const amount = money('EUR', 102_467n);
const refundId = refundIdFor(tradeId, 'key-1');

/** A trade whose money is held in dollars, with a refund asked for. */
async function setUp() {
  const desk = office();
  await desk.open();
  const consume = consumePayments(desk.ports.payments);
  desk.payments.pay('pi_1');
  await consume(stripeMessage('payment_intent.succeeded', 'pi_1'));
  await consumeConversion(desk.ports.escrow)(eventsTo('conversion', story.escrowFunded));
  const request = (cause = 'api#1') =>
    refundTrade(desk.ports.escrow, { tradeId, cause }, { idempotencyKey: 'key-1', amount });
  await request();
  const refund = async () => {
    const state = await loadEscrow(desk.ports.escrow, tradeId);
    return isFunded(state) ? state.refunds[0] : undefined;
  };
  const types = () =>
    desk
      .records()
      .flatMap(({ events }) => events.map(({ type }) => type))
      .filter((type) => type.startsWith('Refund'));
  const carryOut = () => consume(eventsTo('payments', story.refundRequested));
  return { ...desk, consume, request, refund, types, carryOut };
}

describe('A refund that was asked for', () => {
  it('is valued, made once and recorded, however often the message comes', async () => {
    const { carryOut, payments, types, refund } = await setUp();
    payments.refunds.settleAtOnce();
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(types()).toEqual([
      'RefundRequested',
      'RefundValued',
      'RefundSubmitted',
      'RefundSettled',
    ]);
    expect(payments.refunds.calls).toEqual(['findRefund', 'refund']);
    expect(await refund()).toMatchObject({ refundId, status: 'settled' });
  });

  it('by the same key is one refund; with another amount it is refused', async () => {
    const { request, types, ports } = await setUp();
    expect((await request('api#2')).kind).toBe('unchanged');
    const other = { idempotencyKey: 'key-1', amount: money('EUR', 1n) };
    expect(await refundTrade(ports.escrow, { tradeId, cause: 'api#3' }, other)).toMatchObject({
      kind: 'rejected',
      code: 'refund.id_reused',
    });
    expect(types()).toEqual(['RefundRequested']);
  });

  it.each(['refund', 'findRefund'] as const)(
    'is made once where the answer to %s is lost',
    async (call) => {
      const { carryOut, payments, refund } = await setUp();
      payments.refunds.loseAnswerOf(call);
      expect((await coded(carryOut())).retryable).toBe(true);
      expect(await carryOut()).toEqual({ kind: 'done' });
      expect(await payments.refunds.port.refundsOf('ch_unknown')).toEqual([]);
      expect(payments.refunds.calls.filter((each) => each === 'refund')).toHaveLength(1);
      expect(await refund()).toMatchObject({ status: 'submitted', providerRefundId: 're_1' });
    },
  );

  it('waits while the buyer’s bank disputes the charge', async () => {
    const { carryOut, payments, refund } = await setUp();
    payments.refunds.dispute(story.escrowFunded.chargeId);
    expect(await carryOut()).toMatchObject({ kind: 'too_early', code: 'refund.charge_disputed' });
    expect(await refund()).toMatchObject({ status: 'valued' });
  });

  it('for a trade that nobody paid changes nothing', async () => {
    const desk = office();
    await desk.open();
    const consume = consumePayments(desk.ports.payments);
    expect(await consume(eventsTo('payments', story.refundRequested))).toEqual({ kind: 'done' });
  });
});

describe('What Stripe reports of a refund', () => {
  it.each(['refund.created', 'refund.updated', 'refund.failed'] as const)(
    'by %s is read and recorded',
    async (eventType) => {
      const { carryOut, consume, payments, refund } = await setUp();
      await carryOut();
      payments.refunds.succeed('re_1');
      expect(await consume(stripeMessage(eventType, 're_1'))).toEqual({ kind: 'done' });
      expect(await refund()).toMatchObject({ status: 'settled' });
    },
  );

  it('by the charge is read of each of its refunds', async () => {
    const { carryOut, consume, payments, refund } = await setUp();
    await carryOut();
    payments.refunds.succeed('re_1');
    const message = stripeMessage('charge.refunded', story.escrowFunded.chargeId);
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'settled' });
  });

  it('follows the provider back where a settled refund fails, and is tried anew', async () => {
    const { carryOut, consume, payments, ports, refund, types } = await setUp();
    await carryOut();
    payments.refunds.succeed('re_1');
    await consume(stripeMessage('refund.updated', 're_1'));
    payments.refunds.fail('re_1');
    await consume(stripeMessage('refund.failed', 're_1'));
    expect(await refund()).toMatchObject({ status: 'failed' });
    await retryRefundOf(ports.escrow, { tradeId, cause: 'api#9' }, { refundId });
    await consume(eventsTo('payments', story.refundRetried));
    expect(await refund()).toMatchObject({
      status: 'submitted',
      attempt: 2,
      providerRefundId: 're_2',
    });
    expect(types()).toContain('RefundRetried');
  });

  it('of another system is counted; one made by hand on our charge goes to a person', async () => {
    const { consume, payments } = await setUp();
    const request = { tradeId, chargeId: 'ch_1', refundId: 'rfd_x', attempt: 1, amount };
    payments.refunds.add(request, { tradeId: null, refundId: null });
    expect(await consume(stripeMessage('refund.created', 're_1'))).toEqual({
      kind: 'ignored',
      reason: 'refund of another system',
    });
    payments.refunds.add(request, { refundId: null });
    expect(await consume(stripeMessage('refund.created', 're_2'))).toMatchObject({
      kind: 'rejected',
      code: 'refund.unknown',
    });
  });
});

describe('A refund that is not confirmed in time', () => {
  const deadline = {
    ...({ kind: 'deadline_passed', version: 1, messageId: 'deadline#1', tradeId } as const),
    ...({ marketplaceId: 'mkt_1', deadline: 'refund_confirmation', subjectId: refundId } as const),
    dueAt: story.refundSubmitted.submittedAt,
  };

  it('is asked about', async () => {
    const { carryOut, consume, payments, refund } = await setUp();
    expect(await consume(deadline)).toEqual({ kind: 'done' });
    await carryOut();
    expect(await consume(deadline)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'submitted' });
    payments.refunds.succeed('re_1');
    expect(await consume(deadline)).toEqual({ kind: 'done' });
    expect(await refund()).toMatchObject({ status: 'settled' });
  });
});
