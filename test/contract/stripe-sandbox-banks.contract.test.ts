import type { Stripe } from 'stripe';
import { refusal, startReceiver, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox({ connectReserve: false });

/** A charge of 100.00 USD, of which 98.25 stay after the fee. */
async function pay(paymentMethod = 'pm_card_visa'): Promise<string> {
  const intent = await running().stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: 'usd', payment_method_types: ['card'] },
    ...{ payment_method: paymentMethod, confirm: true },
  });
  return String(intent.latest_charge);
}

async function available(account?: string): Promise<number> {
  const { stripe } = running();
  const options = account === undefined ? {} : { stripeAccount: account };
  const balance = await stripe.balance.retrieve({}, options);
  return balance.available.find(({ currency }) => currency === 'usd')?.amount ?? 0;
}

/** Every balance is the sum of its balance transactions, to the cent. */
async function expectBooksToMatch(account?: string): Promise<void> {
  const { stripe } = running();
  const options = account === undefined ? {} : { stripeAccount: account };
  let net = 0;
  for await (const each of stripe.balanceTransactions.list({ limit: 100 }, options))
    net += each.net;
  const balance = await stripe.balance.retrieve({}, options);
  const held = [...balance.available, ...balance.pending].map(({ amount }) => amount);
  expect(held.reduce((sum, amount) => sum + amount, 0)).toBe(net);
}

afterEach(async () => {
  await expectBooksToMatch();
  await expectBooksToMatch('acct_sandbox_seller');
});

async function command<Answer>(path: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`${running().sandbox.url}/_sandbox${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

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

/** Moves 50.00 USD to the seller and pays them out. */
async function payOut(amount = 5_000): Promise<Stripe.Payout> {
  const { stripe } = running();
  await stripe.transfers.create({
    ...{ amount, currency: 'usd', destination: 'acct_sandbox_seller' },
    source_transaction: await pay(),
  });
  return stripe.payouts.create(
    { amount, currency: 'usd' },
    { stripeAccount: 'acct_sandbox_seller', idempotencyKey: `payout-${Math.random()}` },
  );
}

describe('a payout', () => {
  it('arrives on its day, and may come back after that', async () => {
    const { sandbox, stripe } = running();
    const before = await available('acct_sandbox_seller');
    const payout = await payOut();
    expect(payout).toMatchObject({ status: 'pending', automatic: false });
    const scope = { stripeAccount: 'acct_sandbox_seller' };
    sandbox.control.advanceClock(2 * 24 * 60 * 60);
    expect(await stripe.payouts.retrieve(payout.id, {}, scope)).toMatchObject({ status: 'paid' });
    expect(await available('acct_sandbox_seller')).toBe(before);

    await command(`/payouts/${payout.id}/fail`, { failure_code: 'account_closed' });
    const expand = ['failure_balance_transaction', 'destination'];
    const failed = await stripe.payouts.retrieve(payout.id, { expand }, scope);
    expect(failed).toMatchObject({
      ...{ status: 'failed', failure_code: 'account_closed' },
      failure_balance_transaction: { type: 'payout_failure', amount: 5_000 },
      destination: { object: 'bank_account', status: 'errored' },
    });
    expect(await available('acct_sandbox_seller')).toBe(before + 5_000);
  });

  it('is canceled only before it left', async () => {
    const { stripe } = running();
    const scope = { stripeAccount: 'acct_sandbox_seller' };
    const payout = await payOut();
    expect(await stripe.payouts.cancel(payout.id, {}, scope)).toMatchObject({ status: 'canceled' });
    expect((await refusal(stripe.payouts.cancel(payout.id, {}, scope))).statusCode).toBe(400);
  });

  it('needs an available balance, and a bank account in its currency', async () => {
    const { stripe } = running();
    const scope = { stripeAccount: 'acct_sandbox_seller' };
    const over = stripe.payouts.create({ amount: 99_999_999, currency: 'usd' }, scope);
    expect((await refusal(over)).code).toBe('balance_insufficient');
    const other = stripe.payouts.create({ amount: 1, currency: 'gbp' }, scope);
    expect((await refusal(other)).message).toContain('external accounts in that currency');
  });

  it('tells what went out with it only where Stripe made it', async () => {
    const { sandbox, stripe } = running();
    const scope = { stripeAccount: 'acct_sandbox_seller' };
    const manual = await payOut();
    const refused = stripe.balanceTransactions.list({ payout: manual.id }, scope);
    expect((await refusal(refused)).message).toContain('only be filtered on automatic transfers');
    const swept = sandbox.control.sweepToBank('acct_sandbox_seller', 'usd');
    const listed = await stripe.balanceTransactions.list({ payout: swept.id, limit: 100 }, scope);
    expect(listed.data.reduce((sum, { net }) => sum + net, 0)).toBe(0);
    expect(sandbox.control.payPayout(swept.id).reconciliation_status).toBe('completed');
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

describe('a reversal', () => {
  it('can not leave the seller in debt, unless the platform stands in', async () => {
    const { stripe } = running();
    const transfer = await stripe.transfers.create({
      ...{ amount: 5_000, currency: 'usd', destination: 'acct_sandbox_seller' },
      source_transaction: await pay(),
    });
    const scope = { stripeAccount: 'acct_sandbox_seller' };
    const all = await available('acct_sandbox_seller');
    await stripe.payouts.create({ amount: all, currency: 'usd' }, scope);
    const refused = await refusal(stripe.transfers.createReversal(transfer.id));
    expect(refused.code).toBe('balance_insufficient');
  });
});

describe('a capability', () => {
  it('that is lost stops transfers and payouts, and is told to the platform', async () => {
    const { sandbox, stripe } = running();
    const receiver = await startReceiver();
    sandbox.control.addWebhookEndpoint({ url: receiver.url, connect: true });
    const { id } = await stripe.accounts.create({ country: 'DE' });
    await command(`/accounts/${id}/capabilities/transfers`, { status: 'inactive' });
    await sandbox.control.webhooksSettled();
    expect(receiver.received.map(({ event }) => [event.type, event.account])).toEqual(
      expect.arrayContaining([
        ['capability.updated', id],
        ['account.updated', id],
      ]),
    );
    const transfer = stripe.transfers.create({ amount: 1, currency: 'eur', destination: id });
    expect((await refusal(transfer)).code).toBe('insufficient_capabilities_for_transfer');
    await receiver.stop();
  });
});

describe('a platform that stands in for its sellers', () => {
  const reserving = withSandbox({ connectReserve: true });

  it('holds back what a seller owes', async () => {
    const { sandbox, stripe } = reserving();
    await stripe.paymentIntents.create({
      ...{ amount: 10_000, currency: 'usd', payment_method_types: ['card'] },
      ...{ payment_method: 'pm_card_visa', confirm: true },
    });
    const to = { amount: 5_000, currency: 'usd', destination: 'acct_sandbox_debtor' };
    const transfer = await stripe.transfers.create(to);
    const scope = { stripeAccount: to.destination };
    await stripe.payouts.create({ amount: 5_000, currency: 'usd' }, scope);
    await stripe.transfers.createReversal(transfer.id);
    expect(sandbox.control.balance(to.destination).available[0]?.amount).toBe(-5_000);
    const balance = await stripe.balance.retrieve();
    expect(balance.connect_reserved).toEqual([{ amount: 5_000, currency: 'usd' }]);
    expect(balance.available[0]?.amount).toBe(9_825 - 5_000);
  });
});
