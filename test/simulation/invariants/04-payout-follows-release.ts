import type { TradelaneEvent } from '../../../events/index.ts';
import type { PayoutPart } from '../../../events/payout/common.ts';
import type { StripeTransfer, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame, shown, stepOf } from './support/arithmetic.ts';
import {
  type EventOf,
  escrowOf,
  eventsOf,
  firstOf,
  intentsOf,
  payoutOf,
} from './support/history.ts';

/**
 * No seller is paid before the buyer's money was captured, converted and released for them, nor
 * before the intent to pay is recorded, nor anything but the net amount to their own account, nor
 * less than is paid where they are.
 */
export const payoutFollowsRelease = invariant({
  name: '04-payout-follows-release',
  number: 4,
  when: 'step',
  find: (world, report) => {
    for (const { events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'PayoutRequested') checkIntent(world, { intent: event, events }, report);
      }
    }
    for (const transfer of world.step.transfers) checkTransfer(world, transfer, report);
  },
});

function checkIntent(
  world: World,
  {
    intent,
    events,
  }: {
    readonly intent: EventOf<'PayoutRequested'>;
    readonly events: readonly TradelaneEvent[];
  },
  report: Report,
): void {
  const { tradeId, milestoneId, amount, destination } = intent;
  const records = escrowOf(world, tradeId);
  const released = eventsOf(records, 'MilestoneReleased').find(
    (release) => release.milestoneId === milestoneId,
  );
  if (released === undefined) {
    report(tradeId, `a payout of ${milestoneId}, which is not released`);
    return;
  }
  const own = (intent.parts ?? [intent]).find((part) => part.payoutId === intent.payoutId);
  const waits = events.flatMap((event) => (event.type === 'PayoutLeftOver' ? event.parts : []));
  checkRest(intent, waits, report);
  const ownRest = waits.filter((part) => part.payoutId === intent.payoutId);
  const dueMinor = released.net.amountMinor - keptOfOwn(world, intent) - totalOf(ownRest);
  if (own?.amount.currency !== released.net.currency || own.amount.amountMinor > dueMinor) {
    report(tradeId, `a payout of ${shown(amount)} where ${shown(released.net)} is owed`);
  }
  if (intent.parts === undefined && amount.amountMinor !== dueMinor) {
    report(tradeId, `a payout of ${shown(amount)} where ${dueMinor} is due`);
  }
  const { smallestPayout } = world.settings;
  const seller = firstOf(records, 'TradeOpened')?.seller;
  const isSmall =
    seller?.country === smallestPayout.country &&
    amount.currency === smallestPayout.currency &&
    amount.amountMinor < smallestPayout.amountMinor;
  if (isSmall) report(tradeId, `a payout of ${shown(amount)}, which is too little`);
  if (seller?.payoutAccountId !== destination) {
    report(tradeId, `a payout to ${destination}, which is not the seller`);
  }
  if (
    firstOf(records, 'EscrowFunded') === undefined ||
    firstOf(records, 'FundsConverted') === undefined
  ) {
    report(tradeId, 'a payout of money that is not held');
  }
}

/** What of the milestone's own money is kept for debts: what waited of the same trade goes first. */
function keptOfOwn(world: World, intent: EventOf<'PayoutRequested'>): bigint {
  const isOfTrade = ({ sellerId }: { readonly sellerId: string }) => sellerId === intent.sellerId;
  const kept = totalOf((intent.recovered ?? []).filter(isOfTrade));
  if (kept === 0n) return 0n;
  const allocated = eventsOf(world.records, 'SellerPayoutAllocated').find(
    ({ allocationId }) => allocationId === intent.allocationId,
  );
  const waited = totalOf((allocated?.taken ?? []).filter(isOfTrade));
  return kept > waited ? kept - waited : 0n;
}

/** A bank pays all of it, to the minor unit; the provider whole steps, and never leaves one of them. */
function checkRest(
  { rail, tradeId, amount }: EventOf<'PayoutRequested'>,
  waits: readonly PayoutPart[],
  report: Report,
): void {
  const step = rail === 'bank_file' ? 1n : stepOf(amount.currency);
  if (amount.amountMinor % step !== 0n || totalOf(waits) >= step) {
    report(tradeId, `${shown(amount)} by ${rail}, and ${totalOf(waits)} that wait`);
  }
}

function checkTransfer(world: World, transfer: StripeTransfer, report: Report): void {
  const { id, payoutId, attempt, tradeId, amount, destination, sourceChargeId } = transfer;
  const intents = payoutId === null ? [] : intentsOf(payoutOf(world, payoutId));
  const intent = intents[attempt - 1];
  if (intent === undefined) {
    report(tradeId, `${id} was made before its intent was recorded`);
    return;
  }
  if (!isSame(intent.amount, amount)) {
    report(tradeId, `${id} is ${shown(amount)}, its intent ${shown(intent.amount)}`);
  }
  if (intent.destination !== destination) report(tradeId, `${id} went to ${destination}`);
  const charge = firstOf(escrowOf(world, intent.tradeId), 'EscrowFunded')?.chargeId;
  if (sourceChargeId !== null && sourceChargeId !== charge) {
    report(tradeId, `${id} was drawn from ${sourceChargeId}, which is not the trade's charge`);
  }
}

const totalOf = (list: readonly { readonly amount: { readonly amountMinor: bigint } }[]): bigint =>
  list.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
