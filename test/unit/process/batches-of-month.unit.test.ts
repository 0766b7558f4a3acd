import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import type { BatchEvent, PayoutEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { batchStream } from '../../../src/platform/ids.ts';
import { batchesOfMonth } from '../../../src/process/batch-view.ts';
import { sample } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

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
