import type { Stripe } from 'stripe';
import { refusal, startReceiver, withSandbox } from './stripe-sandbox.support.ts';
import { bankingSandbox } from './stripe-sandbox-banks.support.ts';

const { running, pay, available, command } = bankingSandbox();

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
