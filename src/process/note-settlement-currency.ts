import type { EscrowFunded } from '../../events/escrow/escrow-funded.v1.ts';
import type { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';

/** What charges of one currency settle in, and when the charge was made that it was learned from. */
export type KnownSettlement = { readonly settled: CurrencyCode; readonly capturedAt: string };

export type SettlementCurrencies = {
  /** What is known of charges in that currency, as it stands now. */
  readonly find: (charged: CurrencyCode) => Promise<KnownSettlement | undefined>;
  /**
   * Puts `next` where what stands is still what was `known`, and answers whether it did. Of those that
   * come at once it is true for exactly one.
   */
  readonly replace: (
    charged: CurrencyCode,
    change: { readonly known: KnownSettlement | undefined; readonly next: KnownSettlement },
  ) => Promise<boolean>;
};

export type SettlementCurrencyChange = {
  readonly charged: CurrencyCode;
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
  /** The trade whose charge showed it, and when that was made. */
  readonly tradeId: string;
  readonly capturedAt: string;
};

export type SettlementCurrencyPorts = {
  readonly currencies: SettlementCurrencies;
  /** Tells a person. Called once for each change, by whoever noted it. */
  readonly tell: (change: SettlementCurrencyChange) => void;
};

/**
 * Notices that charges of a currency begin to settle in another one than before. Each charge is booked as
 * it settled, whatever that is; but the provider changes it without a word, as when a capability is
 * switched on, and then positions stay open and transfers wait. It is the platform's account that
 * settles, so all marketplaces have one answer.
 */
export const noteSettlementCurrency =
  (ports: SettlementCurrencyPorts) =>
  async ({ record }: RoutedRecord): Promise<void> => {
    for (const event of record.events) {
      if (event.type === 'EscrowFunded' && isCharge(event)) await note(ports, event);
    }
  };

/** What came by receipts alone lies on the bank account: no provider settled it. */
const isCharge = ({ receiptIds }: EscrowFunded): boolean => receiptIds === undefined;

/**
 * Where another charge was noted in between, it looks again. That ends: each one that is put is newer
 * than the one before, and this one gives up at the first that is not older than itself.
 */
async function note(ports: SettlementCurrencyPorts, event: EscrowFunded): Promise<void> {
  const { capturedAt, tradeId } = event;
  const charged = event.received.currency;
  const next = { settled: event.settled.currency, capturedAt };
  const known = await ports.currencies.find(charged);
  if (known !== undefined && !changes(known, next)) return;
  if (!(await ports.currencies.replace(charged, { known, next }))) return note(ports, event);
  if (known === undefined) return;
  ports.tell({ charged, from: known.settled, to: next.settled, tradeId, capturedAt });
}

/** Queues deliver twice and out of order: what an older charge says was so before. */
const changes = (known: KnownSettlement, next: KnownSettlement): boolean =>
  next.settled !== known.settled && Date.parse(next.capturedAt) > Date.parse(known.capturedAt);
