import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { fromItem } from '../../src/adapters/dynamodb/record-item.ts';
import { isBalanced } from '../../src/ledger/balances.ts';
import { toJson } from '../../src/platform/json.ts';
import { routeRecords } from '../../src/process/routes.ts';
import type { OpenedTrade, Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, personalDataIn, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import {
  deliver,
  executedAtStripe,
  quiet,
  shippedTrade,
  stepsOf,
  storedShipment,
  trackingNumberOf,
  transfersOf,
} from './journey.ts';

const stack = withStack({ inspectionPeriodSeconds: 1, deadlinesEveryMs: 250 });

describe('a trade at checkout', () => {
  const key = newKey();
  let opened: OpenedTrade;

  it('is opened with its place, its quote and what the buyer pays with', async () => {
    const answer = await stack().api.postTrade(sampleTrade, key);
    opened = answer.body as OpenedTrade;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/trades/${opened.id}`);
    expect(opened).toMatchObject({
      id: expect.stringMatching(/^trd_[0-9a-z]{26}$/),
      status: 'awaiting_payment',
      amount: { currency: 'USD', amountMinor: '1150000' },
      payIn: { currency: 'EUR', amountMinor: '1024674' },
      quote: { reference: { source: 'ECB', rateDate: '2026-06-30' }, marginBasisPoints: 150 },
      payment: {
        provider: 'stripe',
        paymentIntentId: expect.stringMatching(/^pi_/),
        clientSecret: expect.stringMatching(/_secret_/),
      },
    });
  });

  it('asks Stripe for exactly the quoted amount', async () => {
    const { paymentIntentId } = opened.payment;
    expect(await stack().stripeApi.paymentIntents.retrieve(paymentIntentId)).toMatchObject({
      amount: 1_024_674,
      currency: 'eur',
      transfer_group: opened.id,
      metadata: { trade_id: opened.id },
    });
  });

  it('is the same trade under the same key and body, with no second payment intent', async () => {
    const before = executedAtStripe(stack(), 'POST /v1/payment_intents');
    const again = await stack().api.postTrade(sampleTrade, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(opened);
    expect(executedAtStripe(stack(), 'POST /v1/payment_intents')).toBe(before);
  });

  it('is opened once by two requests at once', async () => {
    const before = executedAtStripe(stack(), 'POST /v1/payment_intents');
    const twice = newKey();
    const [left, right] = await Promise.all([
      stack().api.openTrade(sampleTrade, twice),
      stack().api.openTrade(sampleTrade, twice),
    ]);
    expect(left.id).toBe(right.id);
    expect(left.payment).toEqual(right.payment);
    expect(executedAtStripe(stack(), 'POST /v1/payment_intents')).toBe(before + 1);
  });

  it('is refused under the same key with another body', async () => {
    const answer = await stack().api.postTrade({ ...sampleTrade, reference: 'PO-2' }, key);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ status: 409, code: 'idempotency.key_reused' });
    expect(await stack().api.getTrade(opened.id)).toMatchObject({ reference: 'PO-2026-000117' });
  });
});

describe('a trade that is paid, shipped and delivered', () => {
  let trade: Trade;

  beforeAll(async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    stack().stripe.control.pay(payment.paymentIntentId);
    const shipped = await stack().api.becomes(id, 'in_fulfilment');
    stack().easypost.control.advance(trackingNumberOf(shipped), {
      status: 'in_transit',
      message: 'Handed over by Daniel Reyes, 1200 Alaskan Way, for Katrin Vogel',
    });
    deliver(stack(), shipped);
    await stack().api.becomes(id, 'delivered');
    trade = await stack().api.becomes(id, 'settled');
  });

  it('went through every step in its order', () => {
    expect(stepsOf(trade)).toEqual([
      ...['TradeOpened', 'PaymentRequested', 'EscrowFunded', 'FundsConverted'],
      ...['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased', 'ShipmentBooked'],
      ...['ShipmentDelivered', 'DeliveryConfirmed', 'MilestoneReleased'],
      ...['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled', 'MilestonePaid', 'TradeSettled'],
    ]);
    const times = trade.timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('waited for the inspection', () => {
    const [released] = trade.timeline.filter(({ type }) => type === 'MilestoneReleased');
    const [confirmed] = trade.timeline.filter(({ type }) => type === 'DeliveryConfirmed');
    const waitedMs = Date.parse(released?.at ?? '') - Date.parse(confirmed?.at ?? '');
    expect(waitedMs).toBeGreaterThanOrEqual(1_000);
  });

  it('has a label that was bought with customs data', async () => {
    const reference = trade.shipments[0]?.id ?? '';
    const shipment = await storedShipment(stack(), reference);
    expect(shipment).toMatchObject({
      reference,
      tracking_code: trackingNumberOf(trade),
      from_address: { name: 'Daniel Reyes', street1: '1200 Alaskan Way', country: 'US' },
      to_address: { name: 'Katrin Vogel', street1: 'Lindenstrasse 12', country: 'DE' },
      options: { incoterm: 'DAP' },
      customs_info: {
        contents_type: 'merchandise',
        customs_certify: true,
        customs_signer: 'Daniel Reyes',
        customs_items: [
          { hs_tariff_number: '850440', origin_country: 'US', value: '9000.00', quantity: 20 },
          { hs_tariff_number: '854442', origin_country: 'MX', value: '2500.00', quantity: 40 },
        ],
      },
    });
    expect(shipment.postage_label).not.toBeNull();
  });

  it('shows the way of the parcel', () => {
    expect(trade.shipments).toMatchObject([{ status: 'delivered', provider: 'easypost' }]);
    const scans = trade.shipments.flatMap((one) => ('scans' in one ? one.scans : []));
    expect(new Set(scans.map(({ status }) => status))).toEqual(
      new Set([
        ...['label_created', 'picked_up', 'in_transit', 'customs_processing'],
        ...['out_for_delivery', 'delivered'],
      ]),
    );
  });

  it('pays the seller by one transfer of exactly the payout', async () => {
    expect(trade.milestones).toMatchObject([{ milestoneId: 'delivery', status: 'paid' }]);
    expect(trade.payouts).toMatchObject([
      { status: 'settled', amount: { currency: 'USD', amountMinor: '1121250' } },
    ]);
    const transfers = await transfersOf(stack(), trade.id);
    expect(transfers).toMatchObject([
      {
        amount: 1_121_250,
        currency: 'usd',
        destination: 'acct_sandbox_harbor_motion',
        metadata: { trade_id: trade.id, payout_id: trade.payouts[0]?.id },
      },
    ]);
    expect(transfers[0]?.source_transaction).toMatch(/^ch_/);
    expect(trade.payouts).toMatchObject([{ transferId: transfers[0]?.id }]);
  });

  it('can no longer be canceled', async () => {
    const answer = await stack().api.act(trade.id, 'cancel');
    expect(answer).toMatchObject({ status: 409, body: { code: 'trade.cannot_cancel_settled' } });
  });

  it('stands in the read models by its state and, posting by posting, by account and day', async () => {
    const { views } = stack();
    await eventually(async () => {
      const query = { marketplaceId: LOCAL_MARKETPLACE, limit: 100 };
      const settled = await views.listTrades({ ...query, status: 'settled' });
      expect(settled.map(({ tradeId }) => tradeId)).toContain(trade.id);
      const unpaid = await views.listTrades({ ...query, status: 'awaiting_payment' });
      expect(unpaid.map(({ tradeId }) => tradeId)).not.toContain(trade.id);
    });
    const day = trade.timeline.at(-1)?.at.slice(0, 'YYYY-MM-DD'.length) ?? '';
    const postings = await views.listPostings({ account: '2300', currency: 'USD', day });
    expect(postings.filter(({ tradeId }) => tradeId === trade.id)).toMatchObject([
      { kind: 'payout_initiated', amountMinor: -1_121_250n, scope: trade.payouts[0]?.id },
      { kind: 'payout_settled', amountMinor: 1_121_250n, scope: trade.payouts[0]?.id },
    ]);
  });
});

describe('a trade whose buyer accepts the goods on their way', () => {
  it('is released at once and settled', async () => {
    const { id } = await shippedTrade(stack());
    const answer = await stack().api.act(id, 'accept');
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'released' } });
    const trade = await stack().api.becomes(id, 'settled');
    expect(stepsOf(trade)).not.toContain('DeliveryConfirmed');
    expect(await transfersOf(stack(), id)).toHaveLength(1);
  });

  it('is not accepted before it is paid', async () => {
    const { id } = await stack().api.openTrade(sampleTrade, newKey());
    const answer = await stack().api.act(id, 'accept');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'trade.cannot_accept_awaiting_payment' });
  });
});

describe('a trade that the marketplace cancels', () => {
  it('is canceled before payment, and its payment intent with it', async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    const answer = await stack().api.act(id, 'cancel');
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'canceled' } });
    const intent = await stack().stripeApi.paymentIntents.retrieve(payment.paymentIntentId);
    expect(intent.status).toBe('canceled');
    expect(() => stack().stripe.control.pay(payment.paymentIntentId)).toThrow(/canceled/);
  });

  it('answers the same when it is canceled again', async () => {
    const { id } = await stack().api.openTrade(sampleTrade, newKey());
    await stack().api.act(id, 'cancel');
    expect(await stack().api.act(id, 'cancel')).toMatchObject({
      status: 200,
      body: { status: 'canceled' },
    });
  });

  it('is not canceled after payment', async () => {
    const { id } = await shippedTrade(stack());
    const answer = await stack().api.act(id, 'cancel');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'trade.cannot_cancel_in_fulfilment' });
    await stack().api.act(id, 'accept');
    await stack().api.becomes(id, 'settled');
  });

  it('stays paid where the buyer pays before the cancellation is carried out', async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    stack().stripe.control.setWebhookMode({ mode: 'reorder' });
    stack().stripe.control.pay(payment.paymentIntentId);
    const answer = await stack().api.act(id, 'cancel');
    expect(answer).toMatchObject({ status: 409, body: { code: 'trade.already_paid' } });
    stack().stripe.control.setWebhookMode({ mode: 'normal' });
    await stack().stripe.control.releaseWebhooks();
    await stack().api.becomes(id, 'in_fulfilment');
    await stack().api.act(id, 'accept');
    await stack().api.becomes(id, 'settled');
  });
});

describe('the books after all of it', () => {
  beforeAll(() => quiet(stack()));

  it('balance, with nothing left on an account that only passes money on', async () => {
    const balances = await stack().trialBalance();
    expect(isBalanced(balances)).toBe(true);
    const clearing = balances.filter(({ account }) =>
      ['2000', '2100', '2200', '2300', '1400'].includes(account),
    );
    expect(clearing).toHaveLength(6);
    for (const { debitMinor, creditMinor } of clearing) expect(debitMinor).toBe(creditMinor);
  });

  it('say to the cent what Stripe says that it holds for us', async () => {
    const balances = await stack().trialBalance();
    const ours = balances.find(({ account, currency }) => account === '1100' && currency === 'USD');
    const { available, pending } = stack().stripe.control.balance();
    const theirs = [...available, ...pending].filter(({ currency }) => currency === 'usd');
    const held = theirs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    expect((ours?.debitMinor ?? 0n) - (ours?.creditMinor ?? 0n)).toBe(held);
  });

  it('leave no message behind', async () => {
    expect(await stack().deadLetters()).toBe(0);
    expect(await stack().waitingMessages()).toBe(0);
  });

  it('name no person, nor does any message or line of the log', async () => {
    const [events, views, vault] = await Promise.all([
      stack().aws.items('EventsTable'),
      stack().aws.items('ViewsTable'),
      stack().aws.items('VaultTable'),
    ]);
    expect(vault.length).toBeGreaterThan(0);
    const messages = [...routeRecords(events.map(fromItem)).values()].flat();
    const texts = [events, views, vault, messages].map(toJson);
    for (const text of [...texts, await stack().log()]) expect(personalDataIn(text)).toEqual([]);
  });
});
