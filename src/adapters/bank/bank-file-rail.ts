import type { BatchEvent, SellerEvent } from '../../../events/index.ts';
import { zero } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';
import type { EventStore } from '../../platform/event-store.ts';
import { execute, fold } from '../../platform/execute.ts';
import { batchStream, sellerAccountIdFor, sellerStream } from '../../platform/ids.ts';
import { endToEndIdFor, uetrFor } from '../../settlement/bank-references.ts';
import {
  type BatchState,
  batchEvolution,
  batchIdFor,
  decideBatch,
  holds,
  type Instruction,
} from '../../settlement/batch.ts';
import type {
  AttemptId,
  PayoutRail,
  ProviderTransfer,
  Readiness,
  TransferRequest,
} from '../../settlement/ports.ts';
import { type BankAccount, sellerEvolution } from '../../settlement/seller-state.ts';

export type BankFileOptions = {
  readonly batches: EventStore<BatchEvent>;
  readonly sellers: Pick<EventStore<SellerEvent>, 'load'>;
  readonly now: () => Date;
  /** How long a batch takes payments before it is closed. */
  readonly batchWindowSeconds: number;
};

/**
 * A thousand batches of one currency in one day is a loop, not a business; and with a fourth digit a
 * batch's message id is longer than the 35 characters that a bank takes.
 */
const MOST_BATCHES = 999;
const MILLISECONDS_PER_SECOND = 1_000;

/**
 * Payouts as payments in a file for the bank. The batch's stream is the rail: an attempt stands in at
 * most one batch of the day on which it was requested, and whoever asks finds it there.
 */
export const bankFileRail = (options: BankFileOptions): PayoutRail => ({
  stepMinor: () => 1n,
  check: (request) => checkAccount(options, request),
  find: async (attempt) => (await findInstruction(options, attempt))?.transfer,
  create: (request) => addInstruction(options, request),
  // Only the bank ends a payment that was sent, and that is how we come to ask.
  isOver: async (attempt) => (await findInstruction(options, attempt))?.state.status !== 'open',
});

async function checkAccount(
  { sellers }: BankFileOptions,
  { destination, marketplaceId }: Pick<TransferRequest, 'destination' | 'marketplaceId'>,
): Promise<Readiness> {
  const account = await accountOf(sellers, { destination, marketplaceId });
  return account === undefined
    ? { kind: 'blocked', code: 'account_unknown' }
    : { kind: 'ready', accountReference: account.accountReference };
}

const accountOf = async (
  sellers: BankFileOptions['sellers'],
  { destination, marketplaceId }: Pick<TransferRequest, 'destination' | 'marketplaceId'>,
): Promise<BankAccount | undefined> => {
  const stream = sellerStream(sellerAccountIdFor(marketplaceId, destination));
  return fold(sellerEvolution, await sellers.load(stream)).account;
};

type Found = { readonly transfer: ProviderTransfer; readonly state: BatchState };

/** Walks the batches of the attempt's day and currency: no other ever holds it. */
async function findInstruction(
  options: BankFileOptions,
  attempt: AttemptId,
): Promise<Found | undefined> {
  // One more was allowed once. Whatever was begun is looked into, or a payment would be made again.
  for (let ordinal = 1; ordinal <= MOST_BATCHES + 1; ordinal += 1) {
    const { batchId, state } = await loadBatch(options, attempt, ordinal);
    if (state.status === 'not_opened') return undefined;
    const instruction = holds(state, attempt);
    if (instruction !== undefined) return { transfer: toTransfer(batchId, instruction), state };
  }
  return undefined;
}

async function loadBatch(
  { batches }: Pick<BankFileOptions, 'batches'>,
  { marketplaceId, currency, requestedAt = '' }: AttemptId,
  ordinal: number,
): Promise<{ readonly batchId: string; readonly state: BatchState }> {
  const batchId = batchIdFor({ marketplaceId, currency, requestedAt, ordinal });
  return { batchId, state: fold(batchEvolution, await batches.load(batchStream(batchId))) };
}

/** Adds the payment to the first batch of its day that takes it. */
async function addInstruction(
  options: BankFileOptions,
  request: TransferRequest,
): Promise<ProviderTransfer> {
  const account = await accountOf(options.sellers, request);
  if (account === undefined) throw noAccount(request);
  for (let ordinal = 1; ordinal <= MOST_BATCHES; ordinal += 1) {
    const added = await addTo(options, request, { ordinal, account });
    if (added !== undefined) return added;
  }
  throw new CodedError({
    code: 'bank_file.too_many_batches',
    message: `No batch of the day takes ${request.payoutId}.`,
    retryable: false,
  });
}

/** Undefined where that batch takes no more. */
async function addTo(
  { batches, now, batchWindowSeconds }: BankFileOptions,
  request: TransferRequest,
  { ordinal, account }: { readonly ordinal: number; readonly account: BankAccount },
): Promise<ProviderTransfer | undefined> {
  const { marketplaceId, tradeId, currency, requestedAt = '' } = request;
  const batchId = batchIdFor({ marketplaceId, currency, requestedAt, ordinal });
  const instruction = toInstruction(request, { account, addedAt: now() });
  const closesAt = new Date(now().getTime() + batchWindowSeconds * MILLISECONDS_PER_SECOND);
  const outcome = await execute(
    { store: batches, now },
    {
      streamId: batchStream(batchId),
      owner: { tradeId, marketplaceId },
      cause: `${request.payoutId}#${request.attempt}/AddInstruction`,
      evolution: batchEvolution,
      decide: (state) =>
        decideBatch(
          { type: 'AddInstruction', batchId, instruction, closesAt: closesAt.toISOString() },
          state,
        ),
    },
  );
  const held = holds(outcome.state, request);
  return held === undefined ? undefined : toTransfer(batchId, held);
}

const toInstruction = (
  { payoutId, tradeId, attempt, amount }: TransferRequest,
  { account, addedAt }: { readonly account: BankAccount; readonly addedAt: Date },
): Instruction => ({
  payoutId,
  tradeId,
  attempt,
  endToEndId: endToEndIdFor(payoutId, attempt),
  uetr: uetrFor(payoutId, attempt),
  accountReference: account.accountReference,
  amount,
  addedAt: addedAt.toISOString(),
});

const toTransfer = (batchId: string, instruction: Instruction): ProviderTransfer => ({
  transferId: instruction.endToEndId,
  payoutId: instruction.payoutId,
  attempt: instruction.attempt,
  amount: instruction.amount,
  reversed: zero(instruction.amount.currency),
  recoveries: [],
  batchId,
  accountReference: instruction.accountReference,
});

const noAccount = ({ destination }: TransferRequest): CodedError =>
  new CodedError({
    code: 'bank_file.account_unknown',
    message: `No bank account is registered as ${destination}.`,
    retryable: false,
  });
