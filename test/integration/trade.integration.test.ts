import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import { fromItem } from '../../src/adapters/dynamodb/record-item.ts';
import { isBalanced } from '../../src/ledger/balances.ts';
import { toJson } from '../../src/platform/json.ts';
import { routeRecords } from '../../src/process/routes.ts';
import type { Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, personalDataIn, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import {
  deliver,
  quiet,
  stepsOf,
  storedShipment,
  trackingNumberOf,
  transfersOf,
} from './journey.ts';

const stack = withStack({ inspectionPeriodSeconds: 1, deadlinesEveryMs: 250 });

/** The sample, from checkout to the seller's payout. */
let trade: Trade;
/** What the carrier's free text says of people, in words that the sample has. */
const message = 'Handed over by Daniel Reyes, 1200 Alaskan Way, for Katrin Vogel';

beforeAll(async () => {
  const { api, stripe, easypost } = stack();
  const { id, payment } = await api.openTrade(sampleTrade, newKey());
  stripe.control.pay(payment.paymentIntentId);
  const shipped = await api.becomes(id, 'in_fulfilment');
  easypost.control.advance(trackingNumberOf(shipped), { status: 'in_transit', message });
  deliver(stack(), shipped);
  trade = await api.becomes(id, 'settled');
});

describe('a trade that was paid, shipped, delivered and inspected', () => {
  it('went through every step in its order', () => {
    expect(stepsOf(trade)).toEqual([
      ...['TradeOpened', 'PaymentRequested', 'EscrowFunded', 'FundsConverted'],
      ...['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased', 'ShipmentBooked'],
      ...['ShipmentDispatched', 'ShipmentDelivered', 'DeliveryConfirmed', 'MilestoneReleased'],
      ...['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled', 'MilestonePaid', 'TradeSettled'],
    ]);
    const times = trade.timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('waited for the inspection', () => {
    const timeOf = (wanted: string) =>
      Date.parse(trade.timeline.find(({ type }) => type === wanted)?.at ?? '');
    const waitedMs = timeOf('MilestoneReleased') - timeOf('DeliveryConfirmed');
    expect(waitedMs).toBeGreaterThanOrEqual(1_000);
  });

  it('shows the way of its parcel', () => {
    expect(trade.shipments).toMatchObject([{ status: 'delivered', provider: 'easypost' }]);
    const scans = trade.shipments.flatMap((one) => ('scans' in one ? one.scans : []));
    expect(new Set(scans.map(({ status }) => status))).toEqual(
      new Set([
        ...['label_created', 'picked_up', 'in_transit', 'customs_processing'],
        ...['out_for_delivery', 'delivered'],
      ]),
    );
  });

  it('can no longer be canceled', async () => {
    const answer = await stack().api.act(trade.id, 'cancel');
    expect(answer).toMatchObject({ status: 409, body: { code: 'trade.cannot_cancel_settled' } });
  });
});

describe('its providers', () => {
  it('have one label, bought with customs data', async () => {
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
    expect(stack().easypost.control.requests()).toMatchObject({ labels: 1 });
  });

  it('have one transfer to the seller, of exactly the payout', async () => {
    expect(trade.milestones).toMatchObject([{ milestoneId: 'delivery', status: 'paid' }]);
    const transfers = await transfersOf(stack(), trade.id);
    expect(transfers).toMatchObject([
      {
        amount: 1_121_250,
        currency: 'usd',
        destination: 'acct_sandbox_harbor_motion',
        source_transaction: expect.stringMatching(/^ch_/),
        metadata: { trade_id: trade.id, payout_id: trade.payouts[0]?.id },
      },
    ]);
    expect(trade.payouts).toMatchObject([
      {
        status: 'settled',
        amount: { currency: 'USD', amountMinor: '1121250' },
        transferId: transfers[0]?.id,
      },
    ]);
  });
});

describe('its books', () => {
  beforeAll(() => quiet(stack()));

  it('balance, with nothing left on an account that only passes money on', async () => {
    const balances = await stack().trialBalance();
    expect(isBalanced(balances)).toBe(true);
    const passing = balances.filter(({ account }) =>
      ['1400', '2000', '2100', '2200', '2300'].includes(account),
    );
    expect(new Set(passing.map(({ account }) => account)).size).toBe(5);
    for (const { debitMinor, creditMinor } of passing) expect(debitMinor).toBe(creditMinor);
  });

  it('are those that the trade itself shows', async () => {
    const balances = await stack().trialBalance();
    expect(JSON.parse(toJson(balances))).toEqual(trade.money);
  });

  it('say to the cent what Stripe says that it holds for us', async () => {
    const balances = await stack().trialBalance();
    const ours = balances.find(({ account, currency }) => account === '1100' && currency === 'USD');
    const { available, pending } = stack().stripe.control.balance();
    const theirs = [...available, ...pending].filter(({ currency }) => currency === 'usd');
    const held = theirs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    expect(held).toBeGreaterThan(0n);
    expect((ours?.debitMinor ?? 0n) - (ours?.creditMinor ?? 0n)).toBe(held);
  });

  it('can be read posting by posting, by account and day', async () => {
    const [opened, settled] = [trade.timeline.at(0), trade.timeline.at(-1)];
    const days = [opened, settled].map((event) => event?.at.slice(0, 'YYYY-MM-DD'.length) ?? '');
    const lists = await Promise.all(
      [...new Set(days)].map((day) =>
        stack().views.listPostings({ account: '2300', currency: 'USD', day }),
      ),
    );
    expect(lists.flat()).toMatchObject([
      { kind: 'payout_initiated', amountMinor: -1_121_250n, tradeId: trade.id },
      { kind: 'payout_settled', amountMinor: 1_121_250n, scope: trade.payouts[0]?.id },
    ]);
  });
});

describe('what it leaves behind', () => {
  beforeAll(() => quiet(stack()));

  it('is a line in the list of settled trades, and in no other', async () => {
    const list = async (status: 'awaiting_payment' | 'released' | 'settled') => {
      const query = { marketplaceId: LOCAL_MARKETPLACE, status, limit: 10 };
      return (await stack().views.listTrades(query)).map(({ tradeId }) => tradeId);
    };
    await eventually(async () => expect(await list('settled')).toEqual([trade.id]));
    expect(await list('awaiting_payment')).toEqual([]);
    expect(await list('released')).toEqual([]);
  });

  it('is no message, neither waiting nor dead', async () => {
    expect(await stack().waitingMessages()).toBe(0);
    expect(await stack().deadLetters()).toBe(0);
  });

  it('names no person outside of the vault, nor inside in the clear', async () => {
    const [events, views, vault] = await Promise.all([
      stack().aws.items('EventsTable'),
      stack().aws.items('ViewsTable'),
      stack().aws.items('VaultTable'),
    ]);
    expect(vault).toHaveLength(2);
    expect(personalDataIn(toJson(sampleTrade)).length).toBeGreaterThan(10);
    const messages = [...routeRecords(events.map(fromItem)).values()].flat();
    const texts = [events, views, vault, messages].map(toJson);
    for (const text of [...texts, await stack().log()]) {
      expect(personalDataIn(text)).toEqual([]);
      expect(text).not.toContain('SANDBOX RECEIVER');
    }
  });
});
