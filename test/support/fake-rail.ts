import { CodedError } from '../../src/platform/errors.ts';
import type { ProviderTransfer, TransferRail } from '../../src/settlement/ports.ts';

/**
 * A rail that makes a transfer for every call to `create`, as Stripe does once it has forgotten the
 * idempotency key. `loseAnswer` lets the next one take effect and then fail.
 */
export function fakeRail() {
  const transfers: ProviderTransfer[] = [];
  let isAnswerLost = false;
  const port: TransferRail = {
    find: async (wanted) => transfers.find(({ payoutId }) => payoutId === wanted.payoutId),
    get: async (transferId) => {
      const found = transfers.find((transfer) => transfer.transferId === transferId);
      if (found === undefined) throw new Error(`There is no transfer ${transferId}.`);
      return found;
    },
    create: async ({ payoutId, amount }) => {
      const transferId = `tr_${transfers.length + 1}`;
      const transfer: ProviderTransfer = { transferId, payoutId, amount, reversed: false };
      transfers.push(transfer);
      if (isAnswerLost) {
        isAnswerLost = false;
        throw new CodedError({ code: 'stripe.connection', message: 'No answer.', retryable: true });
      }
      return transfer;
    },
  };
  return {
    port,
    transfers,
    loseAnswer: (): void => {
      isAnswerLost = true;
    },
    /** A transfer of another system on the same Stripe account. */
    addForeign: (transferId: string, amount: ProviderTransfer['amount']): void => {
      transfers.push({ transferId, payoutId: null, amount, reversed: false });
    },
  };
}
