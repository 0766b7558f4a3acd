import type { EscrowEvent } from '../../events/index.ts';
import { openMilestones } from '../escrow/holdings.ts';
import { type Chargeback, type Dispute, type FundedState, isFunded } from '../escrow/state.ts';
import { holdPartAt } from '../escrow/timetable.ts';
import { sum } from '../money/money.ts';
import { tradeSuffixOf } from '../platform/ids.ts';
import type { EscrowHistory } from './escrow-history.ts';
import type { Case } from './finance-views.ts';

type Common = Pick<Case, 'tradeId' | 'marketplaceId' | 'reference' | 'version'>;

/**
 * What of a trade must be answered or decided in time, after all records of its stream: each dispute
 * and chargeback it ever had, and, from the first of them or the warning on, the limit of holding its
 * money. None of them is ever left out again; what is over is closed.
 */
export function casesOf({ records, state }: EscrowHistory): readonly Case[] {
  const last = records.at(-1);
  if (last === undefined || !isFunded(state)) return [];
  const { reference } = state.terms;
  const common: Common = {
    ...{ tradeId: last.tradeId, marketplaceId: last.marketplaceId, version: last.sequence },
    ...(reference === undefined ? {} : { reference }),
  };
  const events = records.flatMap((record) => record.events);
  return [
    ...state.disputes.map((dispute) => ({ ...common, ...disputeCase(state, dispute, events) })),
    ...state.chargebacks.map((one) => ({ ...common, ...chargebackCase(one, events) })),
    ...holdCases(state).map((one) => ({ ...common, ...one })),
  ];
}

type Own = Omit<Case, keyof Common>;

function disputeCase(
  { terms }: FundedState,
  { disputeId, milestoneIds, stage, reason, escalatableAt, escalatesAt, decideBy }: Dispute,
  events: readonly EscrowEvent[],
): Own {
  const disputed = terms.milestones.filter(({ milestoneId }) => milestoneIds.includes(milestoneId));
  const amounts = disputed.map(({ amount }) => amount);
  const own = events.filter((event) => 'disputeId' in event && event.disputeId === disputeId);
  const { openedAt } = begun(own.find((event) => event.type === 'DisputeOpened'));
  const closed = own.find((event) => event.type === 'DisputeClosed');
  return {
    ...{ caseId: disputeId, kind: 'dispute', stage, reason },
    amount: sum(terms.amount.currency, amounts),
    openedAt,
    ...(stage === 'negotiating' ? { respondBy: escalatableAt } : {}),
    ...(closed === undefined ? open : closedAt(closed.closedAt)),
    deadline: disputeDeadline({ stage, escalatesAt, decideBy }),
  };
}

/** What is in a trade's state was begun by an event of its stream. */
function begun<T>(opening: T | undefined): T {
  if (opening !== undefined) return opening;
  throw new TypeError('A case stands in the state that no event began.');
}

const open = { status: 'open' } as const;
const closedAt = (at: string) => ({ status: 'closed', closedAt: at }) as const;

function disputeDeadline({
  stage,
  escalatesAt,
  decideBy,
}: Pick<Dispute, 'stage' | 'escalatesAt' | 'decideBy'>): Case['deadline'] {
  if (stage === 'negotiating') return { kind: 'escalation', dueAt: escalatesAt };
  return stage === 'escalated' && decideBy !== null ? { kind: 'decision', dueAt: decideBy } : null;
}

/** Once it is answered, the buyer's bank decides, and says no day for it. */
function chargebackCase(
  { chargebackId, status, amount, evidenceDueBy, answer }: Chargeback,
  events: readonly EscrowEvent[],
): Own {
  const own = events.filter(
    (event) => 'chargebackId' in event && event.chargebackId === chargebackId,
  );
  const { openedAt, reason } = begun(own.find((event) => event.type === 'ChargebackOpened'));
  const ended = own.findLast(
    (event) => event.type === 'ChargebackWon' || event.type === 'ChargebackLost',
  );
  const isAsked = status === 'open' && answer === null && evidenceDueBy !== null;
  const waiting = answer === null ? 'unanswered' : 'answered';
  return {
    ...{ caseId: chargebackId, kind: 'chargeback', amount },
    stage: status === 'open' ? waiting : status,
    ...{ reason, openedAt },
    ...(ended === undefined || status === 'open' ? open : closedAt(ended.closedAt)),
    deadline: isAsked ? { kind: 'evidence', dueAt: evidenceDueBy } : null,
  };
}

/** A limit is no case of its own before something holds the money up or its warning has come. */
function holdCases(state: FundedState): readonly Own[] {
  const { terms, payment, disputes, chargebacks, holdWarned } = state;
  const isWatched = holdWarned || disputes.length > 0 || chargebacks.length > 0;
  if (terms.holdLimitSeconds === undefined || !isWatched) return [];
  const held = openMilestones(state).map(({ remaining }) => remaining);
  const part = holdWarned ? 'forced' : 'warning';
  const isOver = held.length === 0;
  return [
    {
      ...{ caseId: `hold_${tradeSuffixOf(terms.tradeId)}`, kind: 'hold' },
      status: isOver ? 'closed' : 'open',
      stage: isOver ? 'closed' : part,
      amount: sum(terms.amount.currency, held),
      openedAt: payment.capturedAt,
      deadline: isOver ? null : { kind: `hold_${part}`, dueAt: holdPartAt(terms, payment, part) },
    },
  ];
}
