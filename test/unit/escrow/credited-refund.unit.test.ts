import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories, reportedRefund } from './escrow-states.ts';

const at = story.refundSettled.settledAt;
const landed = reportedRefund({ status: 'succeeded', landsOn: 'cash_balance' });
const left = reportedRefund({
  ...{ status: 'succeeded', providerRefundId: 're_cash', debited: landed.amount },
  fee: money('EUR', 0n),
});
const record = (refund: typeof landed) => ({ type: 'RecordRefund', refund, at }) as const;

/** The full refund lies on the buyer's cash balance. */
const credited = [
  ...histories.refund_submitted,
  ...eventsOf(given(...histories.refund_submitted).when(record(landed)).decision),
];

function eventsOf(decision: { readonly kind: string }): readonly EscrowEvent[] {
  return 'events' in decision ? (decision.events as readonly EscrowEvent[]) : [];
}

const refundOf = (history: readonly EscrowEvent[]) => {
  const state = history.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  return 'refunds' in state ? state.refunds[0] : undefined;
};

describe('A refund that lands on the buyer’s cash balance', () => {
  it('is credited, not settled', () => {
    expect(credited.at(-1)).toMatchObject({
      type: 'RefundCredited',
      booking: { amount: landed.amount, debited: landed.debited },
    });
    expect(refundOf(credited)).toMatchObject({ status: 'credited', isCredited: true });
  });

  it('is credited at once where the provider is that fast', () => {
    const { decision } = given(...histories.refund_valued).when(record(landed));
    expect(summaryOf(decision)).toBe('RefundSubmitted RefundCredited');
  });

  it('settles when it has left that balance, too, by a refund of its own', () => {
    expect(eventsOf(given(...credited).when(record(left)).decision)).toMatchObject([
      { type: 'RefundSubmitted', providerRefundId: 're_cash' },
      { type: 'RefundSettled', booking: { from: 'cash_balance', debited: landed.amount } },
    ]);
  });

  it('told again of its first half, at any time, changes nothing', () => {
    const gone = [...credited, ...eventsOf(given(...credited).when(record(left)).decision)];
    for (const history of [credited, gone]) {
      given(...history)
        .when(record(landed))
        .thenNothing();
    }
  });

  it('that comes back is cash again, and its next attempt is of the cash', () => {
    const failed = reportedRefund({ ...left, status: 'failed', debited: null, fee: null });
    const history = [...credited, ...eventsOf(given(...credited).when(record(failed)).decision)];
    expect(refundOf(history)).toMatchObject({ status: 'failed', isCredited: true });
    const again = given(...history).when(commands.RetryRefund).decision;
    expect(refundOf([...history, ...eventsOf(again)])).toMatchObject({
      status: 'credited',
      attempt: 2,
    });
  });

  it('is credited once', () => {
    const submitted = { ...story.refundSubmitted, providerRefundId: 're_cash' };
    const twice = [...credited, submitted, credited.at(-1) as EscrowEvent];
    expect(() => twice.reduce(escrowEvolution.evolve, escrowEvolution.initial)).toThrow(
      /RefundCredited cannot follow/,
    );
  });
});
