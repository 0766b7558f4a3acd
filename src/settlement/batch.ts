import type { PayoutInstructionAdded } from '../../events/batch/payout-instruction-added.v1.ts';
import type { BatchEvent } from '../../events/index.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { sum } from '../money/money.ts';
import { type Decision, decided, type Evolution, nothing, rejected } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { derivedId } from '../platform/ids.ts';
import { executionDateAfter } from './execution-date.ts';

/** A bank takes far longer files; a stream that is read for each payment should not grow longer. */
export const LARGEST_BATCH = 200;

/** What the ids of the batches of a month (`YYYY-MM`) begin with; of all where there is none. */
export const batchPrefix = (month = ''): string => `batch_${month.replace('-', '')}`;

/** One payment of a batch: ids and an amount, no person. */
export type Instruction = Omit<PayoutInstructionAdded, 'type' | 'version' | 'batchId' | 'closesAt'>;

type Batch = {
  readonly batchId: string;
  readonly closesAt: string;
  readonly instructions: readonly [Instruction, ...Instruction[]];
};

/** A batch takes payments of one marketplace in one currency until it is closed; then it stands. */
export type BatchState =
  | { readonly status: 'not_opened' }
  | ({ readonly status: 'open' } & Batch)
  | ({
      readonly status: 'closed';
      readonly executionDate: string;
      readonly closedAt: string;
    } & Batch);

export type BatchCommand =
  | {
      readonly type: 'AddInstruction';
      readonly batchId: string;
      readonly instruction: Instruction;
      readonly closesAt: string;
    }
  | { readonly type: 'CloseBatch'; readonly at: string };

/** The batches of a day, by their number: `batch_20260709_krw_…_1`, then `_2` when that is closed. */
export function batchIdFor(of: {
  readonly marketplaceId: string;
  readonly currency: CurrencyCode;
  readonly requestedAt: string;
  readonly ordinal: number;
}): string {
  const day = of.requestedAt.slice(0, 'YYYY-MM-DD'.length).replaceAll('-', '');
  const owner = derivedId('own', of.marketplaceId).slice('own_'.length, 'own_'.length + 12);
  return `batch_${day}_${of.currency.toLowerCase()}_${owner}_${of.ordinal}`;
}

/** Decides one command against a batch. */
export function decideBatch(command: BatchCommand, state: BatchState): Decision<BatchEvent> {
  switch (command.type) {
    case 'AddInstruction':
      return addInstruction(command, state);
    case 'CloseBatch':
      return closeBatch(command.at, state);
  }
}

export const holds = (
  state: BatchState,
  { payoutId, attempt }: Pick<Instruction, 'payoutId' | 'attempt'>,
): Instruction | undefined =>
  state.status === 'not_opened'
    ? undefined
    : state.instructions.find((one) => one.payoutId === payoutId && one.attempt === attempt);

function addInstruction(
  command: Extract<BatchCommand, { type: 'AddInstruction' }>,
  state: BatchState,
): Decision<BatchEvent> {
  const { batchId, instruction, closesAt } = command;
  if (holds(state, instruction) !== undefined) return nothing;
  if (state.status === 'closed') {
    return rejected('batch.closed', `${batchId} takes no more payments.`);
  }
  if (state.status === 'open') {
    if (state.instructions.length >= LARGEST_BATCH) {
      return rejected('batch.full', `${batchId} holds as many payments as it may.`);
    }
    if (state.instructions[0].amount.currency !== instruction.amount.currency) {
      return rejected('batch.other_currency', `${batchId} is of another currency.`);
    }
  }
  return decided({
    type: 'PayoutInstructionAdded',
    version: 1,
    batchId,
    ...instruction,
    closesAt: state.status === 'open' ? state.closesAt : closesAt,
  });
}

function closeBatch(at: string, state: BatchState): Decision<BatchEvent> {
  if (state.status === 'not_opened') {
    return rejected('batch.not_found', 'There is no such batch.');
  }
  if (state.status === 'closed') return nothing;
  const { batchId, instructions } = state;
  const { currency } = instructions[0].amount;
  return decided({
    type: 'PayoutBatchClosed',
    version: 1,
    batchId,
    instructionCount: instructions.length,
    controlSum: sum(
      currency,
      instructions.map(({ amount }) => amount),
    ),
    executionDate: executionDateAfter(at, currency),
    closedAt: at,
  });
}

/** The state of a batch after one of its events. */
export function evolveBatch(state: BatchState, event: BatchEvent): BatchState {
  assertInvariant(
    state.status !== 'closed',
    'batch.illegal_history',
    `${event.type} cannot follow the closing of a batch.`,
  );
  if (event.type === 'PayoutInstructionAdded') {
    const { type: _, version: __, batchId, closesAt, ...instruction } = event;
    const before = state.status === 'open' ? state.instructions : [];
    const [first = instruction, ...rest] = [...before, instruction];
    return { status: 'open', batchId, closesAt, instructions: [first, ...rest] };
  }
  assertInvariant(
    state.status === 'open',
    'batch.illegal_history',
    'A batch without payments was closed.',
  );
  const { executionDate, closedAt } = event;
  return { ...state, status: 'closed', executionDate, closedAt };
}

/** The rules of the batch stream. */
export const batchEvolution: Evolution<BatchState, BatchEvent> = {
  initial: { status: 'not_opened' },
  evolve: evolveBatch,
};
