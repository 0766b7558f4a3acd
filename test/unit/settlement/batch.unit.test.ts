import { PayoutInstructionAdded } from '../../../events/batch/payout-instruction-added.v1.ts';
import type { BatchEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import {
  batchEvolution,
  batchIdFor,
  decideBatch,
  evolveBatch,
  holds,
  LARGEST_BATCH,
} from '../../../src/settlement/batch.ts';
import { sample } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';

const { given } = specification({ evolution: batchEvolution, decide: decideBatch });

const added = sample(PayoutInstructionAdded, 'batch/payout-instruction-added');
const { type: _, version: __, batchId, closesAt, ...instruction } = added;
const another = { ...instruction, payoutId: 'payout_2_delivery', amount: money('KRW', 1n) };
const AddInstruction = { type: 'AddInstruction', batchId, instruction, closesAt } as const;
const CloseBatch = { type: 'CloseBatch', at: '2026-07-09T09:22:03.000Z' } as const;
const closed: BatchEvent = {
  ...{ type: 'PayoutBatchClosed', version: 1, batchId, instructionCount: 1 },
  ...{ controlSum: instruction.amount, executionDate: '2026-07-10', closedAt: CloseBatch.at },
};
const full = Array.from(
  { length: LARGEST_BATCH },
  (_unused, index): BatchEvent => ({ ...added, payoutId: `payout_${index}` }),
);

describe('A batch for the bank', () => {
  it.each<[string, readonly BatchEvent[], Parameters<typeof decideBatch>[0], string]>([
    ['begins with its first payment', [], AddInstruction, 'PayoutInstructionAdded'],
    ['holds each attempt once', [added], AddInstruction, 'nothing'],
    [
      'holds a later attempt as another',
      [added],
      { ...AddInstruction, instruction: { ...instruction, attempt: 2 } },
      'PayoutInstructionAdded',
    ],
    [
      'takes no more once it is closed',
      [added, closed],
      { ...AddInstruction, instruction: another },
      'rejected batch.closed',
    ],
    ['still knows what it holds when it is closed', [added, closed], AddInstruction, 'nothing'],
    ['takes so many payments', full, AddInstruction, 'rejected batch.full'],
    [
      'is of one currency',
      [added],
      { ...AddInstruction, instruction: { ...another, amount: money('USD', 1n) } },
      'rejected batch.other_currency',
    ],
    ['is closed', [added], CloseBatch, 'PayoutBatchClosed'],
    ['once', [added, closed], CloseBatch, 'nothing'],
    ['if there is one', [], CloseBatch, 'rejected batch.not_found'],
  ])('%s', (_what, history, command, outcome) => {
    expect(summaryOf(given(...history).when(command).decision)).toBe(outcome);
  });

  it('keeps the time at which its first payment said it closes', () => {
    given(added)
      .when({ ...AddInstruction, instruction: another, closesAt: '2026-07-09T12:00:00.000Z' })
      .thenEvents({ ...added, ...another });
  });

  it('is closed with its count and its sum', () => {
    given(added, { ...added, ...another })
      .when(CloseBatch)
      .thenEvents({
        ...closed,
        ...{ instructionCount: 2, controlSum: money('KRW', instruction.amount.amountMinor + 1n) },
      });
  });

  it('has an id of its day, currency and marketplace', () => {
    const of = { currency: 'KRW', requestedAt: '2026-07-09T08:22:01.000Z', ordinal: 2 } as const;
    const ids = ['mkt_1', 'mkt_2'].map((marketplaceId) => batchIdFor({ ...of, marketplaceId }));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^batch_20260709_krw_[0-9a-z]{12}_2$/);
  });

  it('holds nothing before it begins', () => {
    expect(holds({ status: 'not_opened' }, instruction)).toBeUndefined();
  });

  it.each<[string, readonly BatchEvent[]]>([
    ['a payment after it was closed', [added, closed, added]],
    ['a closing before any payment', [closed]],
    ['a second closing', [added, closed, closed]],
  ])('has no history with %s', (_what, events) => {
    let code: string | undefined;
    try {
      events.reduce(evolveBatch, batchEvolution.initial);
    } catch (error) {
      code = isCodedError(error) ? error.code : undefined;
    }
    expect(code).toBe('batch.illegal_history');
  });
});

describe('A batch that is closed', () => {
  it.each([
    ['2026-07-09T23:59:59.999Z', 'KRW', '2026-07-10'],
    ['2026-07-10T00:00:00.000Z', 'KRW', '2026-07-13'],
    ['2026-07-11T12:00:00.000Z', 'EUR', '2026-07-13'],
    ['2026-07-12T12:00:00.000Z', 'KRW', '2026-07-13'],
    // No bank settles on Christmas Day and New Year's Day.
    ['2026-12-24T12:00:00.000Z', 'KRW', '2026-12-28'],
    ['2025-12-24T12:00:00.000Z', 'KRW', '2025-12-26'],
    ['2026-12-31T12:00:00.000Z', 'USD', '2027-01-04'],
    // TARGET is closed on Boxing Day, from Good Friday to Easter Monday, and on May Day as well.
    ['2025-12-24T12:00:00.000Z', 'EUR', '2025-12-29'],
    ['2027-03-25T12:00:00.000Z', 'EUR', '2027-03-30'],
    ['2027-03-25T12:00:00.000Z', 'KRW', '2027-03-26'],
    ['2026-04-30T12:00:00.000Z', 'EUR', '2026-05-04'],
    ['2026-04-30T12:00:00.000Z', 'GBP', '2026-05-01'],
  ] as const)('at %s is to be paid in %s on %s', (at, currency, date) => {
    const inCurrency = { ...added, amount: money(currency, 1n) };
    const { decision } = given(inCurrency).when({ type: 'CloseBatch', at });
    expect(decision).toMatchObject({
      events: [{ type: 'PayoutBatchClosed', executionDate: date }],
    });
  });
});
