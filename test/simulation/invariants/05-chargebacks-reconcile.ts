import type { StripeDispute, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { balancesOf } from './support/balances.ts';
import { escrowOf, eventsOf } from './support/history.ts';

/**
 * At rest every dispute of the provider's is a chargeback of its trade, with its end and with all
 * that was withdrawn, given back and charged for it; there is no other chargeback, nothing of an
 * ended one stands open, and what a loss took of the seller is a debt of the seller's account.
 */
export const chargebacksReconcile = invariant({
  name: '05-chargebacks-reconcile',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    for (const dispute of world.stripe.disputes) checkDispute(world, dispute, report);
    const known = new Set(world.stripe.disputes.map(({ id }) => id));
    for (const { chargebackId, tradeId } of eventsOf(world.records, 'ChargebackOpened')) {
      if (!known.has(chargebackId)) report(tradeId, `${chargebackId} was never opened`);
    }
    if (known.size > 0) {
      checkOpen(world, report);
      checkDebts(world, report);
    }
  },
});

const END = { won: 'ChargebackWon', lost: 'ChargebackLost' } as const;

function checkDispute(
  world: World,
  { id, tradeId, status, bookings }: StripeDispute,
  report: Report,
): void {
  const records = tradeId === null ? [] : escrowOf(world, tradeId);
  const isOwn = ({ chargebackId }: { readonly chargebackId: string }) => chargebackId === id;
  const opened = eventsOf(records, 'ChargebackOpened').filter(isOwn);
  if (opened.length !== 1) report(tradeId, `${id} was opened ${opened.length} times`);
  for (const end of ['won', 'lost'] as const) {
    const count = eventsOf(records, END[end]).filter(isOwn).length;
    if (count !== (status === end ? 1 : 0)) {
      report(tradeId, `${id} is ${status}, and ${end} ${count} times in the books`);
    }
  }
  const adjusted = eventsOf(records, 'ChargebackAdjusted').filter(isOwn);
  const ours = [...opened, ...adjusted].reduce(
    (sum, { withdrawn, fee }) => sum - withdrawn.amountMinor - fee.amountMinor,
    adjusted.reduce((sum, { reinstated }) => sum + reinstated.amountMinor, 0n),
  );
  const theirs = bookings.reduce((sum, each) => sum + each.amountMinor - each.feeMinor, 0n);
  if (ours !== theirs)
    report(tradeId, `${id} moved ${theirs} at the provider, ${ours} in the books`);
}

function checkOpen({ records, stripe }: World, report: Report): void {
  const open = new Set(
    stripe.disputes.filter(({ status }) => !(status in END)).map(({ id }) => id),
  );
  const standing = balancesOf(records, ({ account, scope }) =>
    account === '1300' ? scope : undefined,
  );
  for (const [chargebackId, balance] of standing) {
    if (balance !== 0n && !open.has(chargebackId)) {
      report(null, `${chargebackId} has ended, and 1300 has ${balance}`);
    }
  }
}

/** A debt is told with a loss of what was released, and opened with the seller's account. */
function checkDebts({ records }: World, report: Report): void {
  const recorded = new Map(
    eventsOf(records, 'SellerDebtRecorded').map(({ debtId, amount }) => [debtId, amount] as const),
  );
  for (const { chargebackId, released, tradeId } of eventsOf(records, 'ChargebackLost')) {
    const owed = recorded.get(chargebackId)?.amountMinor ?? 0n;
    if (owed !== released.amountMinor) {
      report(
        tradeId,
        `${chargebackId} took ${released.amountMinor} of the seller, who owes ${owed}`,
      );
    }
  }
}
