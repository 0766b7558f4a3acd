import type { BatchEvent, PayoutEvent, SellerEvent } from '../../events/index.ts';
import { bankFileRail } from '../../src/adapters/bank/bank-file-rail.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { isZero, type Money, zero } from '../../src/money/money.ts';
import { CodedError } from '../../src/platform/errors.ts';
import type { EventStore } from '../../src/platform/event-store.ts';
import { DEFAULT_CORRIDORS } from '../../src/settlement/corridors.ts';
import {
  type BlockDesk,
  leftToReverse,
  type PayoutRail,
  type ProviderTransfer,
  type Readiness,
  type TransferRail,
} from '../../src/settlement/ports.ts';

/** A transfer as a rail shows it, or one that differs in the given fields. */
export const providerTransfer = (
  transfer: Pick<ProviderTransfer, 'transferId' | 'payoutId' | 'amount'> &
    Partial<ProviderTransfer>,
): ProviderTransfer => ({
  attempt: 1,
  reversed: zero(transfer.amount.currency),
  recoveries: [],
  ...transfer,
});

/** The calls of a rail that most tests have no opinion on. */
export const easyRail: Pick<
  TransferRail,
  'stepMinor' | 'check' | 'isOver' | 'bankRefusal' | 'ofTrade' | 'reverse'
> = {
  stepMinor: () => 1n,
  check: async () => ({ kind: 'ready' }),
  isOver: async () => true,
  bankRefusal: async () => undefined,
  ofTrade: async () => [],
  reverse: async ({ transferId }) => {
    throw new Error(`Nothing is to be taken back of ${transferId}.`);
  },
};

function known(transfers: readonly ProviderTransfer[], transferId: string): ProviderTransfer {
  const found = transfers.find((transfer) => transfer.transferId === transferId);
  if (found === undefined) throw new Error(`There is no transfer ${transferId}.`);
  return found;
}

/**
 * A rail that makes a transfer for every call to `create`, as Stripe does once it has forgotten the
 * idempotency key. `loseAnswer` lets the next one take effect and then fail.
 */
export function fakeRail() {
  const transfers: ProviderTransfer[] = [];
  let isAnswerLost = false;
  let readiness: Readiness = { kind: 'ready' };
  let refusal: string | undefined;
  let reversalRefusal: string | undefined;
  const find: TransferRail['find'] = async (wanted) =>
    transfers.find(
      ({ payoutId, attempt }) => payoutId === wanted.payoutId && attempt === wanted.attempt,
    );
  const port: TransferRail = {
    ...easyRail,
    find,
    check: async () => readiness,
    isOver: async (attempt) => {
      const found = await find(attempt);
      return found === undefined || isZero(leftToReverse(found));
    },
    bankRefusal: async () => 'account_closed',
    ofTrade: async () => [...transfers],
    get: async (transferId) => known(transfers, transferId),
    reverse: async ({ reversalId, transferId, amount }) => {
      if (reversalRefusal !== undefined) {
        throw new CodedError({ code: reversalRefusal, message: 'Refused.', retryable: false });
      }
      const transfer = await port.get(transferId);
      const providerReversalId = `trr_${transferId}_${transfer.recoveries.length + 1}`;
      const reversal = { reversalId, providerReversalId, amount };
      const changed = { ...transfer, recoveries: [...transfer.recoveries, reversal] };
      transfers[transfers.indexOf(transfer)] = changed;
      if (isAnswerLost) {
        isAnswerLost = false;
        throw new CodedError({ code: 'stripe.no_answer', message: 'No answer.', retryable: true });
      }
      return reversal;
    },
    create: async ({ payoutId, attempt, amount }) => {
      if (refusal !== undefined) {
        throw new CodedError({ code: refusal, message: 'Refused.', retryable: false });
      }
      const transferId = `tr_${transfers.length + 1}`;
      const transfer = providerTransfer({ transferId, payoutId, attempt, amount });
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
    /** What is in the way of paying any account; nothing, where no code is given. */
    block: (code?: string): void => {
      readiness = code === undefined ? { kind: 'ready' } : { kind: 'blocked', code };
    },
    /** Every transfer is refused for good, until no code is given. */
    refuse: (code?: string): void => {
      refusal = code;
    },
    /** Nothing can be taken back, until no code is given. */
    refuseReversals: (code?: string): void => {
      reversalRefusal = code;
    },
    /** Somebody else takes so much back, in all. */
    reverse: (transferId: string, reversed: Money): void => {
      const index = transfers.findIndex((transfer) => transfer.transferId === transferId);
      const transfer = transfers[index];
      if (transfer !== undefined) transfers[index] = { ...transfer, reversed };
    },
    /** A transfer of another system on the same Stripe account. */
    addForeign: (transferId: string, amount: ProviderTransfer['amount']): void => {
      transfers.push(providerTransfer({ transferId, payoutId: null, amount }));
    },
  };
}

/** What paying sellers needs, in memory, around the given rail for transfers. */
export function settlementWith(given: {
  readonly rail: TransferRail;
  readonly now: () => Date;
  readonly store?: EventStore<PayoutEvent>;
  readonly sellers?: EventStore<SellerEvent>;
  readonly batches?: EventStore<BatchEvent>;
  readonly bank?: PayoutRail;
  readonly blockOf?: BlockDesk;
}) {
  const { now, rail } = given;
  const sellers = given.sellers ?? journaledStore(inMemoryRecordStore<SellerEvent>());
  const batches = given.batches ?? journaledStore(inMemoryRecordStore<BatchEvent>());
  const bank = given.bank ?? bankFileRail({ batches, sellers, now, batchWindowSeconds: 3_600 });
  return {
    store: given.store ?? journaledStore(inMemoryRecordStore<PayoutEvent>()),
    sellers,
    batches,
    rails: { stripe_transfer: rail, bank_file: bank },
    blockOf: given.blockOf ?? (async () => undefined),
    sellerCountryOf: async () => undefined,
    corridors: DEFAULT_CORRIDORS,
    ...{ retryPauseSeconds: 900, bankChargeLimits: {} },
    now,
  };
}
