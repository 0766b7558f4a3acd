import type Stripe from 'stripe';
import { CodedError, isCodedError } from '../../platform/errors.ts';
import type { ProviderReversal, ReversalRequest } from '../../settlement/ports.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

const PAGE_SIZE = 100;

/** What was taken back of a transfer, by us and by others. */
type Reversals = {
  readonly recoveries: readonly ProviderReversal[];
  readonly others: readonly Omit<ProviderReversal, 'reversalId'>[];
};

/**
 * What we have taken back of a transfer, and what others have: theirs has no id of ours. A transfer
 * holds its latest ten reversals itself.
 */
export async function reversalsOf(
  stripe: Stripe,
  { id, amount_reversed: taken, reversals }: Stripe.Transfer,
): Promise<Reversals> {
  if (taken === 0) return { recoveries: [], others: [] };
  const all = reversals.has_more ? await everyReversal(stripe, id) : reversals.data;
  const told = all.map(({ id: providerReversalId, amount, currency, metadata }) => ({
    reversal: { providerReversalId, amount: fromStripeAmount(amount, currency) },
    reversalId: metadata?.['reversal_id'],
  }));
  return {
    recoveries: told.flatMap(({ reversal, reversalId }) =>
      reversalId === undefined ? [] : [{ reversalId, ...reversal }],
    ),
    others: told.flatMap(({ reversal, reversalId }) =>
      reversalId === undefined ? [reversal] : [],
    ),
  };
}

async function everyReversal(
  stripe: Stripe,
  transferId: string,
): Promise<readonly Stripe.TransferReversal[]> {
  const all: Stripe.TransferReversal[] = [];
  for (;;) {
    const startingAfter = all.at(-1)?.id;
    const page = await callStripe('list', () =>
      stripe.transfers.listReversals(transferId, {
        limit: PAGE_SIZE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    all.push(...page.data);
    if (!page.has_more || page.data.length === 0) return all;
  }
}

/**
 * Takes a part of a transfer back, in the transfer's own currency. That the seller's account does not
 * have the money is final for us, though it may pass: the debt is then kept from later payouts, and
 * Stripe would repeat its refusal under the key anyway.
 */
export async function createReversal(
  stripe: Stripe,
  { reversalId, debtId, transferId, amount }: ReversalRequest,
): Promise<ProviderReversal> {
  const reversal = await callStripe('transfer_reversal', () =>
    stripe.transfers.createReversal(
      transferId,
      {
        amount: toStripeAmount(amount).amount,
        metadata: { reversal_id: reversalId, debt_id: debtId },
      },
      { idempotencyKey: `${reversalId}:reversal` },
    ),
  ).catch((error: unknown) => {
    if (!isCodedError(error) || error.code !== INSUFFICIENT) throw error;
    const { code, message, fields } = error;
    throw new CodedError({ code, message, retryable: false, fields, cause: error });
  });
  return {
    reversalId,
    providerReversalId: reversal.id,
    amount: fromStripeAmount(reversal.amount, reversal.currency),
  };
}

const INSUFFICIENT = 'stripe.balance_insufficient';
