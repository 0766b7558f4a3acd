import type { PayoutEvent } from '../../../events/index.ts';
import { decidePayout } from '../../../src/settlement/payout.ts';
import { payoutEvolution } from '../../../src/settlement/payout-state.ts';
import { story } from '../../support/builders.ts';
import {
  at,
  payoutFailed,
  payoutReissued,
  payoutReturned,
  rolledForward,
  setOff,
  transferId,
} from '../settlement/payout-states.ts';

const { payoutRequested, payoutSubmitted, payoutSettled } = story;
const stateAfter = (...events: readonly PayoutEvent[]) =>
  events.reduce(payoutEvolution.evolve, payoutEvolution.initial);

const second = { transferId: 'tr_second', attempt: 2 };
const paidOnce = [payoutRequested, payoutSubmitted, payoutSettled];
const tried = [
  { ...payoutReissued, attempt: 2 },
  { ...payoutSubmitted, ...second },
];
const again = [...tried, { ...payoutSettled, ...second }];

/**
 * Seed 2952937659 of a stormy world: the bank had paid and given back the first attempt, the second
 * one was paid, and the message that the first had been paid, late from a dead-letter queue, was taken
 * for a second transfer: it lay dead for ever.
 */
describe('Late news of an attempt that was paid and given back', () => {
  const state = stateAfter(...paidOnce, payoutReturned, ...again);

  it('changes nothing once another attempt has paid', () => {
    const paid = decidePayout({ type: 'RecordSettlement', attempt: 1, transferId, at }, state);
    expect(paid).toEqual({ kind: 'decided', events: [] });
    const { returned, code } = payoutReturned;
    const back = { type: 'RecordReturn', transferId, returned, limits: {}, code, at } as const;
    expect(decidePayout(back, state)).toEqual({ kind: 'decided', events: [] });
  });

  it('is remembered through every attempt that follows', () => {
    expect(stateAfter(...paidOnce, payoutReturned, ...tried)).toMatchObject({
      status: 'submitted',
      returnedTransferIds: [transferId],
    });
  });
});

/**
 * World 3204514679: the bank had paid and given back, debts took all of what was owed again, and the debit's line was
 * matched two days later.
 */
describe('Late news of a payment that came back, of which nothing is left to be paid', () => {
  it.each([
    ['kept for debts', { ...setOff, attempt: 2 }],
    ['too little for a payout', { ...rolledForward, attempt: 2 }],
  ] as const)('changes nothing: what is owed was %s', (_, next) => {
    const state = stateAfter(...paidOnce, payoutReturned, next);
    const paid = { type: 'RecordSettlement', attempt: 1, transferId, at } as const;
    expect(decidePayout(paid, state)).toEqual({ kind: 'decided', events: [] });
    expect(decidePayout({ ...paid, transferId: 'tr_other' }, state)).toMatchObject({
      kind: 'rejected',
      code: `payout.unexpected_${state.status}`,
    });
  });
});

describe('News that a failed attempt was paid, once another has paid', () => {
  it('goes to a person: the seller may have been paid twice', () => {
    const state = stateAfter(payoutRequested, payoutSubmitted, payoutFailed, ...again);
    const paid = decidePayout({ type: 'RecordSettlement', attempt: 1, transferId, at }, state);
    expect(paid).toMatchObject({ kind: 'rejected', code: 'payout.second_transfer' });
  });
});
