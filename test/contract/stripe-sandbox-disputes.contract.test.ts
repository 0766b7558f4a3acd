import type { Stripe } from 'stripe';
import { refusal, startReceiver } from './stripe-sandbox.support.ts';
import { bankingSandbox } from './stripe-sandbox-banks.support.ts';

const { running, pay, available, command } = bankingSandbox();

describe('a chargeback', () => {
  it('takes the amount and a fee at once, and gives the amount back when it is won', async () => {
    const { stripe } = running();
    const charge = await pay();
    const before = await available();
    const dispute = await command<Stripe.Dispute>('/disputes', { charge });
    expect(dispute).toMatchObject({ status: 'needs_response', is_charge_refundable: false });
    expect(dispute.balance_transactions).toMatchObject([
      { amount: -10_000, fee: 1_500, net: -11_500, type: 'adjustment' },
    ]);
    expect(await available()).toBe(before - 11_500);
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
      ...{ code: 'charge_disputed', statusCode: 400 },
    });

    const won = await command<Stripe.Dispute>(`/disputes/${dispute.id}/end`, { outcome: 'won' });
    expect(won).toMatchObject({ status: 'won', is_charge_refundable: true });
    expect(won.balance_transactions.map(({ reporting_category }) => reporting_category)).toEqual([
      ...['dispute', 'dispute_reversal'],
    ]);
    expect(await available()).toBe(before - 1_500);
  });

  it('that is lost may still give a part back', async () => {
    const dispute = await command<Stripe.Dispute>('/disputes', { charge: await pay() });
    const before = await available();
    const { stripe } = running();
    expect(await stripe.disputes.close(dispute.id)).toMatchObject({ status: 'lost' });
    await command(`/disputes/${dispute.id}/give_back`, { amount: 50 });
    expect(await available()).toBe(before + 50);
    const again = await refusal(stripe.disputes.close(dispute.id));
    expect(again.message).toContain('already closed');
  });

  it('is decided by the evidence that Stripe’s tests use', async () => {
    const { stripe } = running();
    const charge = await pay('pm_card_createDispute');
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    const won = await stripe.disputes.update(String(dispute?.id), {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(won).toMatchObject({ status: 'won', evidence_details: { submission_count: 1 } });
  });
});

describe('an inquiry', () => {
  it('takes nothing until it becomes a chargeback', async () => {
    const { stripe } = running();
    const charge = await pay('pm_card_createDisputeInquiry');
    const before = await available();
    const [inquiry] = (await stripe.disputes.list({ charge })).data;
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    await command(`/disputes/${inquiry?.id}/escalate`);
    expect(await available()).toBe(before - 11_500);
  });

  it('that becomes a chargeback takes no more than was not refunded', async () => {
    const { sandbox, stripe } = running();
    const charge = await pay();
    const { id } = sandbox.control.openDispute(charge, { inquiry: true, amount: 9_000 });
    await stripe.refunds.create({ charge, amount: 500 });
    await stripe.refunds.create({ charge, amount: 1_500 });
    const before = await available();
    expect(sandbox.control.escalateDispute(id)).toMatchObject({ amount: 8_000 });
    expect(await available()).toBe(before - 9_500);
  });

  it('is closed by a full refund, once', async () => {
    const { sandbox, stripe } = running();
    const receiver = await startReceiver();
    sandbox.control.addWebhookEndpoint({ url: receiver.url });
    const charge = await pay();
    const { id } = sandbox.control.openDispute(charge, { inquiry: true });
    await stripe.refunds.create({ charge, amount: 9_999 });
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'warning_needs_response' });
    await stripe.refunds.create({ charge });
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'warning_closed' });
    expect(() => sandbox.control.escalateDispute(id)).toThrow('already closed');
    await sandbox.control.webhooksSettled();
    const told = receiver.received.map(({ event }) => event.type);
    expect(told.filter((type) => type === 'charge.dispute.closed')).toHaveLength(1);
    await receiver.stop();
  });

  it('stays open where the refund failed', async () => {
    const { sandbox, stripe } = running();
    const charge = await pay('pm_card_refundFail');
    const { id } = sandbox.control.openDispute(charge, { inquiry: true });
    await stripe.refunds.create({ charge });
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'warning_needs_response' });
  });
});

describe('a refund', () => {
  it('that comes back is on the balance again, and can be made anew', async () => {
    const { stripe } = running();
    const charge = await pay('pm_card_refundFail');
    const before = await available();
    const refund = await stripe.refunds.create({ charge, amount: 4_000 });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      ...{ status: 'failed', failure_reason: 'expired_or_canceled_card' },
    });
    expect(await available()).toBe(before);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0 });
  });

  it('may wait for the bank', async () => {
    const { stripe } = running();
    const charge = await pay('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ charge });
    expect(refund.status).toBe('pending');
    await command(`/refunds/${refund.id}/complete`);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a refund that races a chargeback', () => {
  it.each([
    ['the refund comes first', true],
    ['the chargeback comes first', false],
  ])('never gives the same money back twice: %s', async (_, refundFirst) => {
    const { sandbox, stripe } = running();
    const charge = await pay();
    const before = await available();
    const refund = () => stripe.refunds.create({ charge }, { maxNetworkRetries: 0 });
    if (refundFirst) {
      await refund();
      expect(() => sandbox.control.openDispute(charge)).toThrow('could be disputed');
      expect(await available()).toBe(before - 10_000);
    } else {
      sandbox.control.openDispute(charge);
      expect((await refusal(refund())).code).toBe('charge_disputed');
      expect(await available()).toBe(before - 11_500);
    }
  });

  it('leaves for the chargeback what a part refund has left', async () => {
    const { sandbox, stripe } = running();
    const charge = await pay();
    await stripe.refunds.create({ charge, amount: 4_000 });
    expect(sandbox.control.openDispute(charge).amount).toBe(6_000);
  });
});

describe('a chargeback that is won for a seller who was paid', () => {
  it('gives back what it took, while the transfer stays where it is', async () => {
    const { sandbox, stripe } = running();
    const charge = await pay();
    await stripe.transfers.create({
      ...{ amount: 9_000, currency: 'usd', destination: 'acct_sandbox_seller' },
      source_transaction: charge,
    });
    const [ours, theirs] = [await available(), await available('acct_sandbox_seller')];
    const dispute = sandbox.control.openDispute(charge);
    sandbox.control.endDispute(dispute.id, 'won');
    expect(await available()).toBe(ours - 1_500);
    expect(await available('acct_sandbox_seller')).toBe(theirs);
  });
});
