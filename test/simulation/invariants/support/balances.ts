import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { JournalEntry } from '../../../../events/ledger/journal-entry.v1.ts';

/** Sums by a key, which remembers what it has counted and where nothing is zero. */
export type Sums = Map<string, bigint>;

export const addTo = (sums: Sums, key: string, amountMinor: bigint): void => {
  sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
};

/** An account of one owner in one currency, as checks name it. */
export const scopedAccount = (account: string, scope: string, currency: string): string =>
  `${account} of ${scope} in ${currency}`;

/** An entry's legs, summed per currency. */
export function sumsOf({ legs }: JournalEntry): Sums {
  const sums: Sums = new Map();
  for (const { currency, amountMinor } of legs) addTo(sums, currency, amountMinor);
  return sums;
}

/** Debits less credits of the accounts that `keyOf` names; undefined leaves a leg out. */
export function balancesOf(
  records: readonly TradelaneRecord[],
  keyOf: (leg: JournalEntry['legs'][number]) => string | undefined,
): Sums {
  const sums: Sums = new Map();
  for (const { journal } of records) {
    for (const { legs } of journal) {
      for (const leg of legs) {
        const key = keyOf(leg);
        if (key !== undefined) addTo(sums, key, leg.amountMinor);
      }
    }
  }
  return sums;
}

/** The balance of one account of one owner, over the given records, in minor units. */
export function scopedBalance(
  records: readonly TradelaneRecord[],
  { account, scope, currency }: { account: string; scope: string; currency: string },
): bigint {
  let sum = 0n;
  for (const { journal } of records) {
    for (const { legs } of journal) {
      for (const leg of legs) {
        if (leg.account === account && leg.scope === scope && leg.currency === currency) {
          sum += leg.amountMinor;
        }
      }
    }
  }
  return sum;
}
