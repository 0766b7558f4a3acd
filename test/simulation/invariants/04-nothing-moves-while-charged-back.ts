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

/** While the buyer's bank disputes the charge, as far as we know, nothing of the trade is given away. */
export const nothingMovesWhileChargedBack = invariant({
  name: '04-nothing-moves-while-charged-back',
  number: 4,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, sequence, tradeId, events } of world.step.appended) {
      if (!streamId.startsWith('escrow#')) continue;
      const claims = openClaims(
        escrowOf(world, tradeId).filter((record) => record.sequence < sequence),
      );
      for (const event of events) {
        if (claims.charged.size > 0 && moves(event)) {
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
