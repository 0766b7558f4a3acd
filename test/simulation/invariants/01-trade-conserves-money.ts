import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { Money } from '../../../src/money/money.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { scopedBalance } from './support/balances.ts';
import { escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * What was captured for a trade is held, released, taken as a fee, set aside for duties or on its way back to the buyer, to
 * the minor unit: in the buyer's currency until it is converted, in the trade's from then on. No more
 * goes back than came.
 */
export const tradeConservesMoney = invariant({
  name: '01-trade-conserves-money',
  number: 1,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId, events, journal } of world.step.appended) {
      if (!streamId.startsWith('escrow#')) continue;
      for (const event of events) {
        if (event.type === 'TradeOpened') checkMilestones(event, report);
      }
      if (journal.length > 0) checkTrade(world, tradeId, report);
    }
  },
});

type Opening = {
  readonly tradeId: string;
  readonly amount: { readonly amountMinor: bigint };
  readonly milestones: readonly { readonly amount: { readonly amountMinor: bigint } }[];
};

function checkMilestones({ tradeId, amount, milestones }: Opening, report: Report): void {
  const total = milestones.reduce((sum, part) => sum + part.amount.amountMinor, 0n);
  if (total !== amount.amountMinor) {
    report(tradeId, `milestones sum to ${total}, the trade to ${amount.amountMinor}`);
  }
}

function checkTrade(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const funded = firstOf(records, 'EscrowFunded');
  if (funded === undefined) {
    report(tradeId, 'money is booked for a trade that was never funded');
    return;
  }
  const { received } = funded;
  const conversion = firstOf(records, 'FundsConverted');
  const clearing = -scopedBalance(records, {
    account: '2000',
    scope: tradeId,
    currency: received.currency,
  });
  const applied = conversion?.received.amountMinor ?? 0n;
  if (clearing + applied !== received.amountMinor) {
    report(
      tradeId,
      `captured ${received.amountMinor}, cleared ${applied}, uncleared ${clearing} ${received.currency}`,
    );
  }
  if (conversion === undefined) return;
  const { currency, amountMinor } = conversion.converted;
  const held = -scopedBalance(records, { account: '2100', scope: tradeId, currency });
  const releases = eventsOf(records, 'MilestoneReleased');
  const released = releases.reduce((sum, { net }) => sum + net.amountMinor, 0n);
  const fees = releases.reduce((sum, { fee }) => sum + fee.amountMinor, 0n);
  const refunded = heldOf(records, 'RefundValued') - canceledOf(records);
  const charged = heldOf(records, 'ChargebackLost');
  const duties = eventsOf(records, 'DutiesEarmarked').reduce(
    (sum, { amount }) => sum + amount.amountMinor,
    0n,
  );
  checkRefunds(records, received, report);
  if (held + released + fees + refunded + charged + duties !== amountMinor || held < 0n) {
    report(
      tradeId,
      `converted ${amountMinor}, held ${held}, released ${released}, fees ${fees}, refunded ${refunded}, charged back ${charged}, duties ${duties} ${currency}`,
    );
  }
}

/** What events of a type took of what was held. */
const heldOf = (
  records: readonly TradelaneRecord[],
  type: 'RefundValued' | 'ChargebackLost',
): bigint => eventsOf(records, type).reduce((sum, { held }) => sum + held.amountMinor, 0n);

/** What was given back of that, where a refund was called off. */
const canceledOf = (records: readonly TradelaneRecord[]): bigint =>
  eventsOf(records, 'RefundCanceled').reduce(
    (sum, { valuation }) => sum + (valuation?.held.amountMinor ?? 0n),
    0n,
  );

function checkRefunds(records: readonly TradelaneRecord[], received: Money, report: Report): void {
  const canceled = new Set(eventsOf(records, 'RefundCanceled').map(({ refundId }) => refundId));
  const requests = eventsOf(records, 'RefundRequested').filter(
    ({ refundId }) => !canceled.has(refundId),
  );
  const charged = eventsOf(records, 'ChargebackLost').map(({ covered }) => covered);
  const back = [...requests.map(({ amount }) => amount), ...charged].reduce(
    (sum, { amountMinor }) => sum + amountMinor,
    0n,
  );
  if (back > received.amountMinor) {
    report(requests[0]?.tradeId ?? null, `refunds of ${back}, and ${received.amountMinor} came`);
  }
}
