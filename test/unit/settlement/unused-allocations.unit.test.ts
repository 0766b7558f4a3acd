import { money } from '../../../src/money/money.ts';
import { openDebts } from '../../../src/settlement/seller-state.ts';
import { deskWithBlocks } from './blocks-desk.ts';
import { settlementDesk } from './desk.ts';

/**
 * A slow worker sees no payout; by the time it asks to request one, there is one. `fails` says whether
 * the worker dies right before giving back what it set aside.
 */
async function slowWorker({ fails }: { readonly fails: boolean }) {
  const desk = settlementDesk();
  const { store, sellers } = desk.ports;
  desk.release(1, 1_000n);
  const [message] = desk.waiting.splice(0);
  if (message === undefined) throw new Error('There is no message.');
  let isSlow = true;
  const load: typeof store.load = async (streamId) => {
    const loaded = await store.load(streamId);
    if (isSlow && streamId.startsWith('payout#')) {
      isSlow = false;
      await desk.consume(message);
      desk.owe('dp_1', 300n);
      await desk.takeAll();
    }
    return loaded;
  };
  let isToDie = fails;
  const append: typeof sellers.append = async (record) => {
    if (isToDie && record.events.some(({ type }) => type === 'SellerAllocationReleased')) {
      isToDie = false;
      throw new Error('The worker died.');
    }
    return sellers.append(record);
  };
  Object.assign(desk.ports, { store: { ...store, load }, sellers: { ...sellers, append } });
  return { desk, consumed: await Promise.allSettled([desk.consume(message)]) };
}

/** A worker that set 300 aside of a release of 1,000, and died before it requested the payout. */
async function workerDied() {
  const desk = deskWithBlocks();
  desk.owe('dp_1', 300n);
  await desk.takeAll();
  const { store } = desk.ports;
  const append: typeof store.append = async (record) => {
    if (record.streamId.startsWith('payout#')) throw new Error('The worker died.');
    return store.append(record);
  };
  desk.release(1, 1_000n);
  Object.assign(desk.ports, { store: { ...store, append } });
  expect(await desk.take(0)).toBeUndefined();
  Object.assign(desk.ports, { store });
  const hearOfAllocation = () => {
    const told = desk.waiting.findIndex(
      (message) =>
        message.kind === 'routed_record' &&
        message.record.events.some(({ type }) => type === 'SellerPayoutAllocated'),
    );
    return desk.take(told);
  };
  return { ...desk, hearOfAllocation };
}

describe('An allocation that a faster worker did not use', () => {
  it('is released: the debt stays open, and nothing is kept twice', async () => {
    const { desk, consumed } = await slowWorker({ fails: false });
    expect(consumed).toMatchObject([{ status: 'fulfilled' }]);
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 1_000n) }]);
    expect(desk.types()).toEqual(
      expect.arrayContaining(['SellerPayoutAllocated', 'SellerAllocationReleased']),
    );
    expect(openDebts(await desk.seller())).toMatchObject([{ remaining: money('USD', 300n) }]);
  });

  it('is released by its own record where the slow worker died, its message long gone', async () => {
    const { desk, consumed } = await slowWorker({ fails: true });
    expect(consumed).toMatchObject([{ status: 'rejected' }]);
    expect(openDebts(await desk.seller())).toEqual([]);
    await desk.takeAll();
    expect(openDebts(await desk.seller())).toMatchObject([{ remaining: money('USD', 300n) }]);
    desk.release(2, 1_000n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{}, { amount: money('USD', 700n) }]);
  });

  it('waits for its attempt as long as that is not there', async () => {
    const desk = await workerDied();
    expect(await desk.hearOfAllocation()).toMatchObject({ code: 'payout.allocation_pending' });
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 700n) }]);
    expect(desk.types()).not.toContain('SellerAllocationReleased');
  });

  it('waits for the end of a block without a message, and is used after it', async () => {
    const desk = await workerDied();
    desk.decide(1);
    await desk.hear(1, 1_000n);
    expect(await desk.hearOfAllocation()).toMatchObject({ kind: 'done' });
    await desk.takeAll();
    expect([desk.rail.transfers, openDebts(await desk.seller())]).toEqual([[], []]);
    await desk.lift(1, 1_000n);
    await desk.takeAll();
    expect(desk.rail.transfers).toMatchObject([{ amount: money('USD', 700n) }]);
    expect(desk.types()).not.toContain('SellerAllocationReleased');
    expect(desk.owed('2190')).toBe(0n);
  });
});
