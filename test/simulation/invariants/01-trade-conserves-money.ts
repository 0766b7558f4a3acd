import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { scopedBalance } from './support/balances.ts';
import { blockedOf } from './support/blocks.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';

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
  const terms = firstOf(records, 'TradeOpened');
  if (terms === undefined) {
    report(tradeId, 'money is booked for a trade that was never opened');
    return;
  }
  const { currency: payIn } = terms.quote.sell;
  const conversion = firstOf(records, 'FundsConverted');
  const uncleared = -scopedBalance(records, { account: '2000', scope: tradeId, currency: payIn });
  const clearing = uncleared + blockedOf(records, 'clearing');
  const applied = conversion?.received.amountMinor ?? 0n;
  const unapplied = eventsOf(records, 'RefundValued')
    .filter((refund) => refund.unapplied)
    .reduce((sum, refund) => sum + refund.amount.amountMinor, 0n);
  const came = cameOf(records);
  if (clearing + applied + unapplied !== came.booked) {
    report(
      tradeId,
      `came ${came.booked}, cleared ${applied}, back ${unapplied}, uncleared ${clearing} ${payIn}`,
    );
  }
  checkRefunds(records, came.all, report);
  if (conversion === undefined) return;
  const { currency, amountMinor } = conversion.converted;
  const free = -scopedBalance(records, { account: '2100', scope: tradeId, currency });
  const held = free + blockedOf(records, 'held');
  const releases = eventsOf(records, 'MilestoneReleased');
  const released = releases.reduce((sum, { net }) => sum + net.amountMinor, 0n);
  const fees = releases.reduce((sum, { fee }) => sum + fee.amountMinor, 0n);
  const refunded = heldOf(records, 'RefundValued') - canceledOf(records);
  const charged = heldOf(records, 'ChargebackLost');
  const duties = setAside(records);
  if (held + released + fees + refunded + charged + duties !== amountMinor || held < 0n) {
    report(
      tradeId,
      `converted ${amountMinor}, held ${held}, released ${released}, fees ${fees}, refunded ${refunded}, charged back ${charged}, duties ${duties} ${currency}`,
    );
  }
}

/** What was set aside for duties, less what came back of it. */
const setAside = (records: readonly TradelaneRecord[]): bigint =>
  [
    ...eventsOf(records, 'DutiesEarmarked').map(({ amount }) => amount.amountMinor),
    ...eventsOf(records, 'DutiesReleased').map(({ amount }) => -amount.amountMinor),
  ].reduce((sum, minor) => sum + minor, 0n);

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

/**
 * What came: through the provider, which the escrow books itself, and all of it with the receipts,
 * which are booked where they are identified.
 */
function cameOf(records: readonly TradelaneRecord[]): {
  readonly booked: bigint;
  readonly all: bigint;
} {
  const funded = firstOf(records, 'EscrowFunded');
  const parts = eventsOf(records, 'PartialPaymentReceived');
  const sum = (way: string, isMeant: (reference: string) => boolean) =>
    parts
      .filter((part) => part.way === way && isMeant(part.reference))
      .reduce((total, { added }) => total + added.amountMinor, 0n);
  const before = funded?.receiptIds ?? [];
  const receipts = sum('receipt', (reference) => !before.includes(reference));
  const isCharge = funded !== undefined && funded.receiptIds === undefined;
  const late = isCharge ? transfersAfter(records) : sum('transfer', () => true);
  const charged = isCharge ? chargedOf(funded) + (funded.unused?.amountMinor ?? 0n) : 0n;
  const byBank = isCharge ? 0n : (funded?.received.amountMinor ?? 0n);
  return { booked: charged + late, all: charged + late + byBank + receipts };
}

/** What the provider charged, where receipts are the rest. */
const chargedOf = ({ received, byReceipts }: EventOf<'EscrowFunded'>): bigint =>
  received.amountMinor - (byReceipts?.amountMinor ?? 0n);

/** What was transferred after the charge: what came before it is part of it. */
function transfersAfter(records: readonly TradelaneRecord[]): bigint {
  const index = records.findIndex(({ events }) =>
    events.some(({ type }) => type === 'EscrowFunded'),
  );
  return eventsOf(records.slice(index + 1), 'PartialPaymentReceived')
    .filter(({ way }) => way === 'transfer')
    .reduce((total, { added }) => total + added.amountMinor, 0n);
}

function checkRefunds(records: readonly TradelaneRecord[], came: bigint, report: Report): void {
  const canceled = new Set(eventsOf(records, 'RefundCanceled').map(({ refundId }) => refundId));
  const requests = eventsOf(records, 'RefundRequested').filter(
    ({ refundId }) => !canceled.has(refundId),
  );
  const charged = eventsOf(records, 'ChargebackLost').map(({ covered }) => covered);
  const back = [...requests.map(({ amount }) => amount), ...charged].reduce(
    (sum, { amountMinor }) => sum + amountMinor,
    0n,
  );
  if (back > came) {
    report(requests[0]?.tradeId ?? null, `refunds of ${back}, and ${came} came`);
  }
}
