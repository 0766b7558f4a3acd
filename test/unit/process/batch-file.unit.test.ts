import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import type { BatchEvent } from '../../../events/index.ts';
import { type OpenedBatch, sourcesOfFile } from '../../../src/process/batch-view.ts';
import { batchEvolution } from '../../../src/settlement/batch.ts';
import { sample } from '../../support/builders.ts';

const added = sample(PayoutInstructionAdded, 'batch/payout-instruction-added');
const { batchId, amount, closesAt } = added;
const closed: BatchEvent = {
  ...{ type: 'PayoutBatchClosed', version: 1, batchId, instructionCount: 1 },
  ...{ controlSum: amount, executionDate: '2026-07-10', closedAt: closesAt },
};
const batchOf = (...events: readonly BatchEvent[]): OpenedBatch =>
  events.reduce(batchEvolution.evolve, batchEvolution.initial) as OpenedBatch;

describe('The file of a batch', () => {
  it('is not made while payments may still come, and says until when', () => {
    expect(sourcesOfFile(batchOf(added), 'payer')).toEqual({
      ...{ kind: 'refused', code: 'batch.still_open' },
      detail: `This batch takes payments until ${closesAt}.`,
    });
  });

  it('is not made where nobody pays by file', () => {
    expect(sourcesOfFile(batchOf(added, closed), undefined)).toMatchObject({
      ...{ kind: 'refused', code: 'batch.no_debtor' },
    });
  });

  it('is made of a closed batch and the account that pays', () => {
    const batch = batchOf(added, closed);
    expect(sourcesOfFile(batch, 'payer')).toEqual({ kind: 'ready', batch, payer: 'payer' });
  });
});
