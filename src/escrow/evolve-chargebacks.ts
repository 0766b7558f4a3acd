import type { EscrowEvent } from '../../events/index.ts';
import { add, zero } from '../money/money.ts';
import { disputedPart } from './disputed-part.ts';
import { isCovered, returnable } from './evolve-refunds.ts';
import { expectLegal } from './legal.ts';
import type { Chargeback, FundedState } from './state.ts';

type AnswerEvent = Extract<
  EscrowEvent,
  {
    type:
      | 'ChargebackResponseRequested'
      | 'ChargebackAnswered'
      | 'ChargebackEvidenceAsked'
      | 'ChargebackEvidenceNear'
      | 'ChargebackUnanswered';
  }
>;

export type ChargebackEvent =
  | AnswerEvent
  | Extract<
      EscrowEvent,
      { type: 'ChargebackOpened' | 'ChargebackAdjusted' | 'ChargebackWon' | 'ChargebackLost' }
    >;

/** The chargebacks of a trade after one of their events. */
export function evolveChargebacks(
  state: FundedState,
  event: ChargebackEvent,
): readonly Chargeback[] {
  const { chargebacks } = state;
  const before = chargebacks.find(({ chargebackId }) => chargebackId === event.chargebackId);
  if (event.type === 'ChargebackOpened') {
    expectLegal(before === undefined, event, state);
    const { chargebackId, amount, withdrawn, fee, evidenceDueBy = null, inquiry = false } = event;
    const reinstated = zero(withdrawn.currency);
    const opened = { chargebackId, amount, withdrawn, reinstated, fee, evidenceDueBy };
    const unanswered = { submissions: 0, answer: null, noticed: null };
    const isInquiry = inquiry && withdrawn.amountMinor === 0n;
    return [...chargebacks, { ...opened, ...unanswered, isInquiry, status: 'open', taken: null }];
  }
  expectLegal(before !== undefined, event, state);
  return chargebacks.map((each) => (each === before ? after(each, event, state) : each));
}

function after(
  chargeback: Chargeback,
  event: Exclude<ChargebackEvent, { type: 'ChargebackOpened' }>,
  state: FundedState,
): Chargeback {
  switch (event.type) {
    case 'ChargebackAdjusted': {
      const before = event.reopened === true ? reopened(chargeback, event, state) : chargeback;
      expectLegal(event.isClosed === (before.status !== 'open'), event, state);
      return {
        ...before,
        isInquiry: isInquiryAfter(before, event),
        withdrawn: add(chargeback.withdrawn, event.withdrawn),
        reinstated: add(chargeback.reinstated, event.reinstated),
        fee: add(chargeback.fee, event.fee),
      };
    }
    case 'ChargebackWon':
      expectLegal(chargeback.status === 'open', event, state);
      return { ...chargeback, status: 'won' };
    case 'ChargebackLost': {
      const { covered, parts, spread, unapplied } = event;
      const isLegal =
        isCovered(state, { amount: covered, parts }) &&
        (unapplied?.amount.amountMinor ?? 0n) <= returnable(state).amountMinor;
      expectLegal(chargeback.status === 'open' && isLegal, event, state);
      return {
        ...chargeback,
        status: 'lost',
        taken: {
          ...{ covered, parts, spread, disputed: disputedPart(state.payment, chargeback) },
          ...(unapplied === undefined ? {} : { unapplied: unapplied.amount }),
        },
      };
    }
    default:
      expectLegal(chargeback.status === 'open', event, state);
      return answered(chargeback, event, state);
  }
}

/** Whether the bank still only asks: as long as it has taken nothing, and what it was opened as before that was told. */
const isInquiryAfter = (
  { isInquiry, withdrawn: before }: Chargeback,
  { withdrawn, inquiry }: Extract<ChargebackEvent, { type: 'ChargebackAdjusted' }>,
): boolean =>
  withdrawn.amountMinor === 0n && (isInquiry || (inquiry === true && before.amountMinor === 0n));

/** It was won, and is open again: the question is a new one, and what was booked until then is over. */
function reopened(
  { earlier, withdrawn, reinstated, ...chargeback }: Chargeback,
  event: ChargebackEvent,
  state: FundedState,
): Chargeback {
  expectLegal(chargeback.status === 'won', event, state);
  const ends = (earlier?.ends ?? 0) + 1;
  return {
    ...chargeback,
    ...{ withdrawn, reinstated, status: 'open', earlier: { ends, withdrawn, reinstated } },
    ...{ evidenceDueBy: null, answer: null, noticed: null },
  };
}

/** How often chargebacks of a trade have ended, whatever became of them. */
export const endsOf = (chargebacks: readonly Chargeback[]): number =>
  chargebacks.reduce(
    (ends, { status, earlier }) => ends + (earlier?.ends ?? 0) + (status === 'open' ? 0 : 1),
    0,
  );

/** What we say to the bank, and what was noticed of our not saying it. */
function answered(chargeback: Chargeback, event: AnswerEvent, state: FundedState): Chargeback {
  switch (event.type) {
    case 'ChargebackResponseRequested': {
      expectLegal(chargeback.answer === null, event, state);
      const { responseId, response, evidence = null, wordsReference = null } = event;
      const answer = { responseId, response, evidence, wordsReference } as const;
      return { ...chargeback, answer: { ...answer, status: 'requested' } };
    }
    case 'ChargebackAnswered': {
      const { responseId = null, response, submissions } = event;
      const known = chargeback.answer?.responseId === responseId ? chargeback.answer : null;
      const { evidence, wordsReference } = known ?? { evidence: null, wordsReference: null };
      const answer = { responseId, response, evidence, wordsReference, status: 'made' } as const;
      return { ...chargeback, submissions, answer };
    }
    case 'ChargebackEvidenceAsked': {
      const { answer, evidenceDueBy } = chargeback;
      return {
        ...chargeback,
        evidenceDueBy: event.evidenceDueBy ?? evidenceDueBy,
        // An answer that is on its way is one to the new question too.
        answer: answer?.status === 'made' ? null : answer,
        noticed: null,
      };
    }
    case 'ChargebackEvidenceNear':
      expectLegal(chargeback.noticed === null, event, state);
      return { ...chargeback, noticed: 'near' };
    case 'ChargebackUnanswered':
      expectLegal(chargeback.noticed !== 'missed', event, state);
      return { ...chargeback, noticed: 'missed' };
  }
}
