import type Stripe from 'stripe';
import type { Money } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';
import type { ProviderTransfer, TransferRail, TransferRequest } from '../../settlement/ports.ts';
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
  create: async (request) => {
    if (request.sourceChargeId === undefined) await assertAvailable(stripe, request.amount);
    return createTransfer(stripe, request);
  },
});

async function createTransfer(
  stripe: Stripe,
  { payoutId, tradeId, destination, amount, sourceChargeId }: TransferRequest,
): Promise<ProviderTransfer> {
  return toProviderTransfer(
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
  );
}

/**
 * A transfer without a source charge draws on what is available. Stripe would keep its refusal
 * under the idempotency key and repeat it for a day after the money has come, so we look first.
 *
 * @throws CodedError `stripe.balance_insufficient`, retryable.
 */
async function assertAvailable(stripe: Stripe, money: Money): Promise<void> {
  const { amount, currency } = toStripeAmount(money);
  const balance = await callStripe('balance', () => stripe.balance.retrieve());
  const available = balance.available.find((entry) => entry.currency === currency)?.amount ?? 0;
  if (available >= amount) return;
  throw new CodedError({
    code: 'stripe.balance_insufficient',
    message: `Less ${money.currency} is available at Stripe than this payout needs.`,
    retryable: true,
  });
}
