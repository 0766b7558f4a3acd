import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { commands, given, histories, part, payBy, receipt } from './escrow-states.ts';
import { applied, at, back, byReceipts, due, eur, stateAfter } from './incoming.ts';

const usd = story.tradeOpened.amount;

const unneeded = story.paymentNoLongerNeeded;

describe('A receipt that comes when nothing waits for it', () => {
  it.each([
    ['settled', 'overpayment'],
    ['partly_expired', 'underpayment'],
  ] as const)('to a trade that is %s goes back as %s', (state, reason) => {
    const late = given(...histories[state]).when(applied('camt-9', eur(100n)));
    expect(late.decision).toMatchObject({
      events: [
        { type: 'PartialPaymentReceived', added: eur(100n) },
        { type: 'RefundRequested', reason, from: 'bank', amount: eur(100n) },
      ],
    });
  });
});

describe('A receipt that finance has identified', () => {
  const rest = eur(due.amountMinor - receipt.added.amountMinor);

  it('of the whole amount funds the trade, without a fee', () => {
    given(...histories.payment_requested)
      .when(applied('camt-1', due))
      .thenEvents(byReceipts(['camt-1'], due), unneeded);
  });

  it('of less is a part; the next one makes it whole', () => {
    given(...histories.payment_requested)
      .when(applied(receipt.reference, receipt.added))
      .thenEvents(receipt);
    given(...histories.payment_requested, receipt)
      .when(applied('camt-2', rest))
      .thenEvents(byReceipts(['camt-1', 'camt-2'], due), unneeded);
  });

  it('of more funds the trade, and the rest goes back by bank', () => {
    const received = eur(due.amountMinor + 700n);
    given(...histories.payment_requested)
      .when(applied('camt-1', received))
      .thenEvents(
        byReceipts(['camt-1'], received),
        unneeded,
        back('overpayment', eur(700n), { reason: 'overpayment', from: 'bank' }),
      );
  });

  it('is one receipt however often it is told', () => {
    for (const history of [
      [...histories.payment_requested, receipt],
      [...histories.payment_requested, byReceipts(['camt-1'], due)],
      [...histories.expired, receipt],
    ]) {
      given(...history)
        .when(applied('camt-1', receipt.added))
        .thenNothing();
    }
  });

  it('in another currency is refused', () => {
    given(...histories.payment_requested)
      .when(applied('camt-1', money('USD', 1_150_000n)))
      .thenRejected('receipt.currency_mismatch');
  });
});

describe('A receipt that comes too late, or beside another payment', () => {
  it.each(['canceled', 'expired', 'funded', 'delivered', 'settled'] as const)(
    'for a trade that is %s goes back by bank',
    (state) => {
      const { decision } = given(...histories[state]).when(
        applied(receipt.reference, receipt.added),
      );
      expect(decision).toMatchObject({
        kind: 'decided',
        events: [receipt, { type: 'RefundRequested', amount: receipt.added, from: 'bank' }],
      });
    },
  );

  it('goes back by bank where a charge pays the whole, and where the trade expires', () => {
    given(...histories.payment_requested, receipt)
      .when(commands.RecordPayment)
      .thenEvents(
        story.escrowFunded,
        back('receipts', receipt.added, {
          ...{ reason: 'overpayment', from: 'bank' },
          requestedAt: story.escrowFunded.capturedAt,
        }),
      );
    given(...histories.expiring, receipt)
      .when({ type: 'RecordPaymentClosed', at: payBy })
      .thenEvents(
        { ...story.tradeExpired, expiredAt: payBy },
        back('receipts', receipt.added, { from: 'bank', requestedAt: payBy }),
      );
  });

  it('closes the payment at the provider, and a part that lies there goes back, once', () => {
    const funded = [...histories.partly_paid, byReceipts(['camt-1'], due)];
    const closed = { type: 'RecordPaymentClosed', at, unused: part.received } as const;
    const cash = back('cash', part.received, { reason: 'overpayment', from: 'cash_balance' });
    given(...funded)
      .when(closed)
      .thenEvents(cash);
    given(...funded, cash)
      .when(closed)
      .thenNothing();
  });

  it('makes every later refund of the trade one by bank', () => {
    const held = [
      ...histories.payment_requested,
      byReceipts(['camt-1'], due),
      story.fundsConverted,
    ];
    const { decision } = given(...held).when(commands.RequestRefund);
    expect(decision.kind).toBe('decided');
    const events = decision.kind === 'decided' ? decision.events : [];
    expect(stateAfter([...held, ...events])).toMatchObject({ refunds: [{ from: 'bank' }] });
  });
});

describe('A trade that receipts have funded', () => {
  it('names no charge for its payouts, though the currencies agree', () => {
    const same = { ...story.tradeOpened, quote: { ...story.tradeOpened.quote, sell: usd } };
    const [, , , ...rest] = histories.delivered;
    const { decision } = given(same, byReceipts(['camt-1'], usd), ...rest).when(
      commands.PassInspectionEnd,
    );
    const [release] = decision.kind === 'decided' ? decision.events : [];
    expect(release).toMatchObject({ type: 'MilestoneReleased' });
    expect(release).not.toHaveProperty('sourceChargeId');
  });
});
