import type { BatchEvent, SellerEvent } from '../../events/index.ts';
import { bankFileRail } from '../../src/adapters/bank/bank-file-rail.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { money } from '../../src/money/money.ts';
import { CodedError } from '../../src/platform/errors.ts';
import type { EventStore } from '../../src/platform/event-store.ts';
import { batchStream, sellerAccountIdFor } from '../../src/platform/ids.ts';
import { messageIdOf } from '../../src/settlement/bank-references.ts';
import { closeBatch } from '../../src/settlement/close-batch.ts';
import type { TransferRequest } from '../../src/settlement/ports.ts';
import { runSeller } from '../../src/settlement/run.ts';
import { coded } from '../support/coded.ts';
import { describePayoutRail } from '../support/describe-payout-rail.ts';
import { type ProviderFailure, tookEffect } from '../support/provider-failures.ts';

const now = () => new Date('2026-07-09T08:22:03.000Z');
const request: TransferRequest = {
  ...{ payoutId: 'payout_1_delivery', tradeId: 'trd_1', marketplaceId: 'mkt_1', attempt: 1 },
  ...{ currency: 'KRW', amount: money('KRW', 15_210_000n), destination: 'bank_hanbit_optics' },
  requestedAt: '2026-07-09T08:22:01.000Z',
};

/** A store whose next append may go wrong as a call to a provider does. */
function fragile(store: EventStore<BatchEvent>) {
  let next: ProviderFailure | undefined;
  const append: EventStore<BatchEvent>['append'] = async (record) => {
    const failure = next;
    next = undefined;
    const answer = failure === undefined || tookEffect(failure) ? await store.append(record) : '';
    if (failure === undefined && answer !== '') return answer;
    throw new CodedError({ code: 'store.no_answer', message: 'No answer.', retryable: true });
  };
  return {
    store: { load: store.load, append },
    failNext: (failure: ProviderFailure): void => {
      next = failure;
    },
  };
}

async function setUp() {
  const batches = inMemoryRecordStore<BatchEvent>();
  const { store, failNext } = fragile(journaledStore(batches));
  const sellers = journaledStore(inMemoryRecordStore<SellerEvent>());
  const sellerAccountId = sellerAccountIdFor('mkt_1', request.destination);
  const owner = { tradeId: sellerAccountId, marketplaceId: 'mkt_1' };
  const register = (accountReference: string) =>
    runSeller(
      { sellers, now },
      { sellerAccountId, cause: accountReference, owner },
      {
        ...{ type: 'RegisterAccount', payoutAccountId: request.destination, accountReference },
        ...{ country: 'KR', at: now().toISOString() },
      },
    );
  await register('bka_1');
  const instructions = () =>
    batches
      .all()
      .flatMap(({ events }) => events)
      .filter((event) => event.type === 'PayoutInstructionAdded');
  const rail = bankFileRail({ batches: store, sellers, now, batchWindowSeconds: 3_600 });
  const close = (batchId: string) => closeBatch({ batches: store, now }, { batchId, cause: 'c' });
  return { rail, failNext, instructions, register, close, batches, sellers };
}

describe('The bank file as a payout rail', () => {
  let underTest: Awaited<ReturnType<typeof setUp>>;
  let destination: string;
  beforeEach(async () => {
    underTest = await setUp();
    destination = request.destination;
  });

  describePayoutRail({
    rail: () => ({
      ...underTest.rail,
      check: (asked) => underTest.rail.check({ ...asked, destination }),
    }),
    request: async () => request,
    made: async (payoutId) =>
      underTest.instructions().filter((payment) => payment.payoutId === payoutId).length,
    failNext: (failure) => underTest.failNext(failure),
    block: () => {
      destination = 'bank_of_nobody';
    },
  });

  it('names the batch, and the account as it stood', async () => {
    const created = await underTest.rail.create(request);
    expect(created).toMatchObject({
      batchId: expect.stringMatching(/^batch_20260709_krw_[0-9a-z]{12}_1$/),
      accountReference: 'bka_1',
    });
    await underTest.register('bka_2');
    expect(await underTest.rail.find(request)).toEqual(created);
    expect(await underTest.rail.check(request)).toMatchObject({ accountReference: 'bka_2' });
  });

  it('begins another batch where the first is closed, and finds what is in either', async () => {
    const { rail, close } = underTest;
    const first = await rail.create(request);
    await close(first.batchId ?? '');
    const later = { ...request, payoutId: 'payout_2_delivery' };
    const second = await rail.create(later);
    expect(second.batchId).toBe(first.batchId?.replace(/_1$/, '_2'));
    expect(await rail.create(request)).toEqual(first);
    expect([await rail.find(request), await rail.find(later)]).toEqual([first, second]);
  });

  it('has a batch for each currency, day and marketplace', async () => {
    const { rail } = underTest;
    const one = await rail.create(request);
    const amount = money('USD', 100n);
    const other = await rail.create({ ...request, payoutId: 'p_2', currency: 'USD', amount });
    const tomorrow = { ...request, payoutId: 'p_3', requestedAt: '2026-07-10T00:00:00.000Z' };
    const next = await rail.create(tomorrow);
    expect(new Set([one, other, next].map(({ batchId }) => batchId)).size).toBe(3);
  });

  it('can’t rule a payment out while its batch may still be sent', async () => {
    const { rail, close } = underTest;
    const { batchId = '' } = await rail.create(request);
    expect(await rail.isOver(request)).toBe(false);
    await close(batchId);
    expect(await rail.isOver(request)).toBe(true);
  });

  it('refuses for good to pay to an account that nobody registered', async () => {
    const error = await coded(underTest.rail.create({ ...request, destination: 'bank_of_nobody' }));
    expect(error).toMatchObject({ code: 'bank_file.account_unknown', retryable: false });
    expect(underTest.instructions()).toEqual([]);
  });
});

describe('The batches of a day', () => {
  /** As if every batch of every day were closed, and held what the first one holds. */
  async function allClosed() {
    const { batches, sellers, rail, close } = await setUp();
    const { batchId = '' } = await rail.create(request);
    await close(batchId);
    const asked: string[] = [];
    const load: EventStore<BatchEvent>['load'] = async (streamId) => {
      asked.push(streamId);
      return batches.load(batchStream(batchId));
    };
    const store = { ...batches, load };
    const full = bankFileRail({ batches: store, sellers, now, batchWindowSeconds: 3_600 });
    return { asked, full };
  }

  it('end with the last one whose message id a bank takes', async () => {
    const { asked, full } = await allClosed();
    const another = { ...request, payoutId: 'payout_2_delivery' };
    expect(await coded(full.create(another))).toMatchObject({
      ...{ code: 'bank_file.too_many_batches', retryable: false },
    });
    const ids = asked.map((streamId) => streamId.slice(streamId.indexOf('batch_')));
    expect(new Set(ids).size).toBe(999);
    expect(Math.max(...ids.map((id) => messageIdOf(id).length))).toBe(35);
  });
});
