import { money } from '../../../src/money/money.ts';
import { paymentOf, story, termsOf, tradeId } from '../../support/builders.ts';
import { commands, given, histories, payBy } from './escrow-states.ts';

describe('A trade that was never heard of', () => {
  it('is opened under its terms', () => {
    given().when({ type: 'OpenTrade', terms: termsOf() }).thenEvents(story.tradeOpened);
  });

  it('makes an early payment wait', () => {
    given().when(commands.RecordPayment).thenTooEarly('escrow.not_opened');
  });
});

describe('A trade that awaits payment', () => {
  it('keeps the one payment intent that was recorded first', () => {
    given(...histories.payment_requested)
      .when({ type: 'RecordPaymentRequest', paymentIntentId: 'pi_another' })
      .thenNothing();
  });

  it('has no payment intent any more once it is closed', () => {
    given(story.tradeOpened, story.cancellationRequested, story.tradeCanceled)
      .when(commands.RecordPaymentRequest)
      .thenNothing();
  });

  it('is funded by exactly the amount that was quoted', () => {
    given(...histories.payment_requested)
      .when(commands.RecordPayment)
      .thenEvents(story.escrowFunded);
  });

  it('is funded with nothing beside where nothing was transferred beyond the charge', () => {
    given(...histories.payment_requested)
      .when({ ...commands.RecordPayment, unused: money('EUR', 0n) })
      .thenEvents(story.escrowFunded);
  });

  it('is funded although its intent was not recorded yet', () => {
    given(...histories.opened)
      .when(commands.RecordPayment)
      .thenEvents(story.escrowFunded);
  });

  it.each([
    { what: 'one cent less', received: money('EUR', 1_024_673n) },
    { what: 'as many dollars', received: money('USD', 1_024_674n) },
    { what: 'nothing', received: money('EUR', 0n) },
  ])('is not funded by $what', ({ received }) => {
    given(...histories.payment_requested)
      .when({ type: 'RecordPayment', payment: paymentOf({ received }) })
      .thenRejected('escrow.amount_mismatch');
  });
});

describe('A funded trade', () => {
  it('knows its own charge when it is told again', () => {
    given(...histories.funded)
      .when(commands.RecordPayment)
      .thenNothing();
  });

  it('refuses a second charge, even of the same amount', () => {
    given(...histories.funded)
      .when(commands.RecordSecondCharge)
      .thenRejected('escrow.paid_twice');
  });

  it('is converted once, with what the provider credited', () => {
    given(...histories.funded)
      .when(commands.ConvertFunds)
      .thenEvents(story.fundsConverted);
    given(...histories.converted)
      .when(commands.ConvertFunds)
      .thenNothing();
  });

  it('is not shipped before its money is converted', () => {
    given(...histories.funded)
      .when(commands.BookShipment)
      .thenTooEarly('escrow.not_converted');
  });
});

describe('A cancellation and a payment', () => {
  const paid = story.escrowFunded;

  it('payment first: the cancellation is refused', () => {
    given(...histories.payment_requested, paid)
      .when(commands.RequestCancellation)
      .thenRejected('trade.cannot_cancel_funded');
  });

  it('cancellation asked first, payment wins at the provider: the trade is funded', () => {
    given(...histories.canceling)
      .when(commands.RecordPayment)
      .thenEvents(paid);
    given(...histories.canceling, paid)
      .when(commands.RefuseCancellation)
      .thenNothing();
    given(...histories.canceling, paid)
      .when(commands.RecordPaymentClosed)
      .thenNothing();
  });

  it('cancellation refused first, then the payment arrives: the trade is funded', () => {
    given(...histories.canceling, story.cancellationRefused)
      .when(commands.RecordPayment)
      .thenEvents(paid);
  });

  it('cancellation carried out first: money that still comes reaches a person', () => {
    given(...histories.canceled)
      .when(commands.RecordPayment)
      .thenRejected('escrow.payment_after_close');
    given(...histories.expired)
      .when(commands.RecordPayment)
      .thenRejected('escrow.payment_after_close');
  });

  it('refused once, the trade can be canceled again', () => {
    given(...histories.canceling, story.cancellationRefused)
      .when(commands.RequestCancellation)
      .thenEvents(story.cancellationRequested);
  });
});

describe('The payment window', () => {
  it('is over at its last instant, and the provider is asked to close the payment', () => {
    given(...histories.payment_requested)
      .when(commands.PassPaymentDeadline)
      .thenEvents({
        type: 'CancellationRequested',
        version: 1,
        tradeId,
        reason: 'payment_window_over',
      });
  });

  it('is not over before: an earlier hint changes nothing', () => {
    const earlier = '2026-07-01T09:29:59.999Z';
    expect(earlier < payBy).toBe(true);
    given(...histories.payment_requested)
      .when({ ...commands.PassPaymentDeadline, dueAt: earlier, at: earlier })
      .thenNothing();
  });

  it('expires the trade once the provider has closed the payment', () => {
    given(...histories.expiring)
      .when({ type: 'RecordPaymentClosed', at: story.tradeExpired.expiredAt })
      .thenEvents(story.tradeExpired);
  });

  it('cancels rather than expires where the marketplace asked first', () => {
    given(...histories.canceling)
      .when(commands.PassPaymentDeadline)
      .thenNothing();
    given(...histories.canceling)
      .when(commands.RecordPaymentClosed)
      .thenEvents(story.tradeCanceled);
  });

  it('cancels a trade whose payment the provider closed by itself', () => {
    given(...histories.payment_requested)
      .when(commands.RecordPaymentClosed)
      .thenEvents(story.tradeCanceled);
  });
});
