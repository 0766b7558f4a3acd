import { money } from '../../../src/money/money.ts';
import { payoutIdFor } from '../../../src/platform/ids.ts';
import { unblockTrade } from '../../../src/settlement/block.ts';
import { runPayout } from '../../../src/settlement/run.ts';
import { payRelease, recordProviderTransfer } from '../../../src/settlement/settle.ts';
import { marketplaceId } from '../../support/builders.ts';
import { caseId, deskWithBlocks } from './blocks-desk.ts';
import { releaseOf } from './desk.ts';

const corridors = [{ rails: ['stripe_transfer' as const], minimum: money('USD', 10_000n) }];

describe('What is owed of a blocked trade and not requested', () => {
  it('is blocked when its release is heard, and paid once after the block', async () => {
    const desk = deskWithBlocks();
    desk.decide(1);
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    expect(desk.rail.transfers).toEqual([]);
    expect(await desk.stateOf(payoutId)).toMatchObject({
      status: 'not_requested',
      blocks: [{ caseId, blockedTradeId: 'trd_1' }],
    });
    expect([desk.owed('2190'), desk.owed('2200')]).toEqual([50_000n, 0n]);
    await desk.hear(1, 50_000n);
    expect(desk.owed('2190')).toBe(50_000n);
    await desk.lift(1, 50_000n);
    expect(desk.rail.transfers).toHaveLength(1);
    expect(desk.owed('2190')).toBe(0n);
  });

  it('keeps nothing for a debt while it is blocked', async () => {
    const desk = deskWithBlocks();
    desk.owe('debt_1', 20_000n);
    await desk.takeAll();
    desk.decide(1);
    desk.release(1, 50_000n);
    await desk.takeAll();
    expect(desk.types()).not.toContain('SellerPayoutAllocated');
    await desk.lift(1, 50_000n);
    await desk.takeAll();
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([30_000n]);
  });

  it('is not requested by a worker that looked before the block', async () => {
    const desk = deskWithBlocks();
    desk.decide(1);
    await desk.hear(1, 50_000n);
    desk.blocks.clear();
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'not_requested' });
    expect(desk.rail.transfers).toEqual([]);
  });
});

describe('A payout of a blocked trade that is requested', () => {
  const requested = async () => {
    const desk = deskWithBlocks();
    const payoutId = payoutIdFor('trd_1', releaseOf(1, 1n).milestoneId);
    desk.release(1, 50_000n);
    return { desk, payoutId };
  };

  it('is held back right before it would be sent', async () => {
    const { desk, payoutId } = await requested();
    let looks = 0;
    const late = {
      ...desk.ports,
      // The first look finds no block; the one before the act does.
      blockOf: async () => {
        looks += 1;
        return looks > 1 ? { caseId } : undefined;
      },
    };
    const release = { ...releaseOf(1, 50_000n), payoutAccountId: desk.payoutAccountId };
    await payRelease(late, release, { marketplaceId, cause: 'release' });
    expect(desk.rail.transfers).toEqual([]);
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'failed', code: 'payout.funds_blocked' },
      blocks: [{ parts: [{ amount: money('USD', 50_000n) }] }],
    });
    expect([desk.owed('2190'), desk.owed('2300')]).toEqual([50_000n, 0n]);
  });

  it('that was sent, though nobody had recorded it, is not taken back, and that is said', async () => {
    const { desk, payoutId } = await requested();
    desk.rail.loseAnswer();
    await desk.take(0);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'requested' });
    desk.decide(1);
    await desk.hear(1, 50_000n);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
    expect(desk.types().slice(-1)).toEqual(['PayoutSentBeforeBlock']);
    expect([desk.owed('2190'), desk.rail.transfers.length]).toEqual([0n, 1]);
  });

  it('whose sending turns up after all is let go, and goes on as what it is', async () => {
    const { desk, payoutId } = await requested();
    desk.rail.refuse('stripe.unavailable');
    await desk.take(0);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'failed' });
    desk.decide(1);
    await desk.hear(1, 50_000n);
    expect(desk.owed('2190')).toBe(50_000n);
    const transfer = {
      ...{ transferId: 'tr_late', payoutId, attempt: 1, amount: money('USD', 50_000n) },
      ...{ reversed: money('USD', 0n), recoveries: [] },
    };
    await recordProviderTransfer(desk.ports, { payoutId, cause: 'webhook' }, transfer);
    expect(desk.types().slice(-4)).toEqual([
      ...['PayoutUnblocked', 'PayoutReissued', 'PayoutSubmitted', 'PayoutSettled'],
    ]);
    expect([desk.owed('2190'), desk.owed('2300')]).toEqual([0n, 0n]);
  });

  it('is not tried anew while it is blocked, and is after it', async () => {
    const { desk, payoutId } = await requested();
    desk.rail.refuse('stripe.unavailable');
    await desk.take(0);
    desk.rail.refuse();
    desk.decide(1);
    desk.advance(86_400);
    expect(await desk.retry(payoutId)).toMatchObject({ kind: 'appended' });
    expect(await desk.retry(payoutId)).toMatchObject({ kind: 'unchanged' });
    expect(desk.rail.transfers).toEqual([]);
    await desk.lift(1, 50_000n);
    expect(desk.rail.transfers).toHaveLength(1);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
  });
});

describe('A payout of a blocked trade that was sent before', () => {
  it('is blocked if it fails or comes back', async () => {
    const desk = deskWithBlocks({ payoutAccountId: 'acct_1' });
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    desk.decide(1);
    await desk.hear(1, 50_000n);
    await runPayout(
      desk.ports,
      { payoutId, cause: 'bank' },
      { type: 'RecordFailure', attempt: 1, code: 'AC04', at: desk.clock.at },
    );
    await desk.takeAll();
    expect(await desk.stateOf(payoutId)).toMatchObject({
      ...{ status: 'failed', code: 'AC04' },
      blocks: [{ caseId }],
    });
    expect(desk.owed('2190')).toBe(50_000n);
  });
});

describe('What waits of a blocked trade for the seller’s next payout', () => {
  it('is not paid with it', async () => {
    const desk = deskWithBlocks({ corridors });
    desk.release(1, 4_000n);
    await desk.takeAll();
    desk.decide(1);
    await desk.hear(1, 4_000n);
    expect(desk.owed('2190')).toBe(4_000n);
    desk.release(2, 50_000n);
    await desk.takeAll();
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([50_000n]);
    await desk.lift(1, 4_000n);
    expect(desk.owed('2190')).toBe(0n);
    desk.release(3, 20_000n);
    await desk.takeAll();
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([50_000n, 24_000n]);
  });

  it('is blocked too where it comes to wait later', async () => {
    const desk = deskWithBlocks({ corridors });
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    desk.decide(1);
    await desk.hear(1, 50_000n);
    const [transfer] = desk.rail.transfers;
    desk.rail.reverse(transfer?.transferId ?? '', money('USD', 12_000n));
    const changed = await desk.ports.rails.stripe_transfer.get(transfer?.transferId ?? '');
    await recordProviderTransfer(desk.ports, { payoutId, cause: 'webhook' }, changed);
    await desk.takeAll();
    expect(desk.owed('2190')).toBe(12_000n);
    expect((await desk.seller()).blocked.get('trd_1')?.parts).toHaveLength(1);
  });

  it('holds a payout back that carries it, until the block is lifted', async () => {
    const desk = deskWithBlocks({ corridors });
    desk.release(1, 4_000n);
    await desk.takeAll();
    desk.rail.refuse('stripe.unavailable');
    const carrier = desk.release(2, 50_000n);
    await desk.takeAll();
    desk.rail.refuse();
    desk.decide(1);
    await desk.hear(1, 4_000n);
    desk.advance(86_400);
    await desk.retry(carrier);
    expect(desk.rail.transfers).toEqual([]);
    expect(await desk.stateOf(carrier)).toMatchObject({
      status: 'failed',
      blocks: [{ blockedTradeId: 'trd_1', parts: [{ amount: money('USD', 4_000n) }] }],
    });
    expect(desk.owed('2190')).toBe(4_000n);
    await desk.lift(1, 4_000n);
    expect(desk.rail.transfers.map(({ amount }) => amount.amountMinor)).toEqual([54_000n]);
    expect(desk.owed('2190')).toBe(0n);
  });
});

describe('Messages of blocks', () => {
  it('that come late block nothing: the stream of the trade says what is', async () => {
    const desk = deskWithBlocks();
    await desk.hear(1, 50_000n);
    expect(desk.records).toEqual([]);
  });

  it('of an end that meets a new block leave that one in place', async () => {
    const desk = deskWithBlocks();
    desk.decide(1);
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    await desk.hear(1, 50_000n);
    const again = { ...desk.ports, blockOf: async () => ({ caseId: 'case_2' }) };
    const release = { ...releaseOf(1, 50_000n), payoutAccountId: desk.payoutAccountId };
    const owner = { tradeId: 'trd_1', marketplaceId };
    await unblockTrade(
      again,
      { cause: 'late', owner },
      {
        ...{ tradeId: 'trd_1', caseId, releases: [release] },
        payoutAccountId: desk.payoutAccountId,
      },
    );
    expect(await desk.stateOf(payoutId)).toMatchObject({ blocks: [{ caseId: 'case_2' }] });
    expect(desk.rail.transfers).toEqual([]);
    expect((await desk.seller()).blocked.get('trd_1')).toMatchObject({ caseId: 'case_2' });
  });

  it('that are told twice are one block', async () => {
    const desk = deskWithBlocks({ corridors });
    desk.release(1, 4_000n);
    await desk.takeAll();
    desk.decide(1);
    await desk.hear(1, 4_000n);
    const before = desk.records.length;
    await desk.hear(1, 4_000n);
    expect(desk.records).toHaveLength(before);
  });

  it('of an end where nothing was blocked change nothing', async () => {
    const desk = deskWithBlocks();
    const payoutId = desk.release(1, 50_000n);
    await desk.takeAll();
    const before = desk.records.length;
    await desk.lift(1, 50_000n);
    expect(desk.records).toHaveLength(before);
    expect(await desk.stateOf(payoutId)).toMatchObject({ status: 'submitted' });
  });
});
