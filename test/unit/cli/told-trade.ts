import type { EscrowEvent, PayoutEvent, ShipmentEvent } from '../../../events/index.ts';
import type { DemoResult } from '../../../local/cli/demo-run.ts';
import type { Trade } from '../../../local/cli/marketplace.ts';
import { happy } from '../../../local/cli/scenarios/happy.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { toJson } from '../../../src/platform/json.ts';
import { presentTrade, readTrade, type TradeHistory } from '../../../src/process/trade-view.ts';
import { marketplaceId, payoutId, shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

type Streams = {
  readonly escrow: readonly EscrowEvent[];
  readonly shipment?: readonly ShipmentEvent[];
  readonly payout?: readonly PayoutEvent[];
};

/** Everything that happened in the story's trade. */
export const wholeStory: Streams = {
  escrow: [
    story.tradeOpened,
    story.paymentRequested,
    story.escrowFunded,
    story.fundsConverted,
    story.shipmentBooked,
    story.deliveryConfirmed,
    story.milestoneReleased,
    story.milestonePaid,
    story.tradeSettled,
  ],
  shipment: [
    story.shipmentRequested,
    story.carrierShipmentCreated,
    story.labelPurchased,
    story.trackingUpdated,
  ],
  payout: [story.payoutRequested, story.payoutSubmitted, story.payoutSettled],
};

const load =
  <E extends EscrowEvent | ShipmentEvent | PayoutEvent>(streamId: string, events: readonly E[]) =>
  async (): Promise<readonly EventRecord<E>[]> =>
    events.map(
      (event, index) => recordOf(streamId, index + 1, [event]) as unknown as EventRecord<E>,
    );

/** The story's trade, as it stands after the given events, one record each. */
export async function historyOf({ escrow, shipment = [], payout = [] }: Streams) {
  const history = await readTrade(
    {
      escrows: { load: load(`escrow#${tradeId}`, escrow) },
      shipments: { load: load(`shipment#${shipmentId}`, shipment) },
      payouts: { load: load(`payout#${payoutId}`, payout) },
    },
    { tradeId, marketplaceId },
  );
  if (history === undefined) throw new Error('The story has no trade.');
  return history;
}

/** The trade as a marketplace reads it. */
export const asAnswered = (history: TradeHistory): Trade =>
  JSON.parse(toJson(presentTrade(history))) as Trade;

/** What a demo finds after the whole story, or what differs from it in the given fields. */
export async function demoResultOf(changes: Partial<DemoResult> = {}): Promise<DemoResult> {
  const history = await historyOf(wholeStory);
  const entries = history.records.flatMap(({ journal }) => journal);
  const balances = balancesOf(entries);
  return {
    trade: asAnswered(history),
    entries,
    balances,
    trialBalance: balances,
    isListed: true,
    waitingMessages: 0,
    deadLetters: 0,
    ending: happy.ending,
    ...changes,
  };
}
