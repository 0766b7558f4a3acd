import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, fullRefund, given, histories } from './escrow-states.ts';

/** The buyer's bank asks, and has taken nothing. */
const usd = (minor: bigint) => money('USD', minor);
const nothing = { withdrawn: usd(0n), fee: usd(0n) };
const report = (changes: Parameters<typeof reportedChargeback>[0]) =>
  ({
    ...{ ...commands.RecordChargeback, at: story.chargebackWon.closedAt },
    chargeback: reportedChargeback({ ...nothing, isInquiry: true, ...changes }),
  }) as const;
const { bookings: _, ...opened } = story.chargebackOpened;
const inquiry = { ...opened, ...nothing, inquiry: true } as const;
const asked = [...histories.delivered, inquiry];
const escalated = { ...story.chargebackAdjusted, withdrawn: usd(1_160_000n), reinstated: usd(0n) };
const accept = { ...commands.RequestResponse, response: 'accept' } as const;
const refundAll = { ...commands.RequestRefund, amount: story.escrowFunded.received };

describe('An inquiry', () => {
  it('is known as one by what the provider says', () => {
    const { openedAt } = story.chargebackOpened;
    given(...histories.delivered)
      .when({ ...report({}), at: openedAt })
      .thenEvents(inquiry);
    const { isInquiry: __, ...chargeback } = report({}).chargeback;
    const { inquiry: ___, ...plain } = inquiry;
    given(...histories.delivered)
      .when({ ...report({}), chargeback, at: openedAt })
      .thenEvents(plain);
  });

  it('releases nothing while it is open', () => {
    given(...asked)
      .when(commands.AcceptGoods)
      .thenRejected('trade.cannot_accept_charged_back');
    given(...asked)
      .when(commands.PassInspectionEnd)
      .thenNothing();
  });

  it('lets the buyer be refunded, up to what is left, and the refund be made', () => {
    const { decision } = given(...asked).when(refundAll);
    expect(decision).toMatchObject({ events: [{ type: 'RefundRequested' }] });
    given(...asked, fullRefund)
      .when({ ...refundAll, refundId: 'rfd_more' })
      .thenRejected('refund.exceeds_left');
    expect(given(...asked, fullRefund).when(commands.ValueRefund).decision).toMatchObject({
      events: [{ type: 'RefundValued' }],
    });
  });

  it('ends as won where the refund has resolved it', () => {
    const refunded = [...histories.refunded.slice(0, -1), inquiry, histories.refunded.at(-1)];
    const { decision } = given(...(refunded as readonly EscrowEvent[])).when(
      report({ status: 'won' }),
    );
    expect(decision).toMatchObject({ events: [{ type: 'ChargebackWon', residual: usd(0n) }] });
  });

  it('can’t be accepted, for that would pay the seller; evidence may answer it', () => {
    given(...asked)
      .when(accept)
      .thenRejected('chargeback.inquiry_not_acceptable');
    expect(given(...asked).when(commands.RequestResponse).decision.kind).toBe('decided');
  });
});

describe('An inquiry that was opened before inquiries were told apart', () => {
  const { inquiry: _inquiry, ...plain } = inquiry;
  const before = [...histories.delivered, plain];
  const asks = report({});
  const inquiryLearned = { inquiry: true } as const;
  const learned = {
    ...{ ...story.chargebackAdjusted, withdrawn: usd(0n), reinstated: usd(0n), fee: usd(0n) },
    ...{ ...inquiryLearned, adjustedAt: asks.at },
  } as const;
  const { bookings: __, ...adjusted } = learned;

  it('becomes one by what the provider says, once, and lets the buyer be refunded', () => {
    given(...before)
      .when(asks)
      .thenEvents(adjusted);
    given(...before, adjusted)
      .when(asks)
      .thenNothing();
    expect(given(...before, adjusted).when(refundAll).decision.kind).toBe('decided');
    given(...before, adjusted)
      .when(accept)
      .thenRejected('chargeback.inquiry_not_acceptable');
  });

  it('is none where the bank has taken money, or it has ended', () => {
    const taken = report({ withdrawn: usd(1_160_000n) });
    expect(given(...before).when(taken).decision).not.toMatchObject({
      events: [{ inquiry: true }],
    });
    for (const history of [
      [...histories.charged_back],
      [...before, { ...story.chargebackWon, residual: usd(0n) }],
    ]) {
      given(...history)
        .when(report({ evidenceDueBy: null }))
        .thenNothing();
    }
    given(...histories.charged_back, adjusted)
      .when(refundAll)
      .thenRejected('trade.cannot_refund_charged_back');
    given(...before, { ...adjusted, withdrawn: usd(1n) })
      .when(refundAll)
      .thenRejected('trade.cannot_refund_charged_back');
  });

  it('is none where the provider does not say so', () => {
    const { isInquiry: _is, ...chargeback } = asks.chargeback;
    given(...before)
      .when({ ...asks, chargeback })
      .thenNothing();
    const { inquiry: _told, ...fee } = { ...adjusted, fee: usd(100n) };
    given(...before, fee)
      .when(refundAll)
      .thenRejected('trade.cannot_refund_charged_back');
  });
});

describe('A chargeback beside or after an inquiry', () => {
  const isChargeback = (...history: readonly EscrowEvent[]) => {
    given(...history)
      .when(refundAll)
      .thenRejected('trade.cannot_refund_charged_back');
    given(...history, fullRefund)
      .when(commands.ValueRefund)
      .thenTooEarly('refund.charge_disputed');
    expect(given(...history).when(accept).decision.kind).toBe('decided');
  };

  it('holds refunds up once money was taken', () => {
    isChargeback(...asked, escalated);
    isChargeback(...histories.delivered, { ...inquiry, withdrawn: usd(1n) });
    const back = { ...escalated, withdrawn: usd(0n), reinstated: usd(1_160_000n) };
    isChargeback(...asked, escalated, back);
  });

  it('holds refunds up where it was none before', () => {
    isChargeback(...histories.charged_back, { ...escalated, withdrawn: usd(0n) });
    const { inquiry: __, ...plain } = inquiry;
    isChargeback(...histories.delivered, plain);
  });

  it('holds refunds up beside one that only asks, and none once it is over', () => {
    const other = { ...opened, chargebackId: 'du_2' };
    const [won, adjusted] = [story.chargebackWon, story.chargebackAdjusted];
    given(...asked, other)
      .when(refundAll)
      .thenRejected('trade.cannot_refund_charged_back');
    const over = [adjusted, won].map((event) => ({ ...event, chargebackId: 'du_2' }));
    expect(given(...asked, other, ...over).when(refundAll).decision.kind).toBe('decided');
  });

  it('is still an inquiry where only its fee or its day has changed, also when it is asked again', () => {
    const fee = { ...escalated, withdrawn: usd(0n), fee: usd(100n) };
    given(...asked, fee)
      .when(accept)
      .thenRejected('chargeback.inquiry_not_acceptable');
    const won = [...asked, story.chargebackWon];
    const nextDay = later(story.chargebackOpened.evidenceDueBy ?? '', 86_400);
    const { decision } = given(...won).when(report({ evidenceDueBy: nextDay }));
    if (decision.kind !== 'decided') throw new Error(decision.code);
    given(...won, ...decision.events)
      .when(accept)
      .thenRejected('chargeback.inquiry_not_acceptable');
  });
});
