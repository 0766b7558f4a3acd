import type Stripe from 'stripe';
import { payableStep } from '../../money/currency.ts';
import { isZero, type Money, subtract, sum } from '../../money/money.ts';
import { CodedError, isCodedError } from '../../platform/errors.ts';
import { attemptIdFor } from '../../platform/ids.ts';
import {
  type AttemptId,
  type CheckRequest,
  leftToReverse,
  type ProviderTransfer,
  type Readiness,
  type TransferRail,
  type TransferRequest,
} from '../../settlement/ports.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';
import { createReversal, reversalsOf } from './transfer-reversals.ts';

const PAGE_SIZE = 100;
const FIRST_ATTEMPT = 1;

async function toProviderTransfer(
  stripe: Stripe,
  transfer: Stripe.Transfer,
): Promise<ProviderTransfer> {
  const taken = fromStripeAmount(transfer.amount_reversed, transfer.currency);
  const { recoveries, others } = await reversalsOf(stripe, transfer);
  const ours = recoveries.map(({ amount }) => amount);
  return {
    transferId: transfer.id,
    payoutId: transfer.metadata['payout_id'] ?? null,
    attempt: Number(transfer.metadata['attempt'] ?? FIRST_ATTEMPT),
    amount: fromStripeAmount(transfer.amount, transfer.currency),
    reversed: subtract(taken, sum(taken.currency, ours)),
    recoveries,
    ...(others.length === 0 ? {} : { reversals: others }),
  };
}

/** Payouts as Stripe Connect transfers to the seller's account. */
export const stripeTransferRail = (stripe: Stripe): TransferRail => ({
  stepMinor: payableStep,
  check: (request) => checkPayout(stripe, request),
  get: async (transferId) =>
    toProviderTransfer(
      stripe,
      await callStripe('transfer', () => stripe.transfers.retrieve(transferId)),
    ),
  ofTrade: async (tradeId) => {
    const all: ProviderTransfer[] = [];
    for await (const transfer of transfersOf(stripe, tradeId)) {
      all.push(await toProviderTransfer(stripe, transfer));
    }
    return all;
  },
  reverse: (request) => createReversal(stripe, request),
  find: (attempt) => findTransfer(stripe, attempt),
  bankRefusal: async (stripeAccount, payoutId) => {
    const { status, failure_code: code } = await callStripe('payout', () =>
      stripe.payouts.retrieve(payoutId, {}, { stripeAccount }),
    );
    return status === 'failed' ? (code ?? 'unknown') : undefined;
  },
  isOver: async (attempt) => {
    const transfer = await findTransfer(stripe, attempt);
    return transfer === undefined || isZero(leftToReverse(transfer));
  },
  create: async (request) => {
    if (request.sourceChargeId === undefined) await assertAvailable(stripe, request.amount);
    return createTransfer(stripe, request);
  },
});

/**
 * What receipts have paid lies at the bank. Until somebody brings it to Stripe no transfer can draw on it,
 * and waiting alone does not help.
 */
async function checkPayout(
  stripe: Stripe,
  { destination, amount, paidByReceipts }: CheckRequest,
): Promise<Readiness> {
  const readiness = await checkAccount(stripe, destination);
  if (readiness.kind === 'blocked' || paidByReceipts === undefined) return readiness;
  return (await isAvailable(stripe, amount))
    ? readiness
    : { kind: 'blocked', code: 'balance_top_up_needed' };
}

/**
 * A transfer to an account without the capability is refused, and Stripe would keep that refusal
 * under the idempotency key, so the account is looked at first. One that is closed or not ours is
 * blocked as well: it may come back.
 */
async function checkAccount(stripe: Stripe, destination: string): Promise<Readiness> {
  try {
    const account = await callStripe('account', () => stripe.accounts.retrieve(destination));
    return account.capabilities?.transfers === 'active'
      ? { kind: 'ready' }
      : { kind: 'blocked', code: 'transfers_inactive' };
  } catch (error) {
    if (isCodedError(error) && isUnknownAccount(error)) {
      return { kind: 'blocked', code: 'account_unknown' };
    }
    throw error;
  }
}

/** Stripe answers 403 or 404 for an account that is not connected, by these codes. */
const isUnknownAccount = ({ code }: CodedError): boolean =>
  code === 'stripe.account_invalid' || code === 'stripe.resource_missing';

async function findTransfer(
  stripe: Stripe,
  { tradeId, payoutId, attempt }: AttemptId,
): Promise<ProviderTransfer | undefined> {
  for await (const transfer of transfersOf(stripe, tradeId)) {
    const { metadata } = transfer;
    const isAsked = Number(metadata['attempt'] ?? FIRST_ATTEMPT) === attempt;
    if (metadata['payout_id'] === payoutId && isAsked) return toProviderTransfer(stripe, transfer);
  }
  return undefined;
}

/** The group of a trade, page by page. */
async function* transfersOf(stripe: Stripe, tradeId: string): AsyncGenerator<Stripe.Transfer> {
  let startingAfter: string | undefined;
  for (;;) {
    const page = await callStripe('list', () =>
      stripe.transfers.list({
        transfer_group: tradeId,
        limit: PAGE_SIZE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    yield* page.data;
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return;
  }
}

async function createTransfer(
  stripe: Stripe,
  { payoutId, tradeId, attempt, destination, amount, sourceChargeId }: TransferRequest,
): Promise<ProviderTransfer> {
  return toProviderTransfer(
    stripe,
    await callStripe('transfer', () =>
      stripe.transfers.create(
        {
          ...toStripeAmount(amount),
          destination,
          transfer_group: tradeId,
          metadata: {
            payout_id: payoutId,
            trade_id: tradeId,
            ...(attempt === FIRST_ATTEMPT ? {} : { attempt: String(attempt) }),
          },
          ...(sourceChargeId === undefined ? {} : { source_transaction: sourceChargeId }),
        },
        { idempotencyKey: `${attemptIdFor(payoutId, attempt)}:transfer` },
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
  if (await isAvailable(stripe, money)) return;
  throw new CodedError({
    code: 'stripe.balance_insufficient',
    message: `Less ${money.currency} is available at Stripe than this payout needs.`,
    retryable: true,
  });
}

async function isAvailable(stripe: Stripe, money: Money): Promise<boolean> {
  const { amount, currency } = toStripeAmount(money);
  const balance = await callStripe('balance', () => stripe.balance.retrieve());
  const available = balance.available.find((entry) => entry.currency === currency)?.amount ?? 0;
  return available >= amount;
}
