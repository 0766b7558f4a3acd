import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { PayoutFailed } from '../../events/payout/payout-failed.v1.ts';
import type { PayoutReturned } from '../../events/payout/payout-returned.v1.ts';
import type { PayoutUnblocked } from '../../events/payout/payout-unblocked.v1.ts';
import { payoutIdFor, sellerAccountIdFor } from '../platform/ids.ts';
import { attemptIdOf, recordSubmitted } from './attempt.ts';
import { blockAmong, holdBack } from './hold-back.ts';
import { ownPart } from './payout.ts';
import { retryPayout } from './retry.ts';
import { loadPayout, loadSeller, runPayout, runSeller, type SettlementPorts } from './run.ts';
import type { Message, Told } from './seller-desk.ts';
import { payRelease } from './settle.ts';

/** A trade that is blocked or let go: by which case, who is paid for it, and what was released of it. */
export type BlockedTrade = {
  readonly tradeId: string;
  readonly caseId: string;
  readonly payoutAccountId: string;
  readonly releases: readonly MilestoneReleased[];
};

/**
 * Blocks what is owed to the seller of a trade and not sent: what waits in the seller's stream first, so
 * that no other payout takes it, then each payout of the trade. Safe to repeat from any point; a block
 * that has been lifted by then blocks nothing.
 */
export async function blockTrade(
  ports: SettlementPorts,
  { cause, owner }: Message,
  { tradeId, caseId, payoutAccountId, releases }: BlockedTrade,
): Promise<Told | undefined> {
  if ((await ports.blockOf(tradeId))?.caseId !== caseId) return undefined;
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, payoutAccountId);
  const seller = { sellerAccountId, cause, owner };
  await runSeller(ports, seller, { type: 'BlockTrade', tradeId, caseId });
  let told: Told | undefined;
  for (const release of releases) {
    const payoutId = payoutIdFor(tradeId, release.milestoneId);
    const own = [ownPart(release)];
    told = await blockPayoutOf(ports, { payoutId, cause, owner }, { tradeId, caseId, own });
    if (told.kind === 'too_early' || told.kind === 'rejected') return told;
  }
  return told;
}

/** What failed or came back of a blocked trade was sent before the block: now it is there to be blocked. */
export async function blockReturned(
  ports: SettlementPorts,
  { cause, owner }: Message,
  { payoutId, tradeId, milestoneId, sellerId, amount, parts }: PayoutFailed | PayoutReturned,
): Promise<Told | undefined> {
  const own = parts ?? [{ payoutId, tradeId, milestoneId, sellerId, amount }];
  const block = await blockAmong(ports, own);
  if (block === undefined) return undefined;
  return blockPayoutOf(ports, { payoutId, cause, owner }, { ...block, own });
}

type Block = {
  readonly tradeId: string;
  readonly caseId: string;
  readonly own: readonly PayoutPart[];
};

/** The rail is asked first: a requested attempt may be there though nobody has recorded it yet. */
async function blockPayoutOf(
  ports: SettlementPorts,
  context: Parameters<typeof recordSubmitted>[1],
  { tradeId, caseId, own }: Block,
): Promise<Told> {
  const { state } = await loadPayout(ports, context.payoutId);
  if (state.status === 'requested') {
    const { terms } = state;
    const transfer = await ports.rails[terms.rail].find(attemptIdOf(terms, context.owner));
    if (transfer !== undefined) await recordSubmitted(ports, context, { terms, transfer });
  }
  return holdBack(ports, context, { tradeId, caseId, own });
}

/**
 * Tries a payout that was let go, also where whoever let it go has died since. One whose failure is too
 * fresh is tried by its own deadline.
 */
async function goOn(
  ports: SettlementPorts,
  {
    payoutId,
    caseId,
    blockedTradeId,
  }: Pick<PayoutUnblocked, 'payoutId' | 'caseId' | 'blockedTradeId'>,
  cause: string,
): Promise<void> {
  const { state, records } = await loadPayout(ports, payoutId);
  if (state.status !== 'failed' && state.status !== 'returned') return;
  const isLetGo = records
    .flatMap(({ events }) => events)
    .some(
      (event) =>
        event.type === 'PayoutUnblocked' &&
        event.caseId === caseId &&
        event.blockedTradeId === blockedTradeId,
    );
  // What is found then is another cause than the end of the block.
  if (isLetGo) await retryPayout(ports, { payoutId, cause: `${cause}/again` }, 'recheck');
}

/**
 * Lets go what was blocked of a trade, and goes on with what waited: its own payouts, and those of other
 * trades that carry its money along.
 */
export async function unblockTrade(
  ports: SettlementPorts,
  { cause, owner }: Message,
  { tradeId, caseId, payoutAccountId, releases }: BlockedTrade,
): Promise<Told | undefined> {
  const sellerAccountId = sellerAccountIdFor(owner.marketplaceId, payoutAccountId);
  const seller = { sellerAccountId, cause, owner };
  await runSeller(ports, seller, { type: 'UnblockTrade', tradeId, caseId });
  const own = releases.map(({ milestoneId }) => payoutIdFor(tradeId, milestoneId));
  const { waiting } = await loadSeller(ports, sellerAccountId);
  for (const payoutId of new Set([...own, ...waiting.keys()])) {
    const at = ports.now().toISOString();
    const command = {
      type: 'UnblockPayout',
      payoutId,
      caseId,
      blockedTradeId: tradeId,
      at,
    } as const;
    await runPayout(ports, { payoutId, cause, owner }, command);
    await goOn(ports, command, cause);
  }
  const message = { marketplaceId: owner.marketplaceId, cause };
  for (const release of releases) {
    const told = await payRelease(ports, release, message);
    if (told.kind === 'too_early' || told.kind === 'rejected') return told;
  }
  // Blocked again meanwhile: that may have found the old block still in place.
  const again = await ports.blockOf(tradeId);
  if (again === undefined) return undefined;
  return blockTrade(
    ports,
    { cause: `${cause}/${again.caseId}`, owner },
    { ...again, tradeId, payoutAccountId, releases },
  );
}
