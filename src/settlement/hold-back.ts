import type { PayoutPart } from '../../events/payout/common.ts';
import type { TradeBlock } from './ports.ts';
import { type PayoutContext, type PayoutOutcome, runPayout, type SettlementPorts } from './run.ts';

/** A block that keeps a payout back, and whose it is. */
export type Obstruction = TradeBlock & { readonly tradeId: string };

/** The first block among the trades whose money a payout would send; undefined where none is blocked. */
export async function blockAmong(
  { blockOf }: Pick<SettlementPorts, 'blockOf'>,
  parts: readonly PayoutPart[],
): Promise<Obstruction | undefined> {
  for (const tradeId of new Set(parts.map((part) => part.tradeId))) {
    const block = await blockOf(tradeId);
    if (block !== undefined) return { ...block, tradeId };
  }
  return undefined;
}

/** Records that what a payout owes of a blocked trade is not sent, or that it had been. */
export const holdBack = (
  ports: SettlementPorts,
  context: PayoutContext,
  { tradeId, caseId, own }: Obstruction & { readonly own: readonly PayoutPart[] },
): Promise<PayoutOutcome> =>
  runPayout(ports, context, {
    ...{ type: 'BlockPayout', payoutId: context.payoutId, caseId, blockedTradeId: tradeId, own },
    at: ports.now().toISOString(),
  });
