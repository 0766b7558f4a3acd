import * as fc from 'fast-check';
import type { PayoutEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { money } from '../../../src/money/money.ts';
import type { ProviderTransfer, TransferRail } from '../../../src/settlement/ports.ts';
import { confirmPayout, payRelease } from '../../../src/settlement/settle.ts';
import { marketplaceId, payoutId, story, tradeId } from '../../support/builders.ts';
import { easyRail, providerTransfer, settlementWith } from '../../support/fake-rail.ts';

const { milestoneReleased: release, payoutRequested } = story;
const everything = ['PayoutRequested', 'PayoutSubmitted', 'PayoutSettled'];
const now = () => new Date('2026-11-23T12:00:00.000Z');

/**
 * A rail as Stripe is one: it makes one transfer for each payout, as long as it remembers its
 * idempotency key, and finds what it has made. `calls` are its calls, with what was asked.
 */
function keyedRail(hold: () => Promise<void> = async () => {}) {
  const transfers = new Map<string, ProviderTransfer>();
  const calls: [name: string, request: unknown][] = [];
  const asked = async (name: string, request: unknown): Promise<void> => {
    calls.push([name, request]);
    await hold();
  };
  const rail: TransferRail = {
    ...easyRail,
    find: async (wanted) => {
      await asked('find', wanted);
      return transfers.get(wanted.payoutId);
    },
    create: async (request) => {
      await asked('create', request);
      const known = transfers.get(request.payoutId) ?? transferOf();
      transfers.set(request.payoutId, known);
      return known;
    },
    get: async (transferId) => {
      throw new Error(`A payout is asked for by its own id, not by ${transferId}.`);
    },
  };
  return { rail, transfers, calls };
}

const transferOf = (changes: Partial<ProviderTransfer> = {}): ProviderTransfer =>
  providerTransfer({
    ...{ transferId: 'tr_1', payoutId, amount: payoutRequested.amount },
    ...changes,
  });

function setUp(hold?: () => Promise<void>) {
  const records = inMemoryRecordStore<PayoutEvent>();
  const { rail, transfers, calls } = keyedRail(hold);
  const ports = settlementWith({ store: journaledStore(records), rail, now });
  return {
    records,
    ports,
    transfers,
    calls,
    types: () => records.all().flatMap(({ events }) => events.map(({ type }) => type)),
    pay: (cause = 'message-1') => payRelease(ports, release, { marketplaceId, cause }),
    confirm: (cause = 'webhook-1') => confirmPayout(ports, { payoutId, cause }),
  };
}

describe('Paying a release', () => {
  it('asks for the transfer before it makes one, and makes it as it was requested', async () => {
    const { pay, calls } = setUp();
    await pay();
    const { destination, amount, sourceChargeId } = payoutRequested;
    const { currency } = amount;
    const attempt = { payoutId, tradeId, marketplaceId, attempt: 1, currency };
    expect(calls).toEqual([
      ['find', attempt],
      ['create', { ...attempt, destination, amount, sourceChargeId }],
    ]);
  });

  it('names no source where the release has none', async () => {
    const { ports, calls } = setUp();
    const { sourceChargeId: _, ...unsourced } = release;
    await payRelease(ports, unsourced, { marketplaceId, cause: 'message-1' });
    expect(calls[1]?.[1]).not.toHaveProperty('sourceChargeId');
  });

  it('makes none where it finds one, and records that', async () => {
    const { pay, transfers, calls } = setUp();
    transfers.set(payoutId, transferOf({ transferId: 'tr_found' }));
    expect(await pay()).toMatchObject({ state: { status: 'submitted', transferId: 'tr_found' } });
    expect(calls.map(([name]) => name)).toEqual(['find']);
  });

  it.each(['submitted', 'settled'])('does not ask again for one that is %s', async (status) => {
    const { pay, confirm, calls } = setUp();
    await pay();
    if (status === 'settled') await confirm();
    const before = calls.length;
    expect(await pay('message-2')).toMatchObject({ kind: 'unchanged', state: { status } });
    expect(calls).toHaveLength(before);
  });
});

describe('A transfer that is not the payout’s', () => {
  const { currency, amountMinor } = payoutRequested.amount;
  const wrongs = [
    { what: 'a cent less', amount: money(currency, amountMinor - 1n) },
    { what: 'a cent more', amount: money(currency, amountMinor + 1n) },
    { what: 'as much in another currency', amount: money('EUR', amountMinor) },
  ];

  it.each(wrongs)('stops the payment by $what', async ({ amount }) => {
    const { pay, transfers, types } = setUp();
    transfers.set(payoutId, transferOf({ amount }));
    await expect(pay()).rejects.toMatchObject({ code: 'payout.amount_mismatch', retryable: false });
    expect(types()).toEqual(['PayoutRequested']);
  });

  it.each(wrongs)('confirms nothing by $what', async ({ amount }) => {
    const { pay, confirm, transfers, types } = setUp();
    await pay();
    transfers.set(payoutId, transferOf({ amount }));
    await expect(confirm()).rejects.toMatchObject({ code: 'payout.amount_mismatch' });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });

  it('reaches a person where it stands beside the one that was recorded', async () => {
    const { pay, confirm, transfers, types } = setUp();
    await pay();
    transfers.set(payoutId, transferOf({ transferId: 'tr_second' }));
    expect(await confirm()).toMatchObject({ kind: 'rejected', code: 'payout.second_transfer' });
    expect(types()).toEqual(['PayoutRequested', 'PayoutSubmitted']);
  });
});

describe('A confirmation', () => {
  it('settles nothing while the transfer is not there, and settles once it stands', async () => {
    const { pay, confirm, transfers, types } = setUp();
    await pay();
    transfers.clear();
    expect(await confirm()).toMatchObject({ kind: 'too_early', code: 'payout.not_confirmed' });
    transfers.set(payoutId, transferOf());
    expect(await confirm()).toMatchObject({ kind: 'appended', state: { status: 'settled' } });
    expect(types()).toEqual(everything);
  });

  it('that overtakes our own record is one decision with it', async () => {
    const { pay, confirm, records, ports, transfers } = setUp();
    const { stripe_transfer: rail, ...others } = ports.rails;
    const failing = { ...rail, create: async () => Promise.reject(new Error('No answer.')) };
    const rails = { ...others, stripe_transfer: failing };
    const paying = payRelease({ ...ports, rails }, release, {
      marketplaceId,
      cause: 'message-1',
    });
    await expect(paying).rejects.toThrow('No answer.');
    transfers.set(payoutId, transferOf());
    await confirm();
    expect(records.all().map(({ events }) => events.map(({ type }) => type))).toEqual([
      ['PayoutRequested'],
      ['PayoutSubmitted', 'PayoutSettled'],
    ]);
    expect(await pay()).toMatchObject({ kind: 'unchanged', state: { status: 'settled' } });
  });
});

describe('Payments and confirmations of one payout, in any order of their calls', () => {
  it('make one transfer and one history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const hold = () => scheduler.schedule(Promise.resolve(), 'rail');
        const { pay, confirm, transfers, types } = setUp(hold);
        const running = [
          ...[pay('message-1'), pay('message-1'), pay('message-2')],
          ...[confirm('webhook-1'), confirm('deadline-1')],
        ];
        const outcomes = await scheduler.waitFor(Promise.all(running));
        expect(outcomes.map(({ kind }) => kind)).not.toContain('rejected');
        await scheduler.waitFor(confirm('webhook-2'));
        expect(transfers.size).toBe(1);
        expect(types()).toEqual(everything);
      }),
    );
  });
});
