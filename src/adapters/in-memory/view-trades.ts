import type { TradeSummary, ViewStore } from '../../process/views.ts';
import { byKey } from './sorting.ts';

/** Trade summaries, and which of our shipments a provider's tracker follows. */
export function inMemoryTrades(): Pick<
  ViewStore,
  'putTrade' | 'listTrades' | 'putTracker' | 'findTracker'
> {
  const trades = new Map<string, TradeSummary>();
  const trackers = new Map<string, string>();
  return {
    putTrade: async (summary) => {
      const kept = trades.get(summary.tradeId);
      if (kept === undefined || kept.version <= summary.version) {
        trades.set(summary.tradeId, { ...summary });
      }
    },
    listTrades: async ({ marketplaceId, status, limit }) =>
      [...trades.values()]
        .filter((trade) => trade.marketplaceId === marketplaceId && trade.status === status)
        .sort(byKey(({ openedAt }) => openedAt))
        .reverse()
        .slice(0, limit)
        .map((trade) => ({ ...trade })),
    putTracker: async (provider, trackerId, shipmentId) => {
      trackers.set(`${provider}#${trackerId}`, shipmentId);
    },
    findTracker: async (provider, trackerId) => trackers.get(`${provider}#${trackerId}`),
  };
}
