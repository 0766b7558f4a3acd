import type { CurrencyCode } from '../../money/currency.ts';
import type {
  KnownSettlement,
  SettlementCurrencies,
} from '../../process/note-settlement-currency.ts';

/** What charges settle in without a database: the same promises, kept for one process. */
export function inMemorySettlementCurrencies(): SettlementCurrencies {
  const known = new Map<CurrencyCode, KnownSettlement>();
  return {
    find: async (charged) => structuredClone(known.get(charged)),
    replace: async (charged, change) => {
      const standing = known.get(charged);
      const isKnown =
        standing?.settled === change.known?.settled &&
        standing?.capturedAt === change.known?.capturedAt;
      if (isKnown) known.set(charged, structuredClone(change.next));
      return isKnown;
    },
  };
}
