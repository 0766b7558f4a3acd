import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import type { BatchEvent, PayoutEvent } from '../../../events/index.ts';
import { PayoutRefusalProposed } from '../../../events/payout/payout-refusal-proposed.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { batchStream, payoutStream } from '../../../src/platform/ids.ts';
import { batchesOfMonth } from '../../../src/process/batch-view.ts';
import { sample, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { payoutFailed, payoutReissued, payoutReturned } from '../settlement/payout-states.ts';

const added = sample(PayoutInstructionAdded, 'batch/payout-instruction-added');

async function desk() {
  const views = inMemoryViewStore();
  const batches = journaledStore(inMemoryRecordStore<BatchEvent>());
  const payouts = journaledStore(inMemoryRecordStore<PayoutEvent>());
  const add = async (batchId: string) => {
    const { streamId, sequence, ...record } = recordOf(batchStream(batchId), 1, []);
    const events: readonly BatchEvent[] = [{ ...added, batchId }];
    await batches.append({ ...record, streamId, sequence, events });
    await views.putBatch({ marketplaceId: record.marketplaceId, batchId });
    return record.marketplaceId;
  };
  return { ports: { views, batches, payouts }, add };
}

describe('A payment of a batch', () => {
  const { payoutId, endToEndId: transferId, amount } = added;
  const requested: PayoutEvent = { ...story.payoutRequested, payoutId, rail: 'bank_file', amount };
  const sent: PayoutEvent = { ...story.payoutSubmitted, payoutId, transferId };
  const refused: PayoutEvent = { ...payoutFailed, payoutId, rail: 'bank_file', amount, transferId };
  const again: PayoutEvent = { ...payoutReissued, payoutId, rail: 'bank_file', amount, attempt: 2 };
  const paid = { ...story.payoutSettled, payoutId, rail: 'bank_file', amount } as const;
  const adopted: readonly PayoutEvent[] = [
    ...[requested, sent, refused, again, { ...sent, attempt: 2 }],
    { ...paid, transferId, attempt: 2 },
  ];
  const back: PayoutEvent = { ...payoutReturned, payoutId, transferId, amount, returned: amount };
  const other = { transferId: 'TL2', attempt: 2 };

  const proposal = { code: 'AM04', accountAtFault: false } as const;
  const proposed: PayoutEvent = {
    ...{ ...sample(PayoutRefusalProposed, 'payout/payout-refusal-proposed'), ...proposal },
    ...{ payoutId, transferId, proposedBy: 'key_1' },
  };

  /** The payment as its batch shows it after these events of its payout. */
  async function paymentAfter(...events: readonly PayoutEvent[]) {
    const { ports, add } = await desk();
    const marketplaceId = await add('batch_20260709_krw_3t7vme0k5rw9_1');
    for (const [index, event] of events.entries()) {
      const record = recordOf(payoutStream(payoutId), index + 1, []);
      await ports.payouts.append({ ...record, events: [event] });
    }
    const [batch] = await batchesOfMonth(ports, { marketplaceId, month: '2026-07' });
    return batch?.payments[0];
  }

  it('tells what one person says of the bank, and why it failed, while its payout stands by it', async () => {
    const said = await paymentAfter(requested, sent, proposed);
    expect(said).toMatchObject({ status: 'submitted', refusal: { ...proposal, by: 'key_1' } });
    expect(said).not.toHaveProperty('reason');
    const failed = await paymentAfter(requested, sent, proposed, refused);
    expect(failed).toMatchObject({ status: 'failed', reason: payoutFailed.code });
    expect(failed).not.toHaveProperty('refusal');
    const second = { ...payoutReissued, payoutId, rail: 'bank_file', amount, attempt: 2 } as const;
    const later = [second, { ...sent, ...other }, { ...proposed, transferId: 'TL2' }] as const;
    const replaced = await paymentAfter(requested, sent, refused, ...later);
    expect(replaced).toMatchObject({ status: 'superseded' });
    expect(replaced).not.toHaveProperty('refusal');
    const alsoFailed = { ...refused, transferId: 'TL2', attempt: 2 } as const;
    expect(await paymentAfter(requested, sent, refused, ...later, alsoFailed)).not.toHaveProperty(
      'reason',
    );
  });

  it.each([
    ['failed', 'the bank refused it', [requested, sent, refused]],
    ['superseded', 'another was made since', [requested, sent, refused, again]],
    [
      ...(['superseded', 'another was paid since'] as const),
      [requested, sent, refused, again, { ...sent, ...other }, { ...paid, ...other }],
    ],
    ['settled', 'it is debited though it was refused', adopted],
    ['returned', 'it came back then', [...adopted, back]],
    [
      ...(['superseded', 'another was made after that'] as const),
      [...adopted, back, { ...again, attempt: 3 }],
    ],
  ] as readonly (readonly [string, string, readonly PayoutEvent[]])[])(
    'is %s where %s',
    async (status, _, events) => {
      expect(await paymentAfter(...events)).toMatchObject({ payoutId, attempt: 1, status });
    },
  );
});

describe('The batches of a month', () => {
  it('are those of its days, in their order, with their payments, and of one marketplace', async () => {
    const { ports, add } = await desk();
    const july = ['batch_20260709_krw_3t7vme0k5rw9_1', 'batch_20260731_krw_3t7vme0k5rw9_1'];
    let marketplaceId = '';
    for (const batchId of [...july.toReversed(), 'batch_20260801_krw_3t7vme0k5rw9_1']) {
      marketplaceId = await add(batchId);
    }
    const found = await batchesOfMonth(ports, { marketplaceId, month: '2026-07' });
    expect(found.map(({ id }) => id)).toEqual(july);
    expect(found[0]).toMatchObject({
      ...{ status: 'open', controlSum: added.amount },
      payments: [{ payoutId: added.payoutId, amount: added.amount, attempt: 1 }],
    });
    expect(await batchesOfMonth(ports, { marketplaceId: 'mkt_other', month: '2026-07' })).toEqual(
      [],
    );
  });
});
