import type { EscrowEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import { heldEvidence } from './chargeback-evidence.ts';
import type { CommandOf } from './commands.ts';
import type { ProviderChargeback } from './ports.ts';
import { type Chargeback, type EscrowState, isFunded } from './state.ts';
import { evidenceNearAt } from './timetable.ts';

/**
 * The intent to contest a chargeback or to accept it. A bank hears one answer to one question, so a
 * second one is refused while the first stands; the same request again is the same answer.
 */
export function requestResponse(
  { chargebackId, responseId, response, wordsReference, at }: CommandOf<'RequestResponse'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const chargeback = isFunded(state) ? find(state.chargebacks, chargebackId) : undefined;
  if (!isFunded(state) || chargeback === undefined) {
    return rejected('chargeback.not_found', 'There is no such chargeback of this trade.');
  }
  if (chargeback.answer?.responseId === responseId) return nothing;
  const { status, answer, evidenceDueBy, submissions, isInquiry } = chargeback;
  if (status !== 'open') {
    return rejected(`chargeback.cannot_answer_${status}`, `The chargeback is ${status} already.`);
  }
  if (answer !== null) {
    return rejected('chargeback.answered', 'The bank has an answer, or one is on its way.');
  }
  if (response === 'accept' && isInquiry) {
    const detail = 'To close an inquiry gives the buyer nothing: refund the buyer instead.';
    return rejected('chargeback.inquiry_not_acceptable', detail);
  }
  if (
    response === 'contest' &&
    // Stryker disable next-line ConditionalExpression: no instant is at or after null
    evidenceDueBy !== null &&
    at >= evidenceDueBy
  ) {
    return rejected('chargeback.evidence_late', `Evidence counted until ${evidenceDueBy}.`);
  }
  return decided({
    type: 'ChargebackResponseRequested',
    version: 1,
    tradeId: state.terms.tradeId,
    ...{ chargebackId, responseId, response },
    ...(response === 'contest' ? { evidence: heldEvidence(state) } : {}),
    ...(wordsReference === undefined ? {} : { wordsReference }),
    submissionsBefore: submissions,
    requestedAt: at,
  });
}

const find = (chargebacks: readonly Chargeback[], id: string): Chargeback | undefined =>
  chargebacks.find(({ chargebackId }) => chargebackId === id);

/**
 * What a reading of the provider says of our answer: that it is there, whoever gave it, or that it is
 * asked for anew. Evidence is only ever handed in once more, so a smaller number is an older reading.
 */
export function answerSeen(
  chargeback: Chargeback,
  reported: ProviderChargeback,
  { tradeId, at }: { readonly tradeId: string; readonly at: string },
): readonly EscrowEvent[] {
  const { chargebackId, answer, status } = chargeback;
  if (status !== 'open') return [];
  const body = { version: 1, tradeId, chargebackId } as const;
  if (reported.submissions > chargeback.submissions) {
    const { submissions, responseId } = reported;
    const isOurs = responseId !== null && responseId === answer?.responseId;
    const ours = isOurs ? { responseId } : {};
    return [
      {
        ...{ type: 'ChargebackAnswered', ...body, ...ours, response: 'contest' },
        ...{ submissions, answeredAt: at },
      },
    ];
  }
  if (answer?.status === 'requested' && answer.response === 'accept') {
    return reported.status === 'lost' ? [accepted(chargeback, answer.responseId, body, at)] : [];
  }
  return isAskedAnew(chargeback, reported)
    ? [
        {
          ...{ type: 'ChargebackEvidenceAsked', ...body },
          ...(reported.evidenceDueBy === null ? {} : { evidenceDueBy: reported.evidenceDueBy }),
          askedAt: at,
        },
      ]
    : [];
}

const accepted = (
  { submissions }: Chargeback,
  responseId: string | null,
  body: { readonly version: 1; readonly tradeId: string; readonly chargebackId: string },
  at: string,
): EscrowEvent => ({
  ...{ type: 'ChargebackAnswered', ...body, response: 'accept', submissions, answeredAt: at },
  // Stryker disable next-line ConditionalExpression: an answer that is on its way is ours, and has an id
  ...(responseId === null ? {} : { responseId }),
});

function isAskedAnew(
  { answer, evidenceDueBy, submissions }: Chargeback,
  reported: ProviderChargeback,
): boolean {
  if (reported.status !== 'open' || !reported.needsResponse) return false;
  const isLater =
    // Stryker disable next-line ConditionalExpression: null is after no instant
    reported.evidenceDueBy !== null && reported.evidenceDueBy > (evidenceDueBy ?? '');
  const isAgain = answer?.status === 'made' && reported.submissions === submissions;
  return isLater || isAgain;
}

/** A chargeback without an answer whose day comes near, or has passed. */
export function passEvidenceDeadline(
  { deadline, subjectId, at }: CommandOf<'PassDeadline'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const chargeback = isFunded(state) ? find(state.chargebacks, subjectId) : undefined;
  if (!isFunded(state) || chargeback === undefined) return nothing;
  const { chargebackId, status, answer, evidenceDueBy, noticed } = chargeback;
  if (status !== 'open' || answer?.status === 'made' || evidenceDueBy === null) return nothing;
  const body = { version: 1, tradeId: state.terms.tradeId, chargebackId, evidenceDueBy } as const;
  if (deadline === 'evidence_due') {
    return at < evidenceDueBy || noticed === 'missed'
      ? nothing
      : decided({ type: 'ChargebackUnanswered', ...body, missedAt: at });
  }
  return at < evidenceNearAt(evidenceDueBy) || noticed !== null
    ? nothing
    : decided({ type: 'ChargebackEvidenceNear', ...body, noticedAt: at });
}
