import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { Money } from '../../../src/money/money.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { floorShare, isSame, shown } from './support/arithmetic.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';

const FX_POSITION = '1400';

/**
 * The platform's fee is the agreed share of a milestone, rounded down, and never negative; the rest
 * is the seller's. No entry spans two currencies without passing through the exchange position.
 */
export const feesAndCurrencies = invariant({
  name: '07-fees-and-currencies',
  number: 7,
  when: 'step',
  find: (world, report) => {
    for (const { events, journal, tradeId } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'MilestoneReleased') checkFee(world, event, report);
      }
      for (const { kind, legs } of journal) {
        const currencies = new Set(legs.map(({ currency }) => currency));
        const crossed = legs.filter(({ account }) => account === FX_POSITION);
        const met = new Set(crossed.map(({ currency }) => currency));
        if (currencies.size > 1 && met.size !== currencies.size) {
          report(tradeId, `${kind} joins currencies outside the exchange position`);
        }
      }
    }
  },
});

function checkFee(world: World, release: EventOf<'MilestoneReleased'>, report: Report): void {
  const { tradeId, milestoneId, amount, fee, net } = release;
  const terms = firstOf(escrowOf(world, tradeId), 'TradeOpened');
  const part = terms?.milestones.find((milestone) => milestone.milestoneId === milestoneId);
  if (terms === undefined || part === undefined) {
    report(tradeId, `${milestoneId} is not a milestone of the trade`);
    return;
  }
  const taken = takenOf(escrowOf(world, tradeId), milestoneId);
  const left = { ...part.amount, amountMinor: part.amount.amountMinor - taken };
  if (!isSame(left, amount)) report(tradeId, `released ${shown(amount)} of ${milestoneId}`);
  if (terms.feeBasisPoints !== world.settings.feeBasisPoints) {
    report(tradeId, `agreed on ${terms.feeBasisPoints} basis points`);
  }
  const due = floorShare(amount.amountMinor, terms.feeBasisPoints);
  if (fee.amountMinor !== due || fee.amountMinor < 0n) {
    report(tradeId, `a fee of ${shown(fee)} where ${due} is due`);
  }
  if (net.amountMinor !== amount.amountMinor - due) {
    report(tradeId, `${shown(net)} for the seller of ${shown(amount)} less ${due}`);
  }
}

/** What refunds that stand, lost chargebacks and duties took of a milestone while it was held. */
function takenOf(records: readonly TradelaneRecord[], milestoneId: string): bigint {
  const canceled = new Set(eventsOf(records, 'RefundCanceled').map(({ refundId }) => refundId));
  const taken = [
    ...eventsOf(records, 'RefundRequested').filter(({ refundId }) => !canceled.has(refundId)),
    ...eventsOf(records, 'ChargebackLost'),
    ...eventsOf(records, 'DutiesEarmarked'),
  ];
  return heldOf(taken, milestoneId) - heldOf(eventsOf(records, 'DutiesReleased'), milestoneId);
}

type WithParts = {
  readonly parts: readonly { readonly milestoneId: string; readonly held: Money }[];
};

const heldOf = (events: readonly WithParts[], milestoneId: string): bigint =>
  events
    .flatMap(({ parts }) => parts)
    .filter((part) => part.milestoneId === milestoneId)
    .reduce((sum, { held }) => sum + held.amountMinor, 0n);
