import type { BreakFacts } from '../../../src/reconciliation/break-state.ts';
import { writeOffPosting } from '../../../src/reconciliation/write-off.ts';
import { story } from '../../support/builders.ts';
import { rowsOf } from '../../support/rows.ts';

describe('The rows of reconciliation', () => {
  it('a receipt that leaves suspense without a trade leaves the bank account too', () => {
    expect(rowsOf(story.receiptReleased)).toEqual([
      ['receipt_released', '2900 50000 EUR', '1200 -50000 EUR'],
    ]);
  });

  it('what the bank took beyond a payment, within what is tolerated, is a bank charge', () => {
    expect(rowsOf(story.differenceTolerated)).toEqual([
      ['difference_tolerated', '1200 -1250 EUR', '5500 1250 EUR'],
    ]);
  });

  it('what is written off takes the asset to what others say', () => {
    expect(rowsOf(story.breakWrittenOff)).toEqual([
      ['break_written_off', '1200 -2000 EUR', '5500 2000 EUR'],
    ]);
  });

  it('a receipt that nobody knows is given up out of suspense', () => {
    expect(rowsOf({ ...story.receiptReleased, reason: 'written_off' })).toEqual([
      ['break_written_off', '2900 50000 EUR', '5500 -50000 EUR'],
    ]);
  });

  it('a write-off of what was somebody else’s is taken back', () => {
    const { amount, posting, breakId } = story.breakWrittenOff;
    if (posting === undefined) throw new Error('Another sample.');
    const event = { type: 'BreakReopened', version: 1, breakId } as const;
    const reopened = { ...event, taken: ['lin_1'] };
    const reversed = { amount, posting };
    expect(
      rowsOf({ ...reopened, was: 'written_off', reversed, reopenedAt: '2026-06-30T09:00:00.000Z' }),
    ).toEqual([['break_write_off_reversed', '5500 -2000 EUR', '1200 2000 EUR']]);
  });

  it('a break that is open again without a write-off has no entry', () => {
    expect(
      rowsOf({
        ...{ type: 'BreakReopened', version: 1, breakId: 'brk_1', taken: ['lin_1'] },
        reopenedAt: '2026-06-30T09:00:00.000Z',
      }),
    ).toEqual([]);
  });

  it('a write-off from before it was booked has no entry', () => {
    const { posting: _, ...early } = story.breakWrittenOff;
    expect(rowsOf(early)).toEqual([]);
  });
});

describe('Where a difference is written off', () => {
  const facts = (rec: BreakFacts['rec'], left: string[], right: string[]): BreakFacts => ({
    ...{ breakId: 'brk_1', rec, breakType: 'under', left, right },
    difference: { currency: 'EUR', amountMinor: -1n },
    ...{ since: '2026-06-26', raisedAt: '2026-06-29T10:00:00.000Z' },
  });

  it.each([
    ['A', ['l'], ['r'], '1100 5000'],
    ['A', ['l'], [], '1100 5000'],
    ['C', ['l'], ['r'], '1200 5500'],
    ['C', ['l'], [], '1100 5500'],
    ['D', ['l'], ['r'], '1200 5500'],
    ['D', [], ['r'], '1200 5500'],
    ['E', ['l'], ['r'], '1200 5500'],
    ['E', [], ['r'], '2900 5500'],
    ['D', ['refund_paid:l'], [], '1200 5500'],
    ['E', ['own_funds:l'], [], '1200 5500'],
    ['G', ['l'], ['r'], '1200 5200'],
  ] as const)('of rec %s with %j and %j is %s', (rec, left, right, expected) => {
    const { asset, against } = writeOffPosting(facts(rec, [...left], [...right])) ?? {};
    expect(`${asset} ${against}`).toBe(expected);
  });

  it.each([
    ['D', ['payout_sent:l'], []],
    ['E', ['transfer_awaited:l'], []],
    ['B', ['l'], ['r']],
    ['F', [], []],
    ['H', [], ['r']],
  ] as const)('of rec %s with %j and %j is nowhere: nothing is booked', (rec, left, right) => {
    expect(writeOffPosting(facts(rec, [...left], [...right]))).toBeUndefined();
  });
});
