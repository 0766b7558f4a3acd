import { story } from '../../support/builders.ts';
import { commands, given, histories, part, payBy } from './escrow-states.ts';
import { at, back, eur } from './incoming.ts';

describe('A trade whose payment window ends with a part', () => {
  it('asks the provider to close the payment, as an unpaid one does', () => {
    given(...histories.partly_paid)
      .when(commands.PassPaymentDeadline)
      .thenEvents({ ...story.cancellationRequested, reason: 'payment_window_over' });
  });

  it('expires and gives the part back, in the currency charged', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy, unused: part.received })
      .thenEvents(
        { ...story.tradeExpired, expiredAt: payBy },
        back('cash', part.received, { from: 'cash_balance', requestedAt: payBy }),
      );
  });

  it('gives back also what came in the last moment, and books it first', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy, unused: eur(500_000n) })
      .thenEvents(
        { ...part, added: eur(100_000n), received: eur(500_000n), receivedAt: payBy },
        { ...story.tradeExpired, expiredAt: payBy },
        back('cash', eur(500_000n), { from: 'cash_balance', requestedAt: payBy }),
      );
  });

  it('waits while the provider has closed the payment and does not show the part yet', () => {
    given(...histories.partly_expiring)
      .when({ type: 'RecordPaymentClosed', at: payBy })
      .thenTooEarly('escrow.part_not_returned');
  });

  it('gives the part back too where the marketplace cancels', () => {
    given(...histories.partly_paid, story.cancellationRequested)
      .when({ type: 'RecordPaymentClosed', at, unused: part.received })
      .thenEvents(
        { ...story.tradeCanceled, canceledAt: at },
        back('cash', part.received, { from: 'cash_balance' }),
      );
  });

  it('is funded where the rest came first', () => {
    given(...histories.partly_expiring)
      .when(commands.RecordPayment)
      .thenEvents({ ...story.escrowFunded, applied: part.received });
  });

  it('gives back what comes after it, too', () => {
    const late = { type: 'RecordPaymentClosed', at, unused: eur(450_000n) } as const;
    given(...histories.partly_expired)
      .when(late)
      .thenEvents(
        { ...part, added: eur(50_000n), received: late.unused },
        back('cash_2', eur(50_000n), { from: 'cash_balance' }),
      );
    given(...histories.partly_expired)
      .when({ ...late, unused: part.received })
      .thenNothing();
  });

  it('takes no charge after it', () => {
    given(...histories.partly_expired)
      .when(commands.RecordPayment)
      .thenRejected('escrow.payment_after_close');
  });
});
