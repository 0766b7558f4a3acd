import type { TreasuryEvent } from '../../../events/index.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { type EventOf, eventsOf, firstOf } from '../invariants/support/history.ts';
import { insist } from './bank.ts';
import { nowOf, type Plant, storesOf } from './plant.ts';

const LOOKS = 400;
const BETWEEN_LOOKS_SECONDS = 3_600;

/** What finance does for one trade whose buyer pays by bank, not by the provider. */
export type FinanceStage = {
  /** What the trade costs, in the currency charged; undefined where it was not opened. */
  readonly price: () => Money | undefined;
  /** Money comes to the segregated account, is held in suspense, and identified hours later. */
  readonly receive: (receiptId: string, amountMinor: bigint) => Promise<void>;
  /** Pays every refund by bank of the trade, as soon as there is one, for some weeks. */
  readonly payRefunds: (count: number) => Promise<void>;
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
    insist(plant, 'ledger-api', (task) =>
      recordMovement(
        { store: storesOf(plant, task).movements, now: nowOf(plant, task) },
        movement,
        {
          marketplaceId,
          cause: `${movement.movementId}#${movement.type}`,
        },
      ),
    );
  const pay = ({ refundId, amount }: EventOf<'RefundValued'>): Promise<void> =>
    book({
      ...{ type: 'RefundPaid', version: 1, movementId: `out-${refundId}` },
      ...{ amount, tradeId, refundId, occurredAt: occurredAt() },
    });
  const dueRefunds = () => {
    const byBank = new Set(
      eventsOf(records(), 'RefundRequested')
        .filter(({ from }) => from === 'bank')
        .map(({ refundId }) => refundId),
    );
    return eventsOf(records(), 'RefundValued').filter(({ refundId }) => byBank.has(refundId));
  };

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
    payRefunds: async (count) => {
      const paid = new Set<string>();
      for (let look = 0; look < LOOKS && paid.size < count; look += 1) {
        await wait(BETWEEN_LOOKS_SECONDS);
        for (const refund of dueRefunds()) {
          if (paid.has(refund.refundId)) continue;
          paid.add(refund.refundId);
          await pay(refund);
        }
      }
    },
  };
};
