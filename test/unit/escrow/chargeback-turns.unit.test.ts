import { contradiction } from '../../../src/escrow/decide-chargeback.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { commands, given, histories } from './escrow-states.ts';
import { again, at, openAt1300, report, taken, told, usd } from './turns.ts';

const { chargebackId, evidenceDueBy = '' } = story.chargebackOpened;
const nextDay = later(evidenceDueBy, 86_400);

describe('A chargeback that was lost and is won on appeal', () => {
  const won = { status: 'won', reinstated: taken } as const;

  it('has its money booked against the loss, though it is lost to the trade', () => {
    const appealed = told(histories.chargeback_lost, { status: 'open' });
    expect(appealed).toEqual(histories.chargeback_lost);
    given(...appealed)
      .when(report(won))
      .thenEvents({ ...story.chargebackAdjusted, isClosed: true });
    expect(openAt1300(told(appealed, won))).toBe(0n);
  });

  it('goes to a person, and is booked once', () => {
    given(...told(histories.chargeback_lost, won))
      .when(report(won))
      .thenRejected('chargeback.already_lost');
  });

  it('is lost to the trade all the same where the appeal takes money, or asks by a later day', () => {
    const more = { withdrawn: usd(1_160_500n), reinstated: taken, evidenceDueBy: nextDay };
    given(...told(histories.chargeback_lost, won))
      .when(report(more))
      .thenEvents({
        ...story.chargebackAdjusted,
        ...{ withdrawn: usd(500n), reinstated: usd(0n), isClosed: true },
      });
  });

  it('is told apart from one whose end we know, or that has none', () => {
    const statuses = ['open', 'won', 'lost'] as const;
    const refused = statuses.flatMap((known) =>
      statuses.flatMap((status) => contradiction({ status: known }, { status })?.code ?? []),
    );
    expect(refused).toEqual(['chargeback.already_won', 'chargeback.already_lost']);
  });

  it('releases nothing and refunds nothing', () => {
    const events = told(histories.chargeback_lost, won);
    given(...events)
      .when(commands.AcceptGoods)
      .thenRejected('trade.cannot_accept_charged_back');
    given(...events)
      .when(commands.RequestRefund)
      .thenRejected('refund.exceeds_left');
  });
});

describe('A chargeback that was won and is open again', () => {
  it('freezes the trade, and what was taken again stands open', () => {
    given(...histories.chargeback_won)
      .when(report({ ...again, needsResponse: false }))
      .thenEvents({
        ...story.chargebackAdjusted,
        ...{ withdrawn: taken, reinstated: usd(0n), reopened: true, isClosed: false },
      });
    const events = told(histories.chargeback_won, again);
    expect(openAt1300(events)).toBe(1_160_000n);
    given(...events)
      .when(commands.AcceptGoods)
      .thenRejected('trade.cannot_accept_charged_back');
  });

  it('is asked about anew, and takes another answer', () => {
    const { chargebackResponseRequested: requested, chargebackAnswered: answered } = story;
    const noticed = [requested, story.chargebackUnanswered, answered];
    const won = [
      ...histories.charged_back,
      ...noticed,
      story.chargebackAdjusted,
      story.chargebackWon,
    ];
    const asked = { ...story.chargebackEvidenceAsked, evidenceDueBy, askedAt: at };
    const { decision } = given(...won).when(report({ ...again, submissions: 1 }));
    expect(decision).toMatchObject({ events: [{ reopened: true }, asked] });
    const events = told(won, { ...again, submissions: 1 });
    const second = { ...commands.RequestResponse, responseId: 'cbr_2' };
    expect(given(...events).when(second).decision).toMatchObject({
      events: [{ type: 'ChargebackResponseRequested', submissionsBefore: 1 }],
    });
    given(...events)
      .when(commands.PassEvidenceNear)
      .thenEvents(story.chargebackEvidenceNear);
  });

  it('is asked about by the same day where nobody had answered, or an answer was on its way', () => {
    const [adjusted, won] = [story.chargebackAdjusted, story.chargebackWon];
    const asked = { type: 'ChargebackEvidenceAsked', evidenceDueBy };
    for (const before of [[], [story.chargebackResponseRequested]]) {
      const history = [...histories.charged_back, ...before, adjusted, won];
      const { decision } = given(...history).when(report(again));
      expect(decision).toMatchObject({ events: [{ reopened: true }, asked] });
      const second = { ...commands.RequestResponse, responseId: 'cbr_2' };
      expect(given(...told(history, again)).when(second).decision.kind).toBe('decided');
    }
    const noticed = [...histories.charged_back, story.chargebackEvidenceNear, adjusted, won];
    given(...told(noticed, { ...again, evidenceDueBy: null }))
      .when(commands.PassEvidenceNear)
      .thenNothing();
  });
});

describe('A chargeback that may be open again', () => {
  it('is so before the money is taken again, where the bank asks by a later day', () => {
    const sums = { reinstated: taken, evidenceDueBy: nextDay } as const;
    expect(given(...histories.chargeback_won).when(report(sums)).decision).toMatchObject({
      events: [
        { reopened: true, withdrawn: usd(0n), reinstated: usd(0n), fee: usd(0n) },
        { type: 'ChargebackEvidenceAsked', evidenceDueBy: nextDay },
      ],
    });
    const { evidenceDueBy: _, ...dayless } = story.chargebackOpened;
    const [adjusted, won] = [story.chargebackAdjusted, story.chargebackWon];
    const history = [...histories.delivered, dayless, adjusted, won];
    expect(given(...history).when(report({ reinstated: taken })).decision).toMatchObject({
      events: [{ reopened: true }, { evidenceDueBy }],
    });
  });

  it('is not by a reading from before it was won', () => {
    for (const older of [
      { reinstated: usd(0n), evidenceDueBy: nextDay },
      { reinstated: taken },
      { reinstated: taken, evidenceDueBy: null },
      { reinstated: taken, evidenceDueBy: nextDay, needsResponse: false },
      { status: 'won', reinstated: taken, evidenceDueBy: nextDay },
    ] as const) {
      given(...histories.chargeback_won)
        .when(report(older))
        .thenNothing();
    }
    given(...histories.chargeback_won)
      .when(report({ status: 'lost', reinstated: taken, evidenceDueBy: nextDay }))
      .thenRejected('chargeback.already_won');
    const more = report({ status: 'won', withdrawn: usd(1_160_500n), reinstated: taken });
    expect(given(...histories.chargeback_won).when(more).decision).toMatchObject({
      events: [{ withdrawn: usd(500n), isClosed: true }],
    });
  });

  it('is none where it never was won', () => {
    const reopened = { ...story.chargebackAdjusted, reopened: true } as const;
    for (const state of ['charged_back', 'chargeback_lost'] as const) {
      const history = [...histories[state], reopened];
      expect(() => given(...history).when(commands.AcceptGoods)).toThrow(
        expect.objectContaining({ code: 'escrow.illegal_history' }),
      );
    }
  });
});

describe('The end of a chargeback that is open again', () => {
  it('is a loss, of what is held', () => {
    const events = told(histories.chargeback_won, again, { ...again, status: 'lost' });
    expect(events.at(-1)).toEqual(story.chargebackLost);
    expect(openAt1300(events)).toBe(0n);
    const atOnce = given(...histories.chargeback_won).when(report({ ...again, status: 'lost' }));
    expect(atOnce.decision).toMatchObject({
      events: [{ reopened: true }, { type: 'ChargebackLost', withdrawn: taken }],
    });
  });

  it('is a debt of a seller who was paid meanwhile', () => {
    const released = [...histories.chargeback_won, story.milestoneReleased];
    const events = told(released, again, { ...again, status: 'lost' });
    expect(events.slice(-2)).toMatchObject([
      { type: 'ChargebackLost', held: usd(0n), released: story.tradeOpened.amount },
      { type: 'SellerDebtIncurred', debtId: chargebackId, tradeId },
    ]);
  });

  it('is no win before its money is back again, and counts from where it was opened last', () => {
    const open = told(histories.chargeback_won, again);
    given(...open)
      .when(report({ ...again, status: 'won' }))
      .thenTooEarly('chargeback.funds_outstanding');
    const back = { ...again, status: 'won', reinstated: usd(2_319_300n) } as const;
    const events = told(open, back);
    expect(events.at(-1)).toMatchObject({ type: 'ChargebackWon', residual: usd(700n) });
    expect(openAt1300(events)).toBe(0n);
    const third = { withdrawn: usd(2_320_100n), reinstated: usd(2_319_300n) };
    const lostAtLast = told(events, third, { ...third, status: 'lost' });
    expect(lostAtLast.at(-1)).toMatchObject({ type: 'ChargebackLost', withdrawn: usd(100n) });
    expect(openAt1300(lostAtLast)).toBe(0n);
  });
});
