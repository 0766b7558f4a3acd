import type { PayoutEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { money, zero } from '../../../src/money/money.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import type { ProviderTransfer, TransferRail } from '../../../src/settlement/ports.ts';
import { confirmPayout, payRelease } from '../../../src/settlement/settle.ts';
import { marketplaceId, payoutId, story } from '../../support/builders.ts';
import { easyRail, providerTransfer, settlementWith } from '../../support/fake-rail.ts';

const release = story.milestoneReleased;

/** A provider that keeps what it was told, and may lose its answer afterwards. */
function fakeRail(trouble: { loseAnswer?: boolean; reversed?: boolean; short?: bigint } = {}) {
  const transfers: ProviderTransfer[] = [];
  let loseAnswer = trouble.loseAnswer === true;
  const rail: TransferRail = {
    ...easyRail,
    find: async (wanted) => transfers.find((transfer) => transfer.payoutId === wanted.payoutId),
    get: async (transferId) => {
      const found = transfers.find((transfer) => transfer.transferId === transferId);
      if (found === undefined) throw new Error(`There is no transfer ${transferId}.`);
      return found;
    },
    create: async ({ amount, ...request }) => {
      const transfer = providerTransfer({
        transferId: `tr_${transfers.length + 1}`,
        payoutId: request.payoutId,
        amount: money(amount.currency, amount.amountMinor - (trouble.short ?? 0n)),
        reversed: trouble.reversed === true ? amount : zero(amount.currency),
      });
      transfers.push(transfer);
      if (loseAnswer) {
        loseAnswer = false;
        throw new CodedError({ code: 'stripe.connection', message: 'No answer.', retryable: true });
      }
      return transfer;
    },
  };
  return { rail, transfers };
}

function setUp(trouble?: Parameters<typeof fakeRail>[0]) {
  const records = inMemoryRecordStore<PayoutEvent>();
  const { rail, transfers } = fakeRail(trouble);
  const ports = settlementWith({
    store: journaledStore(records),
    rail,
    now: () => new Date('2026-11-23T12:00:00.000Z'),
  });
  const types = () => records.all().flatMap(({ events }) => events.map(({ type }) => type));
  const pay = (cause = 'message-1') => payRelease(ports, release, { marketplaceId, cause });
  const confirm = (cause = 'webhook-1') => confirmPayout(ports, { payoutId, cause });
  return { pay, confirm, transfers, types };
}

describe('Paying a release', () => {
  it('records the intent before the transfer and the transfer after it', async () => {
    const { pay, transfers, types } = setUp();
    expect(await pay()).toMatchObject({ kind: 'appended', state: { status: 'submitted' } });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
    expect(transfers).toHaveLength(1);
  });

  it('makes one transfer, however often the message comes', async () => {
    const { pay, transfers, types } = setUp();
    for (const cause of ['message-1', 'message-1', 'message-2']) await pay(cause);
    await Promise.all([pay('message-3'), pay('message-4')]);
    expect(transfers).toHaveLength(1);
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });

  it('finds the transfer whose answer was lost and makes no other', async () => {
    const { pay, transfers, types } = setUp({ loseAnswer: true });
    await expect(pay()).rejects.toMatchObject({ retryable: true });
    expect(types()).toEqual(['PayoutRequested']);
    await pay();
    expect(transfers).toHaveLength(1);
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });

  it('stops where the provider’s amount is not ours', async () => {
    const { pay, types } = setUp({ short: 1n });
    await expect(pay()).rejects.toMatchObject({ code: 'payout.amount_mismatch', retryable: false });
    expect(types()).toEqual(['PayoutRequested']);
  });
});

describe('Confirming a payout', () => {
  it('settles it, once', async () => {
    const { pay, confirm, types } = setUp();
    await pay();
    expect(await confirm()).toMatchObject({ kind: 'appended', state: { status: 'settled' } });
    expect(await confirm()).toMatchObject({ kind: 'unchanged' });
    expect(await confirm('deadline-1')).toMatchObject({ kind: 'unchanged' });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled']);
  });

  it('may overtake our own record of the transfer', async () => {
    const { pay, confirm, types } = setUp({ loseAnswer: true });
    await expect(pay()).rejects.toThrow();
    expect(await confirm()).toMatchObject({ kind: 'appended', state: { status: 'settled' } });
    await pay();
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled']);
  });

  it('waits where nothing was requested', async () => {
    expect(await setUp().confirm()).toMatchObject({
      kind: 'too_early',
      code: 'payout.not_confirmed',
    });
  });

  it('records what was taken back of it as well', async () => {
    const { pay, confirm, types } = setUp({ reversed: true });
    await pay();
    expect(await confirm()).toMatchObject({
      kind: 'appended',
      state: { status: 'settled', reversed: release.net },
    });
    expect(types()).toEqual([
      ...['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled', 'PayoutReversed'],
    ]);
  });
});
