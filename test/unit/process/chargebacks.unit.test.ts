import { loadEscrow } from '../../../src/escrow/collect.ts';
import { refundTrade } from '../../../src/escrow/refund-trade.ts';
import { publicStatus } from '../../../src/escrow/status.ts';
import { money } from '../../../src/money/money.ts';
import { consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { office } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo } from './routed.ts';

const id = story.chargebackOpened.chargebackId;
const created = stripeMessage('charge.dispute.created', id);

async function setUp() {
  const desk = office();
  await desk.open();
  const consume = consumePayments(desk.ports.payments);
  desk.payments.pay('pi_1');
  await consume(stripeMessage('payment_intent.succeeded', 'pi_1'));
  await consumeConversion(desk.ports.escrow)(eventsTo('conversion', story.escrowFunded));
  const put = (changes: Parameters<typeof reportedChargeback>[0] = {}) =>
    desk.payments.chargebacks.put(reportedChargeback(changes));
  const status = async () => publicStatus(await loadEscrow(desk.ports.escrow, tradeId));
  const count = (type: string) =>
    desk
      .records()
      .flatMap(({ events }) => events)
      .filter((event) => event.type === type).length;
  return { ...desk, consume, put, status, count };
}

describe('A dispute that Stripe reports', () => {
  it.each([
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
  ] as const)('by %s freezes the trade, once', async (eventType) => {
    const { consume, put, status, count } = await setUp();
    put();
    const message = stripeMessage(eventType, id);
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(await status()).toBe('charged_back');
    expect(count('ChargebackOpened')).toBe(1);
  });

  it('is followed to its end, whatever the same kind of webhook says next', async () => {
    const { consume, put, status, count } = await setUp();
    put();
    await consume(created);
    put({ status: 'won' });
    expect(await consume(created)).toMatchObject({ code: 'chargeback.funds_outstanding' });
    put({ status: 'won', reinstated: story.chargebackAdjusted.reinstated });
    expect(await consume(created)).toEqual({ kind: 'done' });
    expect(await status()).toBe('funded');
    expect(count('ChargebackWon')).toBe(1);
  });

  it('is valued at the latest mid where it is lost in another currency', async () => {
    const { consume, put, status, records } = await setUp();
    const none = money('EUR', 0n);
    put({ status: 'lost', withdrawn: money('EUR', 1_024_674n), reinstated: none, fee: none });
    expect(await consume(created)).toEqual({ kind: 'done' });
    expect(await status()).toBe('charged_back');
    const lost = records()
      .flatMap(({ events }) => events)
      .find(({ type }) => type === 'ChargebackLost');
    expect(lost).toMatchObject({ rateDate: '2026-06-30', spread: money('EUR', 15_370n) });
  });

  it('of another system is counted', async () => {
    const { consume, put } = await setUp();
    put({ tradeId: null });
    expect(await consume(created)).toEqual({
      kind: 'ignored',
      reason: 'chargeback of another system',
    });
  });
});

describe('A refund that a chargeback holds up', () => {
  it('is made once the chargeback is won', async () => {
    const { consume, put, payments, ports, count } = await setUp();
    const request = { idempotencyKey: 'key-1', amount: money('EUR', 1_000n) };
    await refundTrade(ports.escrow, { tradeId, cause: 'api#1' }, request);
    put();
    await consume(created);
    expect(await consume(eventsTo('payments', story.refundRequested))).toEqual({ kind: 'done' });
    expect(payments.refunds.calls).toEqual([]);
    put({ status: 'won', reinstated: story.chargebackAdjusted.reinstated });
    await consume(created);
    expect(await consume(eventsTo('payments', story.chargebackWon))).toEqual({ kind: 'done' });
    expect(payments.refunds.calls).toEqual(['findRefund', 'refund']);
    expect(count('RefundSubmitted')).toBe(1);
  });
});
