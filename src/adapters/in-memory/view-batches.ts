import type { ViewStore } from '../../process/views.ts';
import { batchPrefix } from '../../settlement/batch.ts';
import { byKey } from './sorting.ts';

/** Batches for the bank by marketplace, and which payout a payment is of. */
export function inMemoryBatches(): Pick<
  ViewStore,
  'putBatch' | 'listBatches' | 'putPayment' | 'findPayment'
> {
  const batches = new Map<string, { readonly marketplaceId: string; readonly batchId: string }>();
  const payments = new Map<string, string>();
  return {
    putBatch: async (batch) => {
      batches.set(`${batch.marketplaceId}#${batch.batchId}`, { ...batch });
    },
    listBatches: async ({ marketplaceId, month, limit }) =>
      [...batches.values()]
        .filter((batch) => batch.marketplaceId === marketplaceId)
        .filter(({ batchId }) => batchId.startsWith(batchPrefix(month)))
        .sort(byKey(({ batchId }) => batchId))
        .reverse()
        .slice(0, limit)
        .map(({ batchId }) => batchId),
    putPayment: async (endToEndId, payoutId) => {
      payments.set(endToEndId, payoutId);
    },
    findPayment: async (endToEndId) => payments.get(endToEndId),
  };
}
