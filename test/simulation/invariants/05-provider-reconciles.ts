import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { StripeCharge, StripeTransfer, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame, stepOf } from './support/arithmetic.ts';
import { addTo, balancesOf, type Sums, scopedAccount } from './support/balances.ts';
import { leftOverTimes, waitingCredits } from './support/credits.ts';
import { eventsOf } from './support/history.ts';
import { tradeOfBody } from './support/messages.ts';

/**
 * At rest the provider's balance equals account 1100 in every currency, and its charges and
 * transfers stand one to one beside our entries. Money that waits on a dead-letter queue for a
 * person, as its scenario expects, is the only difference.
 */
export const providerReconciles = invariant({
  name: '05-provider-reconciles',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    const suspended = checkCharges(world, report);
    checkTransfers(world, report);
    checkRefunds(world, report);
    checkReversals(world, report);
    checkBalances(world, suspended, report);
    checkCash(world, report);
    checkClearing(world, report);
  },
});

/** Answers the charges that a person must look at. */
function checkCharges(world: World, report: Report): readonly StripeCharge[] {
  const booked = Map.groupBy(eventsOf(world.records, 'EscrowFunded'), ({ chargeId }) => chargeId);
  const waiting = new Set(world.deadLetters.map(({ body }) => tradeOfBody(world, body)));
  const suspended: StripeCharge[] = [];
  for (const charge of world.stripe.charges) {
    const entries = booked.get(charge.id) ?? [];
    const [entry] = entries;
    if (entry === undefined && waiting.has(charge.tradeId)) suspended.push(charge);
    else if (entry === undefined) report(charge.tradeId, `charge ${charge.id} is not booked`);
    else if (entries.length > 1) {
      report(charge.tradeId, `charge ${charge.id} is booked ${entries.length} times`);
    } else if (!isSame(entry.settled, charge.settled) || !isSame(entry.fee, charge.fee)) {
      report(charge.tradeId, `charge ${charge.id} is booked with other amounts`);
    }
  }
  return suspended;
}

function checkTransfers({ stripe, records }: World, report: Report): void {
  const settled = eventsOf(records, 'PayoutSettled').filter(({ rail }) => rail !== 'bank_file');
  const booked = Map.groupBy(settled, ({ transferId }) => transferId);
  for (const { id, tradeId } of stripe.transfers) {
    const count = booked.get(id)?.length ?? 0;
    if (count !== 1) report(tradeId, `transfer ${id} is booked ${count} times`);
  }
  const made = new Set(stripe.transfers.map(({ id }: StripeTransfer) => id));
  for (const [transferId, [first]] of booked) {
    if (!made.has(transferId)) report(first?.tradeId ?? null, `${transferId} was never made`);
  }
}

/** Every refund that was made is booked once, with what was debited, and none that was not. */
function checkRefunds({ stripe, records }: World, report: Report): void {
  const booked = Map.groupBy(
    [...eventsOf(records, 'RefundSettled'), ...eventsOf(records, 'RefundCredited')],
    ({ providerRefundId }) => providerRefundId,
  );
  for (const { id, tradeId, debited } of stripe.refunds) {
    const entries = booked.get(id) ?? [];
    const isRight = entries.every(({ booking }) => isSame(booking.debited, debited));
    if (entries.length !== 1) report(tradeId, `refund ${id} is booked ${entries.length} times`);
    if (!isRight) report(tradeId, `refund ${id} is booked with another amount`);
  }
  // What lands on the cash balance leaves it by another refund of the same name.
  const sources = Map.groupBy(
    stripe.refunds,
    ({ refundId, chargeId }) => `${refundId} of the ${chargeId === null ? 'cash' : 'charge'}`,
  );
  for (const [name, same] of sources) {
    if (same.length > 1) report(same[0]?.tradeId ?? null, `${name} was made ${same.length} times`);
  }
  const made = new Set(stripe.refunds.map(({ id }) => id));
  for (const [id, [first]] of booked) {
    const isByBank = first?.booking.from === 'bank';
    if (!made.has(id) && !isByBank) report(first?.tradeId ?? null, `${id} was never made`);
  }
}

/** What we took back of a transfer is booked once, with its amount, and nothing else is. */
function checkReversals({ stripe, records }: World, report: Report): void {
  const booked = Map.groupBy(
    eventsOf(records, 'TransferReversed'),
    ({ providerReversalId }) => providerReversalId,
  );
  const made = Map.groupBy(stripe.reversals, ({ reversalId }) => reversalId);
  for (const { id, tradeId, amount } of stripe.reversals) {
    const entries = booked.get(id) ?? [];
    const isRight = entries.every((entry) => isSame(entry.amount, amount));
    if (entries.length !== 1 || !isRight) {
      report(tradeId, `reversal ${id} is booked ${entries.length} times, or with another amount`);
    }
  }
  for (const [reversalId, same] of made) {
    if (same.length > 1) {
      report(same[0]?.tradeId ?? null, `${reversalId} was made ${same.length} times`);
    }
  }
  for (const [id, [first]] of booked) {
    if (!stripe.reversals.some((reversal) => reversal.id === id)) {
      report(first?.tradeId ?? null, `reversal ${id} was never made`);
    }
  }
}

function checkBalances(
  { stripe, records }: World,
  suspended: readonly StripeCharge[],
  report: Report,
): void {
  const ours = balancesOf(records, ({ account, currency }) =>
    account === '1100' ? currency : undefined,
  );
  const theirs: Sums = new Map(stripe.balances);
  for (const { settled, fee } of suspended) {
    addTo(theirs, settled.currency, fee.amountMinor - settled.amountMinor);
  }
  for (const currency of new Set([...ours.keys(), ...theirs.keys()])) {
    const book = ours.get(currency) ?? 0n;
    const bank = theirs.get(currency) ?? 0n;
    if (book !== bank) report(null, `1100 has ${book} ${currency}, the provider ${bank}`);
  }
}

/** What buyers have transferred and no charge has used lies on 1120, to the minor unit. */
function checkCash({ stripe, records }: World, report: Report): void {
  const ours = balancesOf(records, ({ account, currency }) =>
    account === '1120' ? currency : undefined,
  );
  const theirs: Sums = new Map();
  for (const { amount } of stripe.cash) addTo(theirs, amount.currency, amount.amountMinor);
  for (const { status, amount, appliedMinor } of stripe.intents.values()) {
    if (status === 'requires_action') addTo(theirs, amount.currency, appliedMinor);
  }
  for (const currency of new Set([...ours.keys(), ...theirs.keys()])) {
    const book = ours.get(currency) ?? 0n;
    const cash = theirs.get(currency) ?? 0n;
    if (book !== cash) report(null, `1120 has ${book} ${currency}, buyers transferred ${cash}`);
    if (cash !== 0n) report(null, `${cash} ${currency} of buyers were not given back`);
  }
}

/** A movement's record is the movement's own; its event says which trade it is for. */
function tradeOf({ events: [event], tradeId }: TradelaneRecord): string {
  const isForTrade =
    event?.type === 'ReceiptIdentified' ||
    event?.type === 'RefundPaid' ||
    event?.type === 'RefundReturned';
  return isForTrade ? event.tradeId : tradeId;
}

const OVER: ReadonlySet<string> = new Set(['TradeSettled', 'TradeCanceled', 'TradeExpired']);

/**
 * What belongs to a trade, a seller or a payout is through once the trade is settled or closed, wherever
 * it was booked, but for what a seller owes after a refund or a chargeback (1310), which later payouts
 * pay, for what stands on suspense (2900), which may be another's, and for what the provider can't move to
 * the last minor unit, which waits for the seller's next payout.
 */
function checkClearing({ records }: World, report: Report): void {
  const settled = new Set(
    records
      .filter(({ events }) => events.some(({ type }) => OVER.has(type)))
      .map(({ tradeId }) => tradeId),
  );
  const events = records.flatMap((record) => record.events);
  const waiting = waitingCredits(events);
  const leftOver = leftOverTimes(events);
  const { owners, open } = scopedAccounts(records);
  for (const [account, { balance, currency }] of open) {
    const tradeId = owners.get(account) ?? '';
    const rest = waiting.get(account) ?? 0n;
    // Each payout may leave less than a step of the provider's.
    const most = (stepOf(currency) - 1n) * (leftOver.get(account) ?? 0n);
    const isRest = rest === -balance && rest > 0n && rest <= most;
    if (balance !== 0n && !isRest && settled.has(tradeId)) {
      report(tradeId, `over, and ${account} has ${balance}`);
    }
  }
}

/** What accounts with an owner hold, and whose each is: the trade's that first booked something there. */
function scopedAccounts(records: World['records']) {
  const owners = new Map<string, string>();
  const open = new Map<string, { readonly balance: bigint; readonly currency: string }>();
  const legs = records.flatMap((record) =>
    record.journal.flatMap(({ legs: own }) =>
      own.map((leg) => ({ ...leg, tradeId: tradeOf(record) })),
    ),
  );
  for (const { account, scope, currency, amountMinor, tradeId } of legs) {
    if (scope === undefined || account === '1310' || account === '2900') continue;
    const key = scopedAccount(account, scope, currency);
    if (!owners.has(key)) owners.set(key, tradeId);
    open.set(key, { balance: (open.get(key)?.balance ?? 0n) + amountMinor, currency });
  }
  return { owners, open };
}
