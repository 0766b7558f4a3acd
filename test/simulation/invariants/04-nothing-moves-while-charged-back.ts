import type { TradelaneEvent } from '../../../events/index.ts';
import { invariant } from './invariant.ts';
import { type EventType, escrowOf } from './support/history.ts';
import { noteClaim, openClaims } from './support/holding.ts';

/** What gives money of a trade away, or promises it. */
const MOVES: ReadonlySet<EventType> = new Set([
  'MilestoneReleased',
  'RefundRequested',
  'RefundValued',
  'DutiesEarmarked',
  'TradeSettled',
  'HoldLimitForced',
] satisfies EventType[]);

/** What answers a bank that only asks. */
const REFUNDS: ReadonlySet<EventType> = new Set([
  'RefundRequested',
  'RefundValued',
] satisfies EventType[]);

/**
 * While the buyer's bank disputes the charge, as far as we know, nothing of the trade is given away. While
 * it only asks, the buyer may be refunded. What the buyer transferred and nobody charged is not of the charge.
 */
export const nothingMovesWhileChargedBack = invariant({
  name: '04-nothing-moves-while-charged-back',
  number: 4,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, sequence, tradeId, events } of world.step.appended) {
      if (!streamId.startsWith('escrow#')) continue;
      const history = escrowOf(world, tradeId);
      const claims = openClaims(history.filter((record) => record.sequence < sequence));
      const uncharged = refundsOfUncharged(history.flatMap((record) => record.events));
      for (const event of events) {
        const isAnswer = claims.charged.size === claims.asking.size && REFUNDS.has(event.type);
        if (claims.charged.size > 0 && moves(event) && !isAnswer && !isOf(uncharged, event)) {
          report(tradeId, `${event.type} while the charge is disputed`);
        }
        noteClaim(claims, event);
      }
    }
  },
});

/** A dispute may end by the chargeback itself, or be taken back; neither gives anything away. */
const moves = (event: TradelaneEvent): boolean =>
  event.type === 'DisputeClosed'
    ? event.outcome !== 'charged_back' && event.outcome !== 'withdrawn'
    : MOVES.has(event.type);

const refundsOfUncharged = (events: readonly TradelaneEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) =>
      event.type === 'RefundRequested' && event.from === 'cash_balance' ? [event.refundId] : [],
    ),
  );

const isOf = (refundIds: ReadonlySet<string>, event: TradelaneEvent): boolean =>
  'refundId' in event && event.refundId !== undefined && refundIds.has(event.refundId);
