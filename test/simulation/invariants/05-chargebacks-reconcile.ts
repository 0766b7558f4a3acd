import { isOpen } from '../ports/stripe-disputes.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { stepOf } from './support/arithmetic.ts';
import { balancesOf } from './support/balances.ts';
import { checkDispute } from './support/disputes.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * At rest every dispute of the provider's is a chargeback of its trade, with its end and with all
 * that was withdrawn, given back and charged for it, however often the bank took it anew; a person is told
 * of one that was lost and won after all. There is no other chargeback, nothing of an
 * ended one stands open, and what a loss took of the seller is a debt of the seller's account. A loss
 * takes its share of the trade, as far as that is there, and no more than the bank kept; what is won has
 * come back. What was decided for the buyer, and was called off, is asked for anew, less what the bank has
 * given the buyer.
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
      if (tradeId === null) continue;
      checkLosses(world, tradeId, report);
      checkKept(world, tradeId, report);
      checkDecided(world, tradeId, report);
    }
  },
});

function checkOpen({ records, stripe }: World, report: Report): void {
  const open = new Set(stripe.disputes.filter(isOpen).map(({ id }) => id));
  const standing = balancesOf(records, ({ account, scope }) =>
    account === '1300' ? scope : undefined,
  );
  for (const [chargebackId, balance] of standing) {
    if (balance !== 0n && !open.has(chargebackId)) {
      report(null, `${chargebackId} has ended, and 1300 has ${balance}`);
    }
  }
}

/**
 * What a loss or a refund took of what was released is told, once, and opened with the seller's account. What
 * was told of a refund that was called off later counts for what took its place.
 */
function checkDebts({ records }: World, report: Report): void {
  const opened = new Map(
    eventsOf(records, 'SellerDebtRecorded').map(({ debtId, amount }) => [debtId, amount] as const),
  );
  const losses = eventsOf(records, 'ChargebackLost');
  for (const tradeId of new Set(losses.map((loss) => loss.tradeId))) {
    const own = records.filter((record) => record.tradeId === tradeId);
    const canceled = new Set(eventsOf(own, 'RefundCanceled').map(({ refundId }) => refundId));
    const made = new Set(eventsOf(own, 'RefundSubmitted').map(({ refundId }) => refundId));
    const nets = eventsOf(own, 'RefundRequested')
      .filter(({ refundId }) => made.has(refundId) && !canceled.has(refundId))
      .flatMap(({ parts }) => parts.map(({ net }) => net));
    const released = losses.flatMap((loss) => (loss.tradeId === tradeId ? [loss.released] : []));
    const due = totalMinor([...nets, ...released]);
    const debts = eventsOf(own, 'SellerDebtIncurred').map(({ debtId }) => opened.get(debtId));
    const owed = totalMinor(debts.flatMap((debt) => debt ?? []));
    if (owed !== due) report(tradeId, `${due} was taken of the seller, who owes ${owed}`);
  }
}

const totalMinor = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

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

/** What is less than this can't be paid, or is no minor unit of the trade's currency. */
const leastPaid = (
  { currency, amountMinor: received }: EventOf<'EscrowFunded'>['received'],
  whole: bigint,
): bigint => {
  const unit = received / whole + 1n;
  const step = stepOf(currency);
  return step > unit ? step : unit;
};

/** A loss covers no more of the amount disputed than the bank kept of what it withdrew since it was opened. */
function checkKept(world: World, tradeId: string, report: Report): void {
  const events = escrowOf(world, tradeId).flatMap((record) => record.events);
  for (const [index, loss] of events.entries()) {
    if (loss.type !== 'ChargebackLost') continue;
    const { amount, covered, chargebackId } = loss;
    const { withdrawn, reinstated } = movedBefore(events.slice(0, index), chargebackId);
    if (amount.currency !== covered.currency || withdrawn === 0n) continue;
    const kept = reinstated < withdrawn ? withdrawn - reinstated : 0n;
    const most = (amount.amountMinor * kept) / withdrawn + stepOf(amount.currency);
    if (covered.amountMinor > most) {
      report(tradeId, `${chargebackId} covered ${covered.amountMinor}, where ${most} was kept`);
    }
  }
}

/** What a chargeback's bank withdrew and gave back since it was opened last. */
function movedBefore(before: ReturnType<typeof escrowOf>[number]['events'], chargebackId: string) {
  const moves = before.filter(
    (event) =>
      (event.type === 'ChargebackOpened' || event.type === 'ChargebackAdjusted') &&
      event.chargebackId === chargebackId,
  );
  const opened = moves.findLastIndex(
    (event) => event.type === 'ChargebackOpened' || ('reopened' in event && event.reopened),
  );
  const since = moves.slice(opened);
  return {
    withdrawn: totalMinor(since.flatMap((event) => ('withdrawn' in event ? event.withdrawn : []))),
    reinstated: totalMinor(
      since.flatMap((event) => ('reinstated' in event ? event.reinstated : [])),
    ),
  };
}

/** A loss and what it called off are one record, with what goes back after all. */
function checkDecided(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const received = firstOf(records, 'EscrowFunded')?.received;
  const whole = firstOf(records, 'TradeOpened')?.amount.amountMinor;
  if (received === undefined || whole === undefined) return;
  const ofTrade = eventsOf(records, 'RefundRequested').filter(({ parts }) => parts.length > 0);
  for (const record of records) {
    const [loss] = eventsOf([record], 'ChargebackLost');
    if (loss === undefined) continue;
    const ids = new Set(eventsOf([record], 'RefundCanceled').map(({ refundId }) => refundId));
    const decided = totalMinor(
      ofTrade.filter(({ refundId }) => ids.has(refundId)).map(({ amount }) => amount),
    );
    const due = decided - loss.covered.amountMinor;
    const again = totalMinor(
      eventsOf([record], 'RefundRequested')
        .filter(({ parts }) => parts.length > 0)
        .map(({ amount }) => amount),
    );
    const isRight =
      due > 0n ? again <= due && due - again < leastPaid(received, whole) : again === 0n;
    if (!isRight) report(tradeId, `${due} is left of what was decided, and ${again} goes back`);
  }
}
