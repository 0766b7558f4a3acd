import type { TreasuryEvent } from '../../events/index.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { CodedError } from '../../src/platform/errors.ts';
import type { ProviderPayout } from '../../src/treasury/ports.ts';

/** A provider that has these payouts, and the books that hear of them. */
export function fakeTreasury(payouts: ReadonlyMap<string, ProviderPayout> = new Map()) {
  const records = inMemoryRecordStore<TreasuryEvent>();
  const get = async (payoutId: string): Promise<ProviderPayout> => {
    const payout = payouts.get(payoutId);
    if (payout !== undefined) return payout;
    const message = `There is no payout ${payoutId}.`;
    throw new CodedError({ code: 'stripe.payout_missing', message, retryable: false });
  };
  const now = () => new Date('2026-08-23T07:00:00.000Z');
  return {
    ports: { store: journaledStore(records), now, payouts: { get } },
    events: () => records.all().flatMap(({ events }) => events),
    records: () => records.all(),
  };
}
