import { balancesOf } from '../../../src/ledger/balances.ts';
import { blockTrade, unblockTrade } from '../../../src/settlement/block.ts';
import { retryPayout } from '../../../src/settlement/retry.ts';
import { marketplaceId } from '../../support/builders.ts';
import { releaseOf, settlementDesk } from './desk.ts';

/** The case of each block that the desk tells. */
export const caseId = 'case_1';

/** A desk that pays one seller, whose trades can be blocked and let go. */
export function deskWithBlocks(options: Parameters<typeof settlementDesk>[0] = {}) {
  const desk = settlementDesk(options);
  const { ports, blocks, payoutAccountId } = desk;
  let told = 0;
  const tell = (trade: number, netMinor: bigint, releases: boolean) => {
    const tradeId = `trd_${trade}`;
    told += 1;
    const release = { ...releaseOf(trade, netMinor), payoutAccountId };
    return [
      { cause: `told-${told}`, owner: { tradeId, marketplaceId } },
      { tradeId, caseId, payoutAccountId, releases: releases ? [release] : [] },
    ] as const;
  };
  const owed = (account: string): bigint =>
    balancesOf(desk.records.flatMap(({ journal }) => journal ?? []))
      .filter((balance) => balance.account === account)
      .reduce((total, { creditMinor, debitMinor }) => total + creditMinor - debitMinor, 0n);
  return {
    ...desk,
    owed,
    /** The trade's own stream says that it is blocked from here on. */
    decide: (trade: number): void => {
      blocks.set(`trd_${trade}`, { caseId });
    },
    /** Settlement hears of it. */
    hear: async (trade: number, netMinor: bigint, isReleased = true): Promise<void> => {
      await blockTrade(ports, ...tell(trade, netMinor, isReleased));
    },
    lift: async (trade: number, netMinor: bigint): Promise<void> => {
      blocks.delete(`trd_${trade}`);
      await unblockTrade(ports, ...tell(trade, netMinor, true));
    },
    retry: (payoutId: string) => retryPayout(ports, { payoutId, cause: 'again' }, 'recheck'),
  };
}
