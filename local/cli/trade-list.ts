import type { EscrowStatus } from '../../src/escrow/state.ts';
import { presentTrade, type TradeView } from '../../src/process/trade-view.ts';
import type { TradeSummary } from '../../src/process/views.ts';
import { LOCAL_MARKETPLACE, type LocalStack } from '../stack/index.ts';

/** Every status of a trade, and whether anything more can happen then. */
const endsIn: Readonly<Record<EscrowStatus, boolean>> = {
  awaiting_payment: false,
  canceling: false,
  funded: false,
  in_fulfilment: false,
  delivered: false,
  released: false,
  refunding: false,
  refunded: true,
  charged_back: false,
  disputed: false,
  settled: true,
  canceled: true,
  expired: true,
};

const statuses = Object.keys(endsIn) as EscrowStatus[];

export type TradeList = {
  /** The latest trades of the local marketplace, oldest first, each as its streams say now. */
  readonly read: () => Promise<readonly TradeView[]>;
};

/** Lists up to `limit` trades. Those that are over are read once and kept. */
export function createTradeList(
  stack: Pick<LocalStack, 'views' | 'readTrade'>,
  { limit }: { readonly limit: number },
): TradeList {
  const over = new Map<string, TradeView>();

  const readOne = async (tradeId: string): Promise<readonly TradeView[]> => {
    const known = over.get(tradeId);
    if (known !== undefined) return [known];
    const history = await stack.readTrade(tradeId);
    if (history === undefined) return [];
    const trade = presentTrade(history);
    if (endsIn[trade.status]) over.set(tradeId, trade);
    return [trade];
  };

  return {
    read: async () => {
      const summaries = await Promise.all(
        statuses.map((status) =>
          stack.views.listTrades({ marketplaceId: LOCAL_MARKETPLACE, status, limit }),
        ),
      );
      const latest = latestIds(summaries.flat(), limit);
      return (await Promise.all(latest.map(readOne))).flat();
    },
  };
}

/** A trade that changes while the list is read may stand under two statuses, or none. */
const latestIds = (summaries: readonly TradeSummary[], limit: number): readonly string[] => {
  const openedAt = new Map(summaries.map((summary) => [summary.tradeId, summary.openedAt]));
  return [...openedAt.entries()]
    .sort(([, left], [, right]) => (left < right ? -1 : Number(left > right)))
    .slice(-limit)
    .map(([tradeId]) => tradeId);
};
