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
  takenFrom: 'cash_balance',
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
    expect(refundOf(credited)).toMatchObject({
      status: 'credited',
      creditedBy: landed.providerRefundId,
    });
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
    expect(refundOf(history)).toMatchObject({
      status: 'failed',
      creditedBy: landed.providerRefundId,
    });
    const again = given(...history).when(commands.RetryRefund).decision;
    expect(refundOf([...history, ...eventsOf(again)])).toMatchObject({
      status: 'credited',
      attempt: 2,
    });
  });
});

describe('A credited refund, known by its id', () => {
  it('is told from another that comes beside it, which nobody asked for', () => {
    const other = reportedRefund({ ...landed, providerRefundId: 're_other' });
    const gone = [...credited, ...eventsOf(given(...credited).when(record(left)).decision)];
    for (const history of [credited, gone]) {
      given(...history)
        .when(record(other))
        .thenRejected('refund.second_refund');
    }
  });

  it('is not the way from the cash balance, told late as it was before it landed', () => {
    const { landsOn: _, ...early } = reportedRefund({ ...landed, status: 'pending' });
    given(...credited)
      .when(record({ ...early, debited: null, fee: null }))
      .thenNothing();
    given(...credited)
      .when(record({ ...early, providerRefundId: 're_other' }))
      .thenRejected('refund.second_refund');
  });

  it('that the provider takes back afterwards is for a person, and no failure of what leaves the cash', () => {
    const failed = reportedRefund({ ...landed, status: 'failed', debited: null, fee: null });
    given(...credited)
      .when(record(failed))
      .thenRejected('refund.failed_after_credit');
  });

  it('does not leave a cash balance that it never came to', () => {
    given(...histories.refund_valued)
      .when(record(left))
      .thenRejected('refund.second_refund');
  });

  it('is one of two of a trade, each with news of its own', () => {
    const second = 'rfd_second';
    const half = money('EUR', landed.amount.amountMinor / 2n);
    const asked = (refundId: string): EscrowEvent => ({
      ...story.refundRequested,
      ...{ refundId, amount: half, parts: [] },
    });
    const valuedAs = (refundId: string): EscrowEvent => ({
      ...story.refundValued,
      ...{ refundId, amount: half },
    });
    const first = story.refundRequested.refundId;
    const before = histories.delivered;
    const both = [...before, asked(first), asked(second), valuedAs(first), valuedAs(second)];
    const news = (refundId: string, providerRefundId: string) =>
      record(reportedRefund({ ...landed, refundId, providerRefundId, amount: half }));
    const one = [...both, ...eventsOf(given(...both).when(news(first, 're_1')).decision)];
    given(...one)
      .when(news(first, 're_1'))
      .thenNothing();
    expect(summaryOf(given(...one).when(news(second, 're_2')).decision)).toBe(
      'RefundSubmitted RefundCredited',
    );
    const two = [...one, ...eventsOf(given(...one).when(news(second, 're_2')).decision)];
    given(...two)
      .when(news(first, 're_1'))
      .thenNothing();
    given(...two)
      .when(news(second, 're_1'))
      .thenRejected('refund.second_refund');
  });
});

describe('A history of a credited refund', () => {
  it('has it credited as what was submitted, and leave the cash balance as another', () => {
    const isIllegal = (history: readonly EscrowEvent[], event: EscrowEvent) =>
      expect(() =>
        [...history, event].reduce(escrowEvolution.evolve, escrowEvolution.initial),
      ).toThrow(`${event.type} cannot follow`);
    const credit = credited.at(-1);
    if (credit?.type !== 'RefundCredited') throw new Error('It is not credited.');
    const ofCash = { ...credit, providerRefundId: 're_cash' };
    isIllegal(histories.refund_submitted, ofCash);
    isIllegal(credited, story.refundSubmitted);
    const leaving = { ...story.refundSubmitted, providerRefundId: 're_cash' };
    isIllegal([...credited, leaving], ofCash);
  });

  it('has it credited once', () => {
    const submitted = { ...story.refundSubmitted, providerRefundId: 're_cash' };
    const twice = [...credited, submitted, credited.at(-1) as EscrowEvent];
    expect(() => twice.reduce(escrowEvolution.evolve, escrowEvolution.initial)).toThrow(
      /RefundCredited cannot follow/,
    );
  });
});
