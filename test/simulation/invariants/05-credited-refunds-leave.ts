import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame } from './support/arithmetic.ts';
import { scopedBalance } from './support/balances.ts';
import { escrowOf, eventsOf } from './support/history.ts';

/**
 * What a refund has brought to the buyer's cash balance is owed to the buyer until it has left that: once,
 * by another refund of the provider's, with the same amount.
 */
export const creditedRefundsLeave = invariant({
  name: '05-credited-refunds-leave',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    for (const { tradeId } of world.trades) {
      const records = escrowOf(world, tradeId);
      if (eventsOf(records, 'RefundCredited').length > 0) checkTrade(world, records, report);
    }
  },
});

function checkTrade(world: World, records: readonly TradelaneRecord[], report: Report): void {
  for (const { tradeId, refundId, booking, providerRefundId } of eventsOf(
    records,
    'RefundCredited',
  )) {
    const gone = eventsOf(records, 'RefundSettled').filter((event) => event.refundId === refundId);
    const [left] = gone;
    if (left === undefined) {
      report(tradeId, `${refundId} lies on the cash balance for ever`);
      continue;
    }
    if (gone.length > 1) report(tradeId, `${refundId} has left ${gone.length} times`);
    if (left.providerRefundId === providerRefundId || left.booking.from !== 'cash_balance') {
      report(tradeId, `${refundId} counts as gone where it was credited`);
    }
    if (!isSame(left.booking.amount, booking.amount)) {
      report(tradeId, `${refundId} has left with another amount than was credited`);
    }
    checkOwed(records, { tradeId, refundId, providerRefundId }, report);
    const paid = world.stripe.refunds.filter(
      (refund) => refund.refundId === refundId && refund.chargeId === null,
    );
    if (paid.length > 1) report(tradeId, `${refundId} was paid ${paid.length} times`);
  }
}

/** Right after it was credited, all of it stands on 2310. */
function checkOwed(
  records: readonly TradelaneRecord[],
  one: { readonly tradeId: string; readonly refundId: string; readonly providerRefundId: string },
  report: Report,
): void {
  const { tradeId, refundId, providerRefundId } = one;
  const until = records.findIndex((record) =>
    eventsOf([record], 'RefundCredited').some(
      (event) => event.providerRefundId === providerRefundId,
    ),
  );
  const credited = eventsOf(records.slice(until, until + 1), 'RefundCredited');
  const amount = credited.find((event) => event.refundId === refundId)?.booking.amount;
  if (amount === undefined) return;
  const owed = -scopedBalance(records.slice(0, until + 1), {
    ...{ account: '2310', scope: refundId, currency: amount.currency },
  });
  if (owed !== amount.amountMinor) {
    report(tradeId, `${refundId} was credited, and ${owed} of ${amount.amountMinor} is owed`);
  }
}
