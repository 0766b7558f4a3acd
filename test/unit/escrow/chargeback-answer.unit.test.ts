import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { parseDecimal } from '../../../src/money/rational.ts';
import { later, story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { given, histories } from './escrow-states.ts';

const { chargebackOpened: opened, chargebackResponseRequested: requested } = story;
const { chargebackAnswered: answered, chargebackEvidenceNear: near } = story;
const { chargebackId, evidenceDueBy = '' } = opened;
const { responseId } = requested;
const frozen = histories.charged_back;

const request = (changes: object = {}): EscrowCommand => ({
  ...{ type: 'RequestResponse', chargebackId, responseId, response: 'contest' },
  at: requested.requestedAt,
  ...changes,
});

const report = (changes: Parameters<typeof reportedChargeback>[0] = {}): EscrowCommand => ({
  ...{ type: 'RecordChargeback', mid: { rate: parseDecimal('1'), rateDate: null } },
  chargeback: reportedChargeback(changes),
  at: answered.answeredAt,
});

const pass = (deadline: 'evidence_near' | 'evidence_due', at: string): EscrowCommand => ({
  ...{ type: 'PassDeadline', deadline, subjectId: chargebackId, dueAt: at, at },
});

const submitted = { submissions: 1, responseId, needsResponse: false };

describe('An answer to a chargeback', () => {
  it('is an intent with the evidence that the trade holds, and where the words of a person are', () => {
    given(...frozen)
      .when(request({ wordsReference: responseId }))
      .thenEvents(requested);
  });

  it('says that the buyer accepted the goods, and when', () => {
    const release = { ...story.milestoneReleased, rule: 'buyer_accepted' } as const;
    const { decision } = given(...histories.delivered, release, opened).when(request());
    const [event] = decision.kind === 'decided' ? decision.events : [];
    const { statement } = (event as typeof requested).evidence ?? { statement: '' };
    expect(statement).toContain(`Accepted by the buyer at ${release.releasedAt}`);
  });

  it('is given once, however often it is requested', () => {
    given(...frozen, requested)
      .when(request())
      .thenNothing();
    given(...frozen, requested, answered)
      .when(request())
      .thenNothing();
  });

  it.each<[string, readonly EscrowEvent[], EscrowCommand, string]>([
    ['is on its way', [requested], request({ responseId: 'cbr_2' }), 'chargeback.answered'],
    ['was given', [requested, answered], request({ responseId: 'cbr_2' }), 'chargeback.answered'],
    ['comes too late', [], request({ at: evidenceDueBy }), 'chargeback.evidence_late'],
    ['is of no chargeback', [], request({ chargebackId: 'du_other' }), 'chargeback.not_found'],
  ])('that %s is refused', (_what, events, command, code) => {
    const { decision } = given(...frozen, ...events).when(command);
    expect(decision).toMatchObject({ kind: 'rejected', code });
  });

  it('needs no words of a person', () => {
    const { wordsReference: _, ...wordless } = requested;
    given(...frozen)
      .when(request())
      .thenEvents(wordless);
  });

  it('of consent may come late, and holds no evidence', () => {
    const { decision } = given(...frozen).when(request({ response: 'accept', at: evidenceDueBy }));
    const { evidence: _, wordsReference: __, ...consent } = requested;
    expect(decision).toEqual({
      kind: 'decided',
      events: [{ ...consent, response: 'accept', requestedAt: evidenceDueBy }],
    });
  });

  it.each(['chargeback_won', 'chargeback_lost'] as const)('to a %s is refused', (state) => {
    const code = `chargeback.cannot_answer_${state.slice('chargeback_'.length)}`;
    const { decision } = given(...histories[state]).when(request());
    expect(decision).toMatchObject({ kind: 'rejected', code });
  });
});

describe('What the provider says of an answer', () => {
  it('records ours once, by its id', () => {
    given(...frozen, requested)
      .when(report(submitted))
      .thenEvents(answered);
    given(...frozen, requested, answered)
      .when(report(submitted))
      .thenNothing();
  });

  it('records one that was given by hand, which ours comes too late for', () => {
    const { responseId: _, ...byHand } = answered;
    given(...frozen, requested)
      .when(report({ ...submitted, responseId: null }))
      .thenEvents(byHand);
  });

  it('takes nothing back where it is an older reading', () => {
    given(...frozen, requested, answered)
      .when(report({ submissions: 0, needsResponse: true, evidenceDueBy: opened.openedAt }))
      .thenNothing();
  });

  it('records consent with the loss', () => {
    const consent = { ...requested, response: 'accept' } as const;
    const { decision } = given(...frozen, consent).when(report({ status: 'lost' }));
    expect(decision).toMatchObject({
      events: [
        { type: 'ChargebackAnswered', responseId, response: 'accept', submissions: 0 },
        { type: 'ChargebackLost', held: story.tradeOpened.amount },
      ],
    });
  });

  it('asks anew where an inquiry that was answered has become a chargeback', () => {
    const again = report({ ...submitted, needsResponse: true });
    const { decision } = given(...frozen, requested, answered).when(again);
    expect(decision).toMatchObject({ events: [{ type: 'ChargebackEvidenceAsked' }] });
    const asked = [...frozen, requested, answered, story.chargebackEvidenceAsked];
    given(...asked)
      .when(report({ ...submitted, needsResponse: true, evidenceDueBy: null }))
      .thenNothing();
    const second = given(...asked).when(request({ responseId: 'cbr_2' }));
    expect(second.decision).toMatchObject({ events: [{ submissionsBefore: 1 }] });
  });
});

describe('A reading of an answer', () => {
  it('records by whom it is: ours by its id, all others by none', () => {
    const { responseId: _, ...byHand } = answered;
    given(...frozen, byHand)
      .when(report({ ...submitted, submissions: 2, responseId: null }))
      .thenEvents({ ...byHand, submissions: 2 });
    given(...frozen, requested)
      .when(report({ ...submitted, responseId: 'cbr_other' }))
      .thenEvents(byHand);
  });

  it('is nothing where it is lost unanswered, or consent has not arrived', () => {
    const lost = report({ status: 'lost', evidenceDueBy: later(evidenceDueBy, 1) });
    for (const history of [frozen, [...frozen, requested]]) {
      expect(given(...history).when(lost).decision).toMatchObject({
        events: [{ type: 'ChargebackLost' }],
      });
    }
    given(...frozen, { ...requested, response: 'accept' })
      .when(report())
      .thenNothing();
  });

  it('is nothing any more where the chargeback is over', () => {
    const { reinstated } = story.chargebackAdjusted;
    given(...histories.chargeback_won)
      .when(report({ ...submitted, status: 'won', reinstated }))
      .thenNothing();
  });

  it('asks anew without a day where the provider names none', () => {
    const { evidenceDueBy: _, ...asked } = story.chargebackEvidenceAsked;
    given(...frozen, requested, answered)
      .when(report({ ...submitted, needsResponse: true, evidenceDueBy: null }))
      .thenEvents({ ...asked, askedAt: answered.answeredAt });
  });

  it('names the first day where there was none', () => {
    const { evidenceDueBy: _, ...open } = opened;
    const history = [...histories.delivered, open];
    given(...history)
      .when(report())
      .thenEvents({
        ...story.chargebackEvidenceAsked,
        evidenceDueBy,
        askedAt: answered.answeredAt,
      });
    for (const deadline of ['evidence_near', 'evidence_due'] as const) {
      given(...history)
        .when(pass(deadline, evidenceDueBy))
        .thenNothing();
    }
  });

  it('moves the day where the provider has', () => {
    const { evidenceDueBy: moved } = story.chargebackEvidenceAsked;
    const { decision } = given(...frozen).when(report({ evidenceDueBy: moved ?? null }));
    expect(decision).toMatchObject({
      events: [{ type: 'ChargebackEvidenceAsked', evidenceDueBy: moved }],
    });
  });
});

describe('A chargeback that nobody answers', () => {
  const beforeNear = later(near.noticedAt, -1);

  it('is told of three days before its day, once', () => {
    given(...frozen)
      .when(pass('evidence_near', near.noticedAt))
      .thenEvents(near);
    given(...frozen, near)
      .when(pass('evidence_near', near.noticedAt))
      .thenNothing();
    given(...frozen)
      .when(pass('evidence_near', beforeNear))
      .thenNothing();
  });

  it('is consent once its day has passed; no money moves by it', () => {
    const { missedAt } = story.chargebackUnanswered;
    given(...frozen, near)
      .when(pass('evidence_due', missedAt))
      .thenEvents(story.chargebackUnanswered);
    given(...frozen, near, story.chargebackUnanswered)
      .when(pass('evidence_due', missedAt))
      .thenNothing();
  });

  it('is still unanswered while an answer has not reached the provider', () => {
    given(...frozen, requested)
      .when(pass('evidence_near', near.noticedAt))
      .thenEvents(near);
  });

  it('is no more, once it is answered or over', () => {
    const { missedAt } = story.chargebackUnanswered;
    for (const history of [[...frozen, requested, answered], histories.chargeback_lost]) {
      for (const deadline of ['evidence_near', 'evidence_due'] as const) {
        given(...history)
          .when(pass(deadline, missedAt))
          .thenNothing();
      }
    }
  });

  it('has its new day counted where the provider asks anew', () => {
    const asked = [...frozen, near, story.chargebackEvidenceAsked];
    given(...asked)
      .when(pass('evidence_due', story.chargebackUnanswered.missedAt))
      .thenNothing();
    const due = story.chargebackEvidenceAsked.evidenceDueBy ?? '';
    const { decision } = given(...asked).when(pass('evidence_due', due));
    expect(decision).toMatchObject({ events: [{ type: 'ChargebackUnanswered' }] });
  });
});

describe('A chargeback heard of late', () => {
  it('is opened together with the answer that it has', () => {
    const { decision } = given(...histories.delivered).when(
      report({ ...submitted, reinstated: money('USD', 0n) }),
    );
    expect(decision).toMatchObject({
      events: [{ type: 'ChargebackOpened' }, { type: 'ChargebackAnswered', submissions: 1 }],
    });
  });
});
