import { blockTrade, unblockTrade } from '../../../src/settlement/block.ts';
import type { PayoutRail } from '../../../src/settlement/ports.ts';
import type { SettlementPorts } from '../../../src/settlement/run.ts';
import { marketplaceId } from '../../support/builders.ts';
import { releaseOf, settlementDesk } from '../settlement/desk.ts';

const caseId = 'case_1';
const tradeId = 'trd_1';

/**
 * `blocked-funds` found a payout that was never paid: the worker died between letting it go and trying it
 * again, and the same message, told again, found it let go and left it at that.
 */
/** A payout that could not be made, and was blocked since. */
async function blockedPayout() {
  const desk = settlementDesk();
  const { ports, blocks, payoutAccountId, rail } = desk;
  const release = { ...releaseOf(1, 50_000n), payoutAccountId };
  const owner = { tradeId, marketplaceId };
  const trade = { tradeId, caseId, payoutAccountId, releases: [release] };
  const payoutId = desk.release(1, 50_000n);
  rail.refuse('stripe.unavailable');
  await desk.take(0);
  rail.refuse();
  blocks.set(tradeId, { caseId });
  await blockTrade(ports, { cause: 'blocked', owner }, trade);
  desk.advance(86_400);
  blocks.delete(tradeId);
  /** The rail's look at the account, answered otherwise. */
  const checkedBy = (check: PayoutRail['check']): SettlementPorts => ({
    ...ports,
    rails: { ...ports.rails, stripe_transfer: { ...ports.rails.stripe_transfer, check } },
  });
  const lift = (by: SettlementPorts) => unblockTrade(by, { cause: 'unblocked', owner }, trade);
  return { ...desk, payoutId, checkedBy, lift };
}

describe('The end of a block', () => {
  it('told again after its worker has died tries the payout that was let go', async () => {
    const { ports, rail, payoutId, checkedBy, lift, stateOf } = await blockedPayout();
    expect(await stateOf(payoutId)).toMatchObject({ status: 'failed', blocks: [{ caseId }] });
    const dying = checkedBy(() => Promise.reject(new Error('Dies.')));
    await expect(lift(dying)).rejects.toThrow('Dies.');
    expect(await stateOf(payoutId)).not.toHaveProperty('blocks');
    await lift(ports);
    expect(rail.transfers).toHaveLength(1);
    expect(await stateOf(payoutId)).toMatchObject({ status: 'submitted' });
    await lift(ports);
    expect(rail.transfers).toHaveLength(1);
  });

  it('that meets an account which can’t be paid says so once, and looks again the next day', async () => {
    const { checkedBy, lift, types } = await blockedPayout();
    const impaired = checkedBy(async () => ({ kind: 'blocked', code: 'transfers_inactive' }));
    await lift(impaired);
    expect(types().slice(-2)).toEqual(['PayoutUnblocked', 'PayoutRetryDeferred']);
    await lift(impaired);
    expect(types().filter((type) => type === 'PayoutRetryDeferred')).toHaveLength(1);
  });
});
