import { money } from '../../../src/money/money.ts';
import { dueDateOf } from '../../../src/reconciliation/due-date.ts';
import { type ExpectedMovement, expectationOf } from '../../../src/reconciliation/expectations.ts';
import { settleLane } from '../../../src/reconciliation/lane.ts';

const amount = money('EUR', 1_000n);

const payment = (on: string) =>
  expectationOf({ kind: 'payout_sent', endToEndId: 'TL1', amount, on });

const movements: Readonly<Record<string, (on: string) => ExpectedMovement>> = {
  cover: (on) => ({
    ...{ kind: 'bank_movement', movement: 'cover_bought', reference: 'c', dealId: 'c' },
    ...{ amount, on },
  }),
  announced: (on) => ({ kind: 'provider_payout_announced', payoutId: 'po_1', amount, on }),
  transfer: (on) => ({ kind: 'transfer_awaited', tradeId: 'trd_1', orderNumber: 'PO', amount, on }),
};

describe('What is expected', () => {
  it.each([
    // A Monday to Thursday: no weekend between.
    ['2026-07-06', '2026-07-10'],
    ['2026-07-09', '2026-07-15'],
    // Good Friday and Easter Monday.
    ['2026-04-02', '2026-04-10'],
    ['2026-04-01', '2026-04-09'],
    // The 25th is a Friday, the 26th a Saturday; New Year is a Friday too.
    ['2026-12-24', '2026-12-31'],
    ['2026-12-28', '2027-01-04'],
    // The 25th and the 26th are Thursday and Friday.
    ['2025-12-24', '2026-01-02'],
    // The first of May is a Friday.
    ['2026-04-30', '2026-05-07'],
  ])(
    'of a payment on %s is missing from %s on: banks settle on no closing day of TARGET',
    (on, due) => {
      expect(dueDateOf(payment(on))).toBe(due);
    },
  );

  it.each([
    ['cover', '2026-04-02', '2026-04-07'],
    ['announced', '2026-12-23', '2027-01-04'],
    ['transfer', '2026-03-30', '2026-05-15'],
  ])('of a %s on %s is missing from %s on', (kind, on, due) => {
    const movement = movements[kind]?.(on);
    if (movement === undefined) throw new Error(`There is no ${kind}.`);
    expect(dueDateOf(expectationOf(movement))).toBe(due);
  });

  it('is awaited until the day before, and a break on the day', () => {
    const expected = payment('2026-04-02');
    const before = settleLane('bank_out', [expected], { asOf: '2026-04-09' });
    expect(before).toMatchObject({ breaks: [], awaited: [expected.item.id] });
    const due = settleLane('bank_out', [expected], { asOf: dueDateOf(expected) ?? '' });
    expect(due.breaks).toMatchObject([{ type: 'missing', ageBusinessDays: 4, ageBand: '4-7' }]);
  });
});
