import { story } from '../../support/builders.ts';
import { histories } from './escrow-states.ts';
import { type Case, isRefused, stateAfter } from './illegal.ts';

const frozen = histories.charged_back;
const {
  chargebackResponseRequested: requested,
  chargebackAnswered: answered,
  chargebackEvidenceAsked: asked,
  chargebackEvidenceNear: near,
  chargebackUnanswered: missed,
} = story;
const answerAfter = (...events: Parameters<typeof stateAfter>[0]) =>
  stateAfter([...frozen, ...events]).chargebacks[0];

describe('The answers of a history', () => {
  it.each<Case>([
    ['requested beside another one', [...frozen, requested], { ...requested, responseId: 'cbr_2' }],
    ['missed of nearly twice', [...frozen, near], near],
    ['missed twice', [...frozen, missed], missed],
    ['nearly missed once they are missed', [...frozen, missed], near],
  ])('are never %s', isRefused);

  it('keep what was said, where it is ours that the provider has', () => {
    const { responseId, response, evidence, wordsReference } = requested;
    const ours = { responseId, response, evidence, wordsReference };
    expect(answerAfter(requested)?.answer).toEqual({ ...ours, status: 'requested' });
    expect(answerAfter(requested, answered)).toMatchObject({
      submissions: answered.submissions,
      answer: { ...ours, status: 'made' },
    });
  });

  it('know nothing of what was said by hand', () => {
    const { responseId: _, ...byHand } = answered;
    expect(answerAfter(requested, byHand)?.answer).toEqual({
      ...{ responseId: null, response: 'contest', evidence: null, wordsReference: null },
      status: 'made',
    });
  });

  it('are asked for anew where one was given, and stand while they are on their way', () => {
    expect(answerAfter(near, requested, answered, asked)).toMatchObject({
      ...{ answer: null, noticed: null, evidenceDueBy: asked.evidenceDueBy },
    });
    expect(answerAfter(requested, asked)?.answer).toMatchObject({ status: 'requested' });
    const { evidenceDueBy: _, ...dayless } = asked;
    expect(answerAfter(dayless)?.evidenceDueBy).toBe(story.chargebackOpened.evidenceDueBy);
  });

  it('are noticed as missing', () => {
    expect(answerAfter()?.noticed).toBeNull();
    expect(answerAfter(near)?.noticed).toBe('near');
    expect(answerAfter(near, missed)?.noticed).toBe('missed');
  });
});
