import type Stripe from 'stripe';
import type { ProviderTransfer, TransferRail } from '../../settlement/ports.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

const PAGE_SIZE = 100;

const toProviderTransfer = (transfer: Stripe.Transfer): ProviderTransfer => ({
  transferId: transfer.id,
  payoutId: transfer.metadata['payout_id'] ?? null,
  amount: fromStripeAmount(transfer.amount, transfer.currency),
  reversed: transfer.reversed || transfer.amount_reversed > 0,
});

/** Payouts as Stripe Connect transfers to the seller's account. */
export const stripeTransferRail = (stripe: Stripe): TransferRail => ({
  get: async (transferId) =>
    toProviderTransfer(await callStripe('transfer', () => stripe.transfers.retrieve(transferId))),
  find: async ({ tradeId, payoutId }) => {
    let startingAfter: string | undefined;
    for (;;) {
      const page = await callStripe('list', () =>
        stripe.transfers.list({
          transfer_group: tradeId,
          limit: PAGE_SIZE,
          ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
        }),
      );
      const found = page.data.find(({ metadata }) => metadata['payout_id'] === payoutId);
      if (found !== undefined) return toProviderTransfer(found);
      startingAfter = page.data.at(-1)?.id;
      if (!page.has_more || startingAfter === undefined) return undefined;
    }
  },
  create: async ({ payoutId, tradeId, destination, amount, sourceChargeId }) =>
    toProviderTransfer(
      await callStripe('transfer', () =>
        stripe.transfers.create(
          {
            ...toStripeAmount(amount),
            destination,
            transfer_group: tradeId,
            metadata: { payout_id: payoutId, trade_id: tradeId },
            ...(sourceChargeId === undefined ? {} : { source_transaction: sourceChargeId }),
          },
          { idempotencyKey: `${payoutId}:transfer` },
        ),
      ),
    ),
});
