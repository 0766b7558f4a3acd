import { acceptChargeback, contestChargeback } from '../../../src/escrow/answer-chargebacks.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import { refundTrade } from '../../../src/escrow/refund-trade.ts';
import { isFunded } from '../../../src/escrow/state.ts';
import { publicStatus } from '../../../src/escrow/status.ts';
import { money } from '../../../src/money/money.ts';
import { toJson } from '../../../src/platform/json.ts';
import { consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
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

  it('that is won after it was lost is booked, and goes to a person', async () => {
    const { consume, put, count } = await setUp();
    put({ status: 'lost' });
    expect(await consume(created)).toEqual({ kind: 'done' });
    put({ status: 'won', reinstated: story.chargebackAdjusted.reinstated });
    for (const _twice of [1, 2]) {
      expect(await consume(created)).toMatchObject({
        ...{ kind: 'rejected', code: 'chargeback.already_lost' },
      });
    }
    expect(count('ChargebackAdjusted')).toBe(1);
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

describe('What a lost chargeback left of the charge, and the provider refuses', () => {
  /** Two refunds, of which the provider has neither, and a chargeback of less that is lost. */
  async function refused() {
    const desk = await setUp();
    const { consume, put, payments, ports, records } = desk;
    const amount = money('EUR', 800_000n);
    const request = { idempotencyKey: 'key-1', amount };
    await refundTrade(ports.escrow, { tradeId, cause: 'api#1' }, request);
    put({ status: 'lost', amount: money('EUR', 300_000n), withdrawn: money('USD', 342_000n) });
    await consume(created);
    const second = { idempotencyKey: 'key-2', amount: money('EUR', 1_000n) };
    await refundTrade(ports.escrow, { tradeId, cause: 'api#2' }, second);
    payments.refunds.dispute(story.escrowFunded.chargeId);
    const refunds = async () => {
      const state = await loadEscrow(ports.escrow, tradeId);
      return isFunded(state) ? state.refunds.filter(({ status: is }) => is !== 'canceled') : [];
    };
    return { ...desk, refunds, records };
  }
  const carriedOut = eventsTo('payments', story.chargebackLost);

  it('goes back by bank, each refund of it, and finance is told', async () => {
    const { consume, refunds, count } = await refused();
    expect(await consume(carriedOut)).toMatchObject({ kind: 'rejected', code: 'refund.by_bank' });
    expect(await refunds()).toMatchObject([
      { amount: money('EUR', 500_000n), status: 'valued', byBank: true },
      { amount: money('EUR', 1_000n), status: 'valued', byBank: true },
    ]);
    expect(await consume(carriedOut)).toMatchObject({ code: 'refund.by_bank' });
    expect(count('RefundTurnedToBank')).toBe(2);
  });

  it('is settled by the movement that finance records', async () => {
    const { consume, refunds, ports } = await refused();
    await consume(carriedOut);
    for (const [index, { refundId, amount }] of (await refunds()).entries()) {
      const movementId = `RF-${index}`;
      const paid = { ...story.refundPaid, movementId, tradeId, refundId, amount };
      const message = { ...eventsTo('escrow', paid), messageId: movementId };
      expect(await consumeEscrow(ports.escrow)(message)).toEqual({ kind: 'done' });
    }
    expect(await refunds()).toMatchObject([
      { status: 'settled', booking: { from: 'bank' } },
      { status: 'settled', booking: { from: 'bank' } },
    ]);
    expect(await consume(carriedOut)).toEqual({ kind: 'done' });
  });

  it('waits where another chargeback is open', async () => {
    const { consume, put, refunds } = await refused();
    put({ chargebackId: 'du_2', amount: money('EUR', 1n), withdrawn: money('USD', 1n) });
    await consume(stripeMessage('charge.dispute.created', 'du_2'));
    expect(await consume(carriedOut)).toEqual({ kind: 'done' });
    expect(await refunds()).toMatchObject([{ status: 'requested' }, { status: 'requested' }]);
  });
});

const nothing = money('USD', 0n);
const inquiry = { withdrawn: nothing, fee: nothing, isInquiry: true } as const;

describe('An inquiry of the buyer’s bank', () => {
  it('holds up no refund', async () => {
    const { consume, put, payments, ports, count } = await setUp();
    put(inquiry);
    await consume(created);
    const request = { idempotencyKey: 'key-1', amount: money('EUR', 1_000n) };
    const context = { tradeId, cause: 'api#1' };
    expect(await refundTrade(ports.escrow, context, request)).toMatchObject({ kind: 'appended' });
    expect(await consume(eventsTo('payments', story.refundRequested))).toEqual({ kind: 'done' });
    expect(payments.refunds.calls).toEqual(['findRefund', 'refund']);
    expect(count('RefundSubmitted')).toBe(1);
  });

  it('is not closed by consent that was given before it was known as one', async () => {
    const { consume, accept, put, fake, status } = await frozenTrade();
    await accept();
    put(inquiry);
    expect(await consume(asked)).toEqual({ kind: 'done' });
    expect(fake.calls).not.toContain('acceptChargeback');
    expect(await status()).toBe('charged_back');
  });
});

const { responseId } = story.chargebackResponseRequested;
const asked = eventsTo('payments', story.chargebackResponseRequested);
const words = { explanation: 'The buyer thanked us in writing.' };

/** A trade whose chargeback waits for an answer. */
async function frozenTrade() {
  const desk = await setUp();
  desk.put();
  await desk.consume(created);
  const ports = { ...desk.ports.escrow, evidence: desk.evidence };
  const context = { tradeId, cause: 'api#1' };
  return {
    ...desk,
    fake: desk.payments.chargebacks,
    contest: () => contestChargeback(ports, context, { chargebackId: id, responseId, words }),
    accept: () => acceptChargeback(ports, context, { chargebackId: id, responseId }),
  };
}

describe('An answer to a chargeback', () => {
  it('is handed in after Stripe was asked, with the words from the vault, and recorded', async () => {
    const { consume, contest, fake, count } = await frozenTrade();
    expect(await contest()).toMatchObject({ kind: 'appended' });
    fake.calls.length = 0;
    expect(await consume(asked)).toEqual({ kind: 'done' });
    expect(fake.calls).toEqual(['getChargeback', 'contestChargeback']);
    const evidence = { statement: expect.stringContaining('was held') };
    expect(fake.handedIn).toMatchObject([{ responseId, words, evidence }]);
    expect(count('ChargebackAnswered')).toBe(1);
  });

  it('has the words of a person in the vault and in no event', async () => {
    const { contest, consume, records, evidence } = await frozenTrade();
    await contest();
    await consume(asked);
    expect(await evidence.get(responseId)).toEqual(words);
    expect(toJson(records())).not.toContain('thanked');
  });

  it.each(['contestChargeback', 'acceptChargeback'] as const)(
    'is given once where the answer to %s is lost',
    async (call) => {
      const { consume, contest, accept, fake, count } = await frozenTrade();
      await (call === 'contestChargeback' ? contest() : accept());
      fake.calls.length = 0;
      fake.loseAnswerOf(call);
      await expect(consume(asked)).rejects.toMatchObject({ retryable: true });
      expect(await consume(asked)).toEqual({ kind: 'done' });
      expect(await consume(asked)).toEqual({ kind: 'done' });
      expect(fake.calls.filter((name) => name === call)).toHaveLength(1);
      expect(count('ChargebackAnswered')).toBe(1);
    },
  );

  it('of consent loses the trade what the bank has taken', async () => {
    const { consume, accept, status, count } = await frozenTrade();
    await accept();
    expect(await consume(asked)).toEqual({ kind: 'done' });
    expect(await status()).toBe('charged_back');
    expect([count('ChargebackAnswered'), count('ChargebackLost')]).toEqual([1, 1]);
  });

  it('is not given where somebody gave one at Stripe', async () => {
    const { consume, contest, put, fake, records } = await frozenTrade();
    await contest();
    put({ submissions: 1, needsResponse: false });
    expect(await consume(asked)).toEqual({ kind: 'done' });
    expect(fake.handedIn).toEqual([]);
    const events = records().flatMap((record) => record.events);
    const answered = events.find(({ type }) => type === 'ChargebackAnswered');
    expect(answered).not.toHaveProperty('responseId');
  });

  it('is not given to what the bank has decided meanwhile', async () => {
    const { consume, contest, put, fake, count } = await frozenTrade();
    await contest();
    put({ status: 'lost', needsResponse: false });
    expect(await consume(asked)).toEqual({ kind: 'done' });
    expect(fake.handedIn).toEqual([]);
    expect(count('ChargebackLost')).toBe(1);
  });
});
