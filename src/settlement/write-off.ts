import { limitMinorOf, type WriteOffLimits } from '../money/write-off-limits.ts';
import { fold } from '../platform/execute.ts';
import { sellerAccountIdFor, sellerStream } from '../platform/ids.ts';
import { unknownDebt, type WriteOffCommand } from './decide-write-off.ts';
import { runSeller, type SellerOutcome, type SettlementPorts } from './run.ts';
import { type Debt, debtStatusOf } from './seller-debts.ts';
import { type SellerState, sellerEvolution } from './seller-state.ts';

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
  const { own, state } = await debtsTo(ports, { marketplaceId, payoutAccountId });
  const debt = own.find((one) => one.debtId === debtId);
  if (debt === undefined) return { ...unknownDebt(debtId), state };
  const { tradeId, amount } = debt;
  const limitMinor = limitMinorOf(ports.limits, amount.currency);
  const isBlocked = (await ports.blockOf(tradeId)) !== undefined;
  return runSeller(
    ports,
    {
      sellerAccountId: sellerAccountIdFor(marketplaceId, payoutAccountId),
      cause: `api#${requestId}`,
      owner: { tradeId, marketplaceId },
    },
    commandOf({ debtId, by, limitMinor, isBlocked, at: ports.now().toISOString() }),
  );
}

/** A seller with one account at the provider may owe several marketplaces; each knows of its own trades. */
async function debtsTo(
  { sellers }: Pick<WriteOffPorts, 'sellers'>,
  { marketplaceId, payoutAccountId }: Pick<WriteOffRequest, 'marketplaceId' | 'payoutAccountId'>,
): Promise<{ readonly own: readonly Debt[]; readonly state: SellerState }> {
  const records = await sellers.load(
    sellerStream(sellerAccountIdFor(marketplaceId, payoutAccountId)),
  );
  const recorded = new Set(
    records
      .filter((record) => record.marketplaceId === marketplaceId)
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === 'SellerDebtRecorded' ? [event.debtId] : [])),
  );
  const state = fold(sellerEvolution, records);
  return { own: [...state.debts.values()].filter(({ debtId }) => recorded.has(debtId)), state };
}

/** A seller's debts of a marketplace's trades as its finance sees them, oldest first. */
export const listDebts = async (
  ports: Pick<WriteOffPorts, 'sellers'>,
  of: Pick<WriteOffRequest, 'marketplaceId' | 'payoutAccountId'>,
) => (await debtsTo(ports, of)).own.map(presentDebt);

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
