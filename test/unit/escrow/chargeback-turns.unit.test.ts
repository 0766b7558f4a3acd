import type { EscrowEvent } from '../../../events/index.ts';
import { contradiction } from '../../../src/escrow/decide-chargeback.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { endsOf } from '../../../src/escrow/evolve-chargebacks.ts';
import { isFunded } from '../../../src/escrow/state.ts';
import { balancesOf } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, given, histories } from './escrow-states.ts';

/** A bank that turns: what was lost is won after all, what was won is asked for again. */
const usd = (minor: bigint) => money('USD', minor);
const { chargebackId, evidenceDueBy = '' } = story.chargebackOpened;
const at = story.chargebackWon.closedAt;
const taken = usd(1_160_000n);
const nextDay = later(evidenceDueBy, 86_400);
const report = (changes: Parameters<typeof reportedChargeback>[0]) =>
  ({ ...commands.RecordChargeback, chargeback: reportedChargeback(changes), at }) as const;

/** The events of a history and of all that is reported after it. */
function told(
  history: readonly EscrowEvent[],
  ...changes: readonly Parameters<typeof reportedChargeback>[0][]
): readonly EscrowEvent[] {
  const events = [...history];
  for (const change of changes) {
    const { decision } = given(...events).when(report(change));
    if (decision.kind !== 'decided') throw new Error(decision.code);
    events.push(...decision.events);
  }
  return events;
}

const openAt1300 = (events: readonly EscrowEvent[]): bigint =>
  balancesOf(events.flatMap(journalize))
    .filter(({ account }) => account === '1300')
    .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n);

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

const again = { withdrawn: usd(2_320_000n), reinstated: taken } as const;

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

describe('A chargeback of which two turns are told together', () => {
  const won = { ...again, status: 'won' } as const;

  it('is no win while what was taken the second time is not back', () => {
    const open = told(histories.charged_back, { ...again, reinstated: usd(1_140_000n) });
    for (const reinstated of [usd(1_140_000n), taken, usd(1_180_000n)]) {
      const { decision } = given(...open).when(report({ ...won, reinstated }));
      const events = decision.kind === 'decided' ? decision.events : [];
      expect(events.map(({ type }) => type)).not.toContain('ChargebackWon');
    }
    given(...open)
      .when(report({ ...won, reinstated: usd(1_140_000n) }))
      .thenTooEarly('chargeback.funds_outstanding');
    const events = told(open, { ...won, reinstated: usd(2_300_000n) });
    expect(events.at(-1)).toMatchObject({ type: 'ChargebackWon', residual: usd(20_000n) });
    expect(openAt1300(events)).toBe(0n);
  });

  const opened = (amount: Money, withdrawn: Money) => [
    ...histories.charged_back.slice(0, -1),
    { ...story.chargebackOpened, amount, withdrawn },
  ];

  it.each([
    { back: 115_999n, type: 'ChargebackAdjusted' },
    { back: 116_000n, type: 'ChargebackAdjusted' },
    { back: 116_001n, type: 'ChargebackWon' },
  ])('is one where more than a tenth is back: $back', ({ back, type }) => {
    const events = told(opened(taken, taken), { status: 'won', reinstated: usd(back) });
    expect(events.at(-1)?.type).toBe(type);
  });

  it.each([
    { what: 'half of the charge', amount: money('EUR', 512_337n) },
    { what: 'so much in what it settled in', amount: usd(577_919n) },
  ])('is of what is disputed: $what', ({ amount }) => {
    const once = 577_919n;
    const history = opened(amount, usd(2n * once));
    const typeOf = (reinstated: bigint) =>
      told(history, {
        ...{ amount, withdrawn: usd(2n * once), status: 'won' },
        reinstated: usd(reinstated),
      }).at(-1)?.type;
    expect(typeOf(once)).toBe('ChargebackAdjusted');
    // Nine tenths of once are 520,127.1.
    expect(typeOf(once + 57_791n)).toBe('ChargebackAdjusted');
    expect(typeOf(once + 57_792n)).toBe('ChargebackWon');
  });

  it('is a win as soon as something is back where the amounts can not be compared', () => {
    const history = opened(money('GBP', 900_000n), taken);
    given(...history)
      .when(report({ status: 'won' }))
      .thenTooEarly('chargeback.funds_outstanding');
    const events = told(history, {
      status: 'won',
      reinstated: usd(1n),
    });
    expect(events.at(-1)?.type).toBe('ChargebackWon');
  });
});

describe('How often chargebacks of a trade have ended', () => {
  it('counts each time that one was won', () => {
    const ends = (...events: readonly EscrowEvent[]) => {
      const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
      return isFunded(state) ? endsOf(state.chargebacks) : null;
    };
    const open = told(histories.chargeback_won, again);
    const won = { ...again, status: 'won', reinstated: again.withdrawn } as const;
    const third = { ...again, withdrawn: usd(2_320_100n), reinstated: again.withdrawn };
    expect(ends(...histories.charged_back)).toBe(0);
    expect(ends(...open)).toBe(1);
    expect(ends(...told(open, won))).toBe(2);
    expect(ends(...told(open, won, third))).toBe(2);
  });
});
