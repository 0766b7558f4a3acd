import type { StripeDispute, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { balancesOf } from './support/balances.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * At rest every dispute of the provider's is a chargeback of its trade, with its end and with all
 * that was withdrawn, given back and charged for it; there is no other chargeback, nothing of an
 * ended one stands open, and what a loss took of the seller is a debt of the seller's account. A loss
 * takes its share of the trade, as far as that is there; what is won has come back.
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
    if (known.size === 0) return;
    checkOpen(world, report);
    checkDebts(world, report);
    for (const tradeId of new Set(world.stripe.disputes.map((dispute) => dispute.tradeId))) {
      if (tradeId !== null) checkLosses(world, tradeId, report);
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
  if (opened[0] !== undefined) checkWon(world, { opened: opened[0], adjusted }, report);
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

/** Of what was taken, so many hundredths may be lost where it was converted there and back. */
const MOST_MISSING = 3n;

function checkWon(
  world: World,
  {
    opened,
    adjusted,
  }: {
    readonly opened: EventOf<'ChargebackOpened'>;
    readonly adjusted: readonly EventOf<'ChargebackAdjusted'>[];
  },
  report: Report,
): void {
  const { tradeId, chargebackId } = opened;
  const won = eventsOf(escrowOf(world, tradeId), 'ChargebackWon').find(
    (each) => each.chargebackId === chargebackId,
  );
  const withdrawn = adjusted.reduce(
    (sum, each) => sum + each.withdrawn.amountMinor,
    opened.withdrawn.amountMinor,
  );
  if (won !== undefined && won.residual.amountMinor * 100n > withdrawn * MOST_MISSING) {
    report(tradeId, `${chargebackId} was won, and ${won.residual.amountMinor} had not come back`);
  }
}

/** Rounded twice, and cumulative. */
const ROUNDING = 2n;

/** Each loss takes of the trade what it covers of the payment, or all that is left. */
function checkLosses(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const whole = firstOf(records, 'TradeOpened')?.amount.amountMinor ?? 0n;
  const received = firstOf(records, 'EscrowFunded')?.received.amountMinor ?? 1n;
  const requested = new Map<string, bigint>();
  let left = whole;
  for (const event of records.flatMap(({ events }) => events)) {
    switch (event.type) {
      case 'RefundRequested':
        requested.set(event.refundId, totalOf(event.parts));
        left -= totalOf(event.parts);
        break;
      case 'RefundCanceled':
        left += requested.get(event.refundId) ?? 0n;
        break;
      case 'DutiesEarmarked':
        left -= event.amount.amountMinor;
        break;
      case 'ChargebackLost': {
        const due = (whole * event.covered.amountMinor) / received - ROUNDING;
        const taken = totalOf(event.parts);
        if (taken < (due < left ? due : left)) {
          report(tradeId, `${event.chargebackId} took ${taken}, where ${due} of ${left} were due`);
        }
        left -= taken;
        break;
      }
      default:
    }
  }
}

const totalOf = (parts: EventOf<'ChargebackLost'>['parts']): bigint =>
  parts.reduce(
    (sum, { held, net, fee }) => sum + held.amountMinor + net.amountMinor + fee.amountMinor,
    0n,
  );
