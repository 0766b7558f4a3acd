import type { StripeTransfer } from '../../world.ts';
import { invalidRequest, STRIPE_READ, STRIPE_WRITE } from '../stripe-errors.ts';
import { moneyOf } from '../stripe-money.ts';
import { createReversal, reversalObject, reversalsOf } from '../stripe-reversals.ts';
import type { StripeState } from '../stripe-state.ts';
import { createTransfer } from '../stripe-transfers.ts';
import { type Calling, keyed, type Metadata, type Options } from './calling.ts';

const DEFAULT_PAGE = 10;

type TransferParameters = {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Metadata;
  readonly destination: string;
  readonly source_transaction?: string;
};

type ListParameters = {
  readonly transfer_group: string;
  readonly limit?: number;
  readonly starting_after?: string;
};

export const transfers = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'transfers.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const transfer = state.transfers.find((one) => one.id === id);
      if (transfer === undefined) throw invalidRequest('resource_missing');
      return transferObject(state, transfer);
    }),
  list: (page: ListParameters) =>
    calling({ kind: 'transfers.list', subject: page.transfer_group, faults: STRIPE_READ }, () =>
      listTransfers(state, page),
    ),
  create: (parameters: TransferParameters, { idempotencyKey }: Options = {}) =>
    calling({ kind: 'transfers.create', subject: idempotencyKey ?? '', faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters }, () => {
        const { amount, currency, metadata, destination, source_transaction } = parameters;
        const transfer = createTransfer(state, {
          payoutId: metadata['payout_id'] ?? null,
          attempt: Number(metadata['attempt'] ?? 1),
          tradeId: metadata['trade_id'] ?? null,
          destination,
          amount: moneyOf(amount, currency),
          sourceChargeId: source_transaction ?? null,
        });
        return transferObject(state, transfer);
      }),
    ),
  listReversals: (id: string) =>
    calling({ kind: 'transfers.listReversals', subject: id, faults: STRIPE_READ }, () => ({
      object: 'list',
      data: reversalsOf(state, id),
      has_more: false,
    })),
  createReversal: (
    transferId: string,
    parameters: { readonly amount: number; readonly metadata?: Metadata },
    { idempotencyKey }: Options = {},
  ) =>
    calling({ kind: 'transfers.createReversal', subject: transferId, faults: STRIPE_WRITE }, () =>
      keyed(state, { idempotencyKey, parameters: { transferId, ...parameters } }, () => {
        const { amount, metadata = {} } = parameters;
        const amountMinor = BigInt(amount);
        return reversalObject(createReversal(state, { transferId, amountMinor, metadata }));
      }),
    ),
});

/** Newest first, page by page. */
function listTransfers(state: StripeState, page: ListParameters) {
  const { transfer_group: tradeId, limit = DEFAULT_PAGE, starting_after: after } = page;
  const all = state.transfers.filter((one) => one.tradeId === tradeId).reverse();
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  return {
    object: 'list',
    data: all.slice(start, start + limit).map((one) => transferObject(state, one)),
    has_more: all.length > start + limit,
  };
}

/** A transfer holds its latest ten reversals itself. */
const MOST_REVERSALS = 10;

const transferObject = (
  state: StripeState,
  { id, amount, payoutId, attempt, tradeId, destination }: StripeTransfer,
) => ({
  id,
  object: 'transfer',
  amount: Number(amount.amountMinor),
  currency: amount.currency.toLowerCase(),
  destination,
  metadata: {
    ...(payoutId === null ? {} : { payout_id: payoutId }),
    ...(attempt === 1 ? {} : { attempt: String(attempt) }),
    ...(tradeId === null ? {} : { trade_id: tradeId }),
  },
  transfer_group: tradeId,
  reversed: state.reversed.get(id) === amount.amountMinor,
  amount_reversed: Number(state.reversed.get(id) ?? 0n),
  reversals: {
    object: 'list',
    data: reversalsOf(state, id).slice(0, MOST_REVERSALS),
    has_more: reversalsOf(state, id).length > MOST_REVERSALS,
  },
});
