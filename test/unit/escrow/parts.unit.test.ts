import { money } from '../../../src/money/money.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { commands, given, histories, part } from './escrow-states.ts';
import { at, back, eur, stateAfter, suffix, transfers } from './incoming.ts';

describe('A payment by bank transfer that comes in parts', () => {
  it('leaves the trade awaiting payment, with what has come', () => {
    given(...histories.payment_requested)
      .when(transfers(part.received))
      .thenEvents(part);
    expect(stateAfter(histories.partly_paid)).toMatchObject({
      status: 'awaiting_payment',
      parts: { transferred: part.received },
    });
  });

  it('is booked under the trade where it comes before we know of a way to pay', () => {
    given(story.tradeOpened)
      .when(transfers(part.received))
      .thenEvents({ ...part, reference: tradeId });
  });

  it('is told as a sum, of which only what is new is booked', () => {
    given(...histories.partly_paid)
      .when(transfers(eur(650_000n)))
      .thenEvents({ ...part, added: eur(250_000n), received: eur(650_000n) });
  });

  it.each([
    ['the same sum again', part.received],
    ['a smaller sum, which is older news', eur(1n)],
  ])('changes nothing by %s', (_, received) => {
    given(...histories.partly_paid)
      .when(transfers(received))
      .thenNothing();
  });

  it('is refused in another currency than was quoted', () => {
    given(...histories.payment_requested)
      .when(transfers(money('USD', 1n)))
      .thenRejected('escrow.amount_mismatch');
  });

  it('funds the trade with the charge of the whole, of which the parts are known', () => {
    given(...histories.partly_paid)
      .when(commands.RecordPayment)
      .thenEvents({ ...story.escrowFunded, applied: part.received });
  });

  it('gives back what was transferred beyond the whole', () => {
    const { capturedAt } = story.escrowFunded;
    given(...histories.partly_paid)
      .when({ ...commands.RecordPayment, unused: eur(5_000n) })
      .thenEvents(
        { ...story.escrowFunded, applied: part.received, unused: eur(5_000n) },
        back('cash', eur(5_000n), {
          ...{ reason: 'overpayment', from: 'cash_balance', requestedAt: capturedAt },
        }),
      );
  });
});

describe('A trade that a charge has funded', () => {
  it('gives back what is transferred after it', () => {
    const { capturedAt, paymentIntentId: reference } = story.escrowFunded;
    const unused = eur(900n);
    given(...histories.settled)
      .when({ ...commands.RecordPayment, unused })
      .thenEvents(
        { ...part, reference, added: unused, received: unused, receivedAt: capturedAt },
        back('cash', unused, {
          ...{ reason: 'overpayment', from: 'cash_balance', requestedAt: capturedAt },
        }),
      );
  });
});

describe('A trade of which a part of the charge went back', () => {
  it('gives back all that is transferred after it, whatever went back of the charge', () => {
    const unused = eur(900n);
    expect(
      given(...histories.refunded).when({ ...commands.RecordPayment, unused }).decision,
    ).toMatchObject({
      events: [{ added: unused }, { refundId: `rfd_${suffix}_cash`, amount: unused }],
    });
  });
});

describe('A part and the time', () => {
  it('is dated by when it was seen', () => {
    const seen = later(at, 5);
    given(...histories.payment_requested)
      .when({ ...transfers(part.received), at: seen })
      .thenEvents({ ...part, receivedAt: seen });
  });
});
