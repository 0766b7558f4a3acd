import { limitMinorOf, type WriteOffLimits } from '../money/write-off-limits.ts';
import { sellerAccountIdFor } from '../platform/ids.ts';
import type { WriteOffCommand } from './decide-write-off.ts';
import { loadSeller, runSeller, type SellerOutcome, type SettlementPorts } from './run.ts';
import { type Debt, debtStatusOf } from './seller-debts.ts';
import type { SellerState } from './seller-state.ts';

export type WriteOffPorts = Pick<SettlementPorts, 'sellers' | 'now' | 'blockOf'> & {
  readonly limits: WriteOffLimits;
};

/** Whose debt is meant, who asks, and by which request. */
export type WriteOffRequest = {
  readonly marketplaceId: string;
  readonly payoutAccountId: string;
  readonly debtId: string;
  /** Which API key asks. */
  readonly by: string;
  readonly requestId: string;
};

/** Gives up what is left of a debt, or proposes it where that is more than one person may. */
export const writeOffDebt = (
  ports: WriteOffPorts,
  request: WriteOffRequest,
  reason: string,
): Promise<SellerOutcome> =>
  run(ports, request, (asked) => ({ type: 'WriteOffDebt', ...asked, reason }));

/** Another person agrees. */
export const approveWriteOff = (
  ports: WriteOffPorts,
  request: WriteOffRequest,
): Promise<SellerOutcome> =>
  run(ports, request, ({ limitMinor: _, ...asked }) => ({ type: 'ApproveWriteOff', ...asked }));

type Asked = {
  readonly debtId: string;
  readonly by: string;
  /** Zero where the currency has no limit. */
  readonly limitMinor: bigint;
  readonly isBlocked: boolean;
  readonly at: string;
};

/** The record is of the debt's own trade, whichever the seller's stream began with. */
async function run(
  ports: WriteOffPorts,
  { marketplaceId, payoutAccountId, debtId, by, requestId }: WriteOffRequest,
  commandOf: (asked: Asked) => WriteOffCommand,
): Promise<SellerOutcome> {
  const sellerAccountId = sellerAccountIdFor(marketplaceId, payoutAccountId);
  const debt = (await loadSeller(ports, sellerAccountId)).debts.get(debtId);
  const limitMinor = debt === undefined ? 0n : limitMinorOf(ports.limits, debt.amount.currency);
  const owner = debt === undefined ? {} : { owner: { tradeId: debt.tradeId, marketplaceId } };
  const context = { sellerAccountId, cause: `api#${requestId}`, ...owner };
  const isBlocked = debt !== undefined && (await ports.blockOf(debt.tradeId)) !== undefined;
  const at = ports.now().toISOString();
  return runSeller(ports, context, commandOf({ debtId, by, limitMinor, isBlocked, at }));
}

/** A seller's debts as finance sees them, oldest first. */
export const presentDebts = ({ debts }: SellerState) => [...debts.values()].map(presentDebt);

/** One debt: what it was, what is open of it, and what is proposed. */
export const presentDebt = (debt: Debt) => {
  const { debtId, tradeId, amount, remaining, proposal } = debt;
  return {
    id: debtId,
    tradeId,
    status: debtStatusOf(debt),
    amount,
    remaining,
    ...(proposal === undefined
      ? {}
      : { proposal: { amount: proposal.amount, reason: proposal.reason, by: proposal.by } }),
  };
};
