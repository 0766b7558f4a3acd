import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { story, tradeId } from '../../support/builders.ts';
import { part } from './escrow-states.ts';

export const eur = (minor: bigint): Money => money('EUR', minor);
export const due = story.tradeOpened.quote.sell;

export const suffix = tradeId.slice('trd_'.length);
/** When everything here came. */
export const { receivedAt: at } = part;

/** The provider tells what has been transferred in all, and finance whose a receipt is. */
export const transfers = (received: Money) => ({ type: 'RecordTransfers', received, at }) as const;
export const applied = (receiptId: string, amount: Money) =>
  ({ type: 'ApplyReceipt', receiptId, amount, at }) as const;

/** What goes back, of what the id says. */
export const back = (what: string, amount: Money, changes: object): EscrowEvent => ({
  ...{ type: 'RefundRequested', version: 1, tradeId, parts: [], amount },
  ...{ refundId: `rfd_${suffix}_${what}`, reason: 'underpayment', requestedAt: at },
  ...changes,
});

export const stateAfter = (history: readonly EscrowEvent[]) =>
  history.reduce(escrowEvolution.evolve, escrowEvolution.initial);

/** The trade is funded by what came to our own bank account, without a fee. */
export function byReceipts(receiptIds: string[], received: Money): EscrowEvent {
  const { applied: _, unused: __, availableOn: ___, ...funded } = story.escrowFunded;
  return {
    ...funded,
    ...{ chargeId: receiptIds.at(-1) ?? '', receiptIds, received, settled: received },
    fee: money(received.currency, 0n),
    capturedAt: at,
  };
}
