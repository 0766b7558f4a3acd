import { stripeOwnPayouts } from '../../src/adapters/stripe/own-payouts.ts';
import { coded } from '../support/coded.ts';
import { withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox({ connectReserve: false });

/** What Stripe pays out of the platform's balance, of a charge that is available at once. */
async function payOut(): Promise<string> {
  const { stripe } = running();
  await stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: 'usd', payment_method_types: ['card'] },
    ...{ payment_method: 'pm_card_bypassPending', confirm: true },
  });
  return (await stripe.payouts.create({ amount: 5_000, currency: 'usd' })).id;
}

const read = (id: string) => stripeOwnPayouts(running().stripe).get(id);

describe('A payout of the platform’s own balance', () => {
  it('comes on the day that Stripe names, and is named as the bank names it once that is known', async () => {
    const id = await payOut();
    const { arrival_date: arrival } = await running().stripe.payouts.retrieve(id);
    const arrivesOn = new Date(arrival * 1_000).toISOString().slice(0, 10);
    const announced = {
      ...{ payoutId: id, amount: { currency: 'USD', amountMinor: 5_000n }, arrivesOn },
    };
    expect(await read(id)).toEqual(announced);
    const { trace_id: trace } = running().sandbox.control.payPayout(id);
    expect(await read(id)).toEqual({ ...announced, traceId: trace?.value });
  });

  it('does not come where it failed, also after it was paid, or was canceled', async () => {
    const failed = await payOut();
    running().sandbox.control.payPayout(failed);
    running().sandbox.control.failPayout(failed, 'account_closed');
    expect(await read(failed)).toMatchObject({ calledOff: 'account_closed' });
    const canceled = await payOut();
    await running().stripe.payouts.cancel(canceled);
    expect(await read(canceled)).toMatchObject({ calledOff: 'canceled' });
  });

  it('that is not there is an error of Stripe’s', async () => {
    expect((await coded(read('po_nowhere'))).code).toMatch(/^stripe\./);
  });
});
