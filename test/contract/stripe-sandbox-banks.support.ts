import { withSandbox } from './stripe-sandbox.support.ts';

/** A sandbox for a file of tests, after each of which every balance is what its books say. */
export function bankingSandbox() {
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

  return { running, pay, available, command };
}
