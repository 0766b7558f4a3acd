import * as fc from 'fast-check';
import { acceptTrade } from '../../../src/escrow/accept-trade.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import type { BlockCommand } from '../../../src/escrow/commands.ts';
import { disputeTrade } from '../../../src/escrow/dispute-trade.ts';
import { blockOf } from '../../../src/escrow/evolve-block.ts';
import { refundTrade } from '../../../src/escrow/refund-trade.ts';
import { runEscrow } from '../../../src/escrow/run.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { money } from '../../../src/money/money.ts';
import { toJson } from '../../../src/platform/json.ts';
import { presentBlock } from '../../../src/process/block-view.ts';
import { presentTrade, readTrade } from '../../../src/process/trade-view.ts';
import { later, marketplaceId, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { scanAt } from '../../support/scans.ts';
import { postOffice, stripeMessage, trackingMessage } from './post.ts';

const { capturedAt } = story.escrowFunded;
const HOUR = 3_600;
const chargebackId = story.chargebackOpened.chargebackId;

/** A trade whose goods are on their way, on a desk whose post takes its letters in the given order. */
async function tradeOnItsWay(pick: (waiting: number) => number = () => 0) {
  const post = postOffice({ pick, repeats: () => false });
  const { desk } = post;
  await desk.open();
  desk.clock.at = capturedAt;
  desk.payments.pay('pi_1', { capturedAt });
  post.send('payments', stripeMessage('payment_intent.succeeded', 'pi_1'));
  await post.deliverAll();
  post.send('tracking', trackingMessage('hook_1', [scanAt(2, 'picked_up')]));
  await post.deliverAll();
  let count = 0;
  const context = () => {
    count += 1;
    return { tradeId, cause: `act-${count}` };
  };
  const escrow = desk.ports.payments.collection;
  const run = async (command: BlockCommand): Promise<string> =>
    (await runEscrow(escrow, context(), command)).kind;
  const at = () => desk.clock.at;
  const acts = {
    accept: () => acceptTrade(escrow, context(), { requestId: `accept-${count}` }),
    dispute: () =>
      disputeTrade(escrow, context(), {
        ...{ idempotencyKey: `dispute-${count}`, milestoneIds: null, reason: 'other' },
        evidenceSha256: null,
      }),
    refund: () =>
      refundTrade(escrow, context(), {
        ...{ idempotencyKey: `refund-${count}`, amount: money('EUR', 100_000n) },
      }),
    chargeback: async () => {
      desk.payments.chargebacks.put(reportedChargeback());
      post.send('payments', stripeMessage('charge.dispute.created', chargebackId));
    },
    lost: async () => {
      desk.payments.chargebacks.put(reportedChargeback({ status: 'lost' }));
      post.send('payments', stripeMessage('charge.dispute.closed', chargebackId));
    },
    deliver: async () =>
      post.send('tracking', trackingMessage('hook_2', [scanAt(80, 'delivered')])),
    wait: async () => {
      desk.clock.at = later(at(), 200 * HOUR);
      await post.tick();
    },
    block: () => run({ type: 'BlockFunds', caseId: 'case_1', by: 'key_1', at: at() }),
    unblock: async () => {
      const ground = { ground: 'clearance', reference: 'CLR-1' } as const;
      await run({ type: 'ProposeUnblock', ...ground, by: 'key_1', at: at() });
      return run({ type: 'ApproveUnblock', by: 'key_2', at: at() });
    },
  };
  const owed = (account: string): bigint =>
    balancesOf(desk.records().flatMap(({ journal }) => journal))
      .filter((balance) => balance.account === account && balance.currency === 'USD')
      .reduce((total, { creditMinor, debitMinor }) => total + creditMinor - debitMinor, 0n);
  const sent = () => ({
    transfers: desk.rail.transfers.length,
    refunds: desk.payments.refunds.calls.filter((call) => call === 'refund').length,
  });
  const history = async () => {
    const found = await readTrade(desk.ports.stores, { tradeId, marketplaceId });
    if (found === undefined) throw new Error('The trade is not there.');
    return found;
  };
  const isBlocked = async () => blockOf(await loadEscrow(escrow, tradeId)) !== undefined;
  return { post, desk, acts, owed, sent, history, isBlocked };
}

type Act = keyof Awaited<ReturnType<typeof tradeOnItsWay>>['acts'];
const ACTS: readonly Act[] = [
  ...(['accept', 'dispute', 'refund', 'chargeback', 'lost', 'deliver', 'wait'] as const),
];

describe('A block among accepting, disputing, refunding, charging back and paying out', () => {
  it('lets nothing leave in any order, and all of it go on after it', async () => {
    const seen = { heldBack: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...ACTS], { minLength: 3 }),
        fc.nat(4),
        fc.infiniteStream(fc.nat(7)),
        async (acts, position, picks) => {
          const pick = (waiting: number): number => (picks.next().value ?? 0) % waiting;
          const trade = await tradeOnItsWay(pick);
          for (const act of acts.slice(0, position)) await trade.acts[act]();
          await trade.acts.block();
          const atBlock = trade.sent();
          await trade.post.deliverAll();
          for (const act of acts.slice(position)) {
            await trade.acts[act]();
            await trade.post.deliverAll();
          }
          expect(await trade.isBlocked()).toBe(true);
          expect(trade.sent()).toEqual(atBlock);
          expect([trade.owed('2100'), trade.owed('2200')]).toEqual([0n, 0n]);
          seen.heldBack += Number(trade.owed('2190') > 0n);
          await trade.acts.unblock();
          await trade.post.deliverAll();
          await trade.acts.wait();
          await trade.post.deliverAll();
          const journal = trade.desk.records().flatMap((record) => record.journal);
          expect(isBalanced(balancesOf(journal))).toBe(true);
          expect(trade.owed('2190')).toBe(0n);
          expect(trade.desk.rail.transfers.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60, seed: 20_260_705 },
    );
    expect(seen.heldBack).toBeGreaterThan(20);
  });
});

describe('A trade that is blocked after its release', () => {
  it('keeps the payout back that nobody has sent, and sends it after the block', async () => {
    const trade = await tradeOnItsWay();
    await trade.acts.accept();
    await trade.acts.block();
    await trade.post.deliverAll();
    expect(trade.sent().transfers).toBe(0);
    expect([trade.owed('2200'), trade.owed('2190')]).toEqual([0n, 1_121_250n]);
    expect(presentBlock(await trade.history())).toMatchObject({
      ...{ status: 'blocked', caseId: 'case_1', held: money('USD', 0n), gone: [] },
      payouts: [{ amount: money('USD', 1_121_250n) }],
    });
    await trade.acts.unblock();
    await trade.post.deliverAll();
    expect(trade.sent().transfers).toBe(1);
    expect(presentBlock(await trade.history())).toEqual({ tradeId, status: 'none' });
  });

  it('says what had been sent before', async () => {
    const trade = await tradeOnItsWay();
    await trade.acts.accept();
    await trade.post.deliverAll();
    await trade.acts.block();
    await trade.post.deliverAll();
    expect(presentBlock(await trade.history())).toMatchObject({
      gone: [{ milestoneId: 'delivery', amount: money('USD', 1_121_250n) }],
      payouts: [],
    });
  });

  it('shows what is proposed', async () => {
    const trade = await tradeOnItsWay();
    await trade.acts.block();
    await runEscrow(
      trade.desk.ports.payments.collection,
      { tradeId, cause: 'proposal' },
      {
        ...{ type: 'ProposeUnblock', ground: 'license', reference: 'OFAC-7', by: 'key_1' },
        at: trade.desk.clock.at,
      },
    );
    expect(presentBlock(await trade.history())).toMatchObject({
      status: 'unblock_proposed',
      proposal: { ground: 'license', reference: 'OFAC-7', by: 'key_1' },
    });
  });
});

describe('The view of a trade that is blocked', () => {
  it('says that it is on hold, and not why', async () => {
    const trade = await tradeOnItsWay();
    const before = presentTrade(await trade.history());
    await trade.acts.block();
    await trade.post.deliverAll();
    const { onHold, ...view } = presentTrade(await trade.history());
    expect(onHold).toBe(true);
    expect(view).toEqual(before);
    expect(toJson(view)).not.toMatch(/block|sanction|case_1/i);
  });

  it('gives a payout that is held back a neutral reason', async () => {
    const trade = await tradeOnItsWay();
    trade.desk.rail.loseAnswer();
    await trade.acts.accept();
    await trade.acts.block();
    await trade.post.deliverAll();
    const { payouts } = presentTrade(await trade.history());
    expect(payouts.map((payout) => ('reason' in payout ? payout.reason : payout.status))).toEqual([
      'not_requested',
    ]);
  });
});

describe('A refund that was asked for when the funds were blocked', () => {
  it('is made after the block, and not before', async () => {
    const trade = await tradeOnItsWay();
    await trade.acts.refund();
    await trade.acts.block();
    await trade.post.deliverAll();
    expect(trade.sent().refunds).toBe(0);
    await trade.acts.unblock();
    await trade.post.deliverAll();
    expect(trade.sent().refunds).toBe(1);
  });
});
