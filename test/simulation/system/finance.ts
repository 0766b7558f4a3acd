import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TreasuryEvent } from '../../../events/index.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { type EventOf, eventsOf, firstOf } from '../invariants/support/history.ts';
import { insist, wait } from './bank.ts';
import { nowOf, type Plant, storesOf } from './plant.ts';

const HOUR_SECONDS = 3_600;
const MOST_HOURS = 72;

/** What finance does for one trade whose buyer pays by bank, not by the provider. */
export type FinanceStage = {
  /** What the trade costs, in the currency charged; undefined where it was not opened. */
  readonly price: () => Money | undefined;
  /** Money comes to the segregated account, is held in suspense, and identified hours later. */
  readonly receive: (receiptId: string, amountMinor: bigint) => Promise<void>;
};

export const financeStage = (options: {
  readonly plant: Plant;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly wait: (seconds: number) => Promise<void>;
}): FinanceStage => {
  const { plant, tradeId, marketplaceId, wait } = options;
  const records = () => plant.events.streams.get(escrowStream(tradeId)) ?? [];
  const price = () => firstOf(records(), 'TradeOpened')?.quote.sell;
  const occurredAt = () => new Date(plant.sim.scheduler.nowMs()).toISOString();
  const book = (movement: TreasuryEvent): Promise<void> =>
    bookMovement(plant, marketplaceId, movement);

  return {
    price,
    receive: async (receiptId, amountMinor) => {
      const due = price();
      if (due === undefined) return;
      const receipt = {
        version: 1,
        ...{ movementId: `${tradeId}-${receiptId}`, occurredAt: occurredAt() },
        amount: money(due.currency, amountMinor),
      } as const;
      await book({ type: 'ReceiptSuspended', ...receipt });
      await wait(60);
      await book({ type: 'ReceiptIdentified', ...receipt, tradeId });
    },
  };
};

/** Finance pays every refund that goes back by bank, or has turned to it, an hour to some days after it is known. */
export const createRefundDesk =
  (plantOf: () => Plant) =>
  ({ streamId, marketplaceId, events }: TradelaneRecord): void => {
    for (const event of events) {
      if (event.type !== 'RefundValued' && event.type !== 'RefundTurnedToBank') continue;
      const { refundId } = event;
      const plant = plantOf();
      const records = plant.events.streams.get(streamId) ?? [];
      const isOf = (each: { readonly refundId: string }) => each.refundId === refundId;
      const isByBank = eventsOf(records, 'RefundRequested').find(isOf)?.from === 'bank';
      const valued = eventsOf(records, 'RefundValued').find(isOf);
      if (valued === undefined || isByBank === (event.type === 'RefundTurnedToBank')) continue;
      void payRefund(plant, marketplaceId, valued);
    }
  };

async function payRefund(
  plant: Plant,
  marketplaceId: string,
  { tradeId, refundId, amount }: EventOf<'RefundValued'>,
): Promise<void> {
  await wait(plant, HOUR_SECONDS * plant.sim.random.between(1, MOST_HOURS));
  const occurredAt = new Date(plant.sim.scheduler.nowMs()).toISOString();
  await bookMovement(plant, marketplaceId, {
    ...{ type: 'RefundPaid', version: 1, movementId: `out-${refundId}` },
    ...{ amount, tradeId, refundId, occurredAt },
  });
}

const bookMovement = (
  plant: Plant,
  marketplaceId: string,
  movement: TreasuryEvent,
): Promise<void> =>
  insist(plant, 'ledger-api', (task) =>
    recordMovement({ store: storesOf(plant, task).movements, now: nowOf(plant, task) }, movement, {
      marketplaceId,
      cause: `${movement.movementId}#${movement.type}`,
    }),
  );
