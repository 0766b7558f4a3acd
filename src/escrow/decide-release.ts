import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { Milestone } from '../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { shareByBasisPoints } from '../money/allocate.ts';
import { compare, type Money, subtract } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { CommandOf } from './commands.ts';
import { isFrozen, type OpenMilestone, undisputedMilestones } from './holdings.ts';
import { type EscrowState, type FundedState, isFunded, isShipped, type Payment } from './state.ts';
import { publicStatus } from './status.ts';

const MILLISECONDS_PER_SECOND = 1_000;

/** When the inspection of a milestone ends, for a delivery confirmed at that instant. */
export const inspectionEnd = (
  confirmedAt: string,
  { inspectionPeriodSeconds }: Pick<Milestone, 'inspectionPeriodSeconds'>,
): string =>
  new Date(
    Date.parse(confirmedAt) + inspectionPeriodSeconds * MILLISECONDS_PER_SECOND,
  ).toISOString();

/**
 * The inspection runs from the moment we learned of the delivery, not from the carrier's own time:
 * a scan that reaches us late must not shorten the buyer's window.
 *
 * A shipment is delivered and withdrawn in turns, and tells of each turn once. So a delivery that
 * meets another one came before its withdrawal, and waits: each turn is taken, whatever the order.
 */
export function confirmDelivery(
  { shipmentId, deliveredAt, evidenceSha256, at }: CommandOf<'ConfirmDelivery'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || state.status === 'funded') {
    return tooEarly(
      'escrow.not_in_fulfilment',
      `A delivery arrived for a trade that is ${state.status}.`,
    );
  }
  if (!isShipped(state)) return nothing;
  if (state.booking.shipmentId !== shipmentId) {
    return rejected(
      'escrow.unknown_shipment',
      `Shipment ${shipmentId} is not booked for this trade.`,
    );
  }
  if (state.status === 'delivered') {
    return tooEarly(
      'escrow.delivery_stands',
      'A delivery was told again before the withdrawal of the one that stands.',
    );
  }
  const ends = state.terms.milestones.map((milestone) => inspectionEnd(at, milestone)).sort();
  return decided({
    type: 'DeliveryConfirmed',
    version: 1,
    shipmentId,
    deliveredAt,
    confirmedAt: at,
    inspectionEndsAt: ends.at(-1) ?? at,
    evidenceSha256,
  });
}

/**
 * Money that is released already stays released; that case is a dispute's. A withdrawal that meets
 * no delivery overtook it and waits: else the delivery would release the money of returned goods.
 */
export function withdrawDelivery(
  { shipmentId, shipmentStatus }: CommandOf<'WithdrawDelivery'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || state.status === 'funded') {
    return tooEarly(
      'escrow.not_in_fulfilment',
      `A return arrived for a trade that is ${state.status}.`,
    );
  }
  if (!isShipped(state)) return nothing;
  if (state.booking.shipmentId !== shipmentId) return nothing;
  if (state.status === 'in_fulfilment') {
    return tooEarly('escrow.no_delivery', 'A delivery was withdrawn before it was told.');
  }
  return decided({ type: 'DeliveryWithdrawn', version: 1, shipmentId, shipmentStatus });
}

/** The buyer's word releases every open milestone at once. */
export function acceptGoods(
  { evidenceSha256, evidence, at }: CommandOf<'AcceptGoods'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  switch (state.status) {
    case 'in_fulfilment':
    case 'delivered':
      return releaseAll(state, {
        ...{ rule: 'buyer_accepted', evidenceSha256, releasedAt: at },
        ...(evidence === undefined ? {} : { evidence }),
      });
    case 'released':
    case 'settled':
      return nothing;
    case 'not_opened':
      return rejected('trade.not_found', 'There is no such trade.');
    default:
      return cannotAccept(state);
  }
}

const cannotAccept = (state: EscrowState): Decision<EscrowEvent> =>
  rejected(
    `trade.cannot_accept_${publicStatus(state)}`,
    `Goods can be accepted once they are on their way; this trade is ${publicStatus(state)}.`,
  );

/** Releases every milestone that nobody disputes; none while the buyer's bank disputes the charge. */
function releaseAll(state: FundedState, grounds: Grounds): Decision<EscrowEvent> {
  const open = isFrozen(state) ? [] : undisputedMilestones(state);
  return open.length === 0
    ? cannotAccept(state)
    : decided(...open.map((milestone) => release(state, milestone, grounds)));
}

/**
 * Releases what time allows: milestones whose inspection has passed, by the delivery's own evidence,
 * and those whose day has come. A hint of an earlier, withdrawn delivery finds nothing due.
 */
export function passReleaseDue(at: string, state: EscrowState): Decision<EscrowEvent> {
  if (!isFunded(state) || isFrozen(state)) return nothing;
  const releases = undisputedMilestones(state).flatMap((milestone): readonly EscrowEvent[] => {
    const grounds = dueGrounds(milestone, state, at);
    return grounds === undefined ? [] : [release(state, milestone, grounds)];
  });
  return decided(...releases);
}

/** On which grounds a milestone is due by now; undefined where it is not. */
function dueGrounds(
  milestone: OpenMilestone,
  { terms, delivery }: FundedState,
  at: string,
): Grounds | undefined {
  const { milestoneId, release: rule = { rule: 'inspection' } } = milestone;
  if (
    // Stryker disable next-line ConditionalExpression: no other rule has a day
    rule.rule === 'date' &&
    rule.releaseAt <= at
  ) {
    const { tradeId } = terms;
    const evidence = { rule: 'date_reached', tradeId, milestoneId, releaseAt: rule.releaseAt, at };
    const evidenceSha256 = sha256Hex(canonicalJson(evidence));
    return { rule: 'date_reached', evidenceSha256, evidence, releasedAt: at };
  }
  if (rule.rule !== 'inspection' || delivery === null) return undefined;
  const { evidenceSha256, confirmedAt } = delivery;
  return inspectionEnd(confirmedAt, milestone) <= at
    ? { rule: 'inspection_passed', evidenceSha256, releasedAt: at }
    : undefined;
}

export type Grounds = {
  readonly rule: MilestoneReleased['rule'];
  readonly evidenceSha256: string;
  /** What `evidenceSha256` hashes, where it is not the delivery's scan. */
  readonly evidence?: Readonly<Record<string, string>>;
  readonly releasedAt: string;
};

/** What a milestone's release says: who gets how much, of which charge, on which grounds. */
export function release(
  { terms, payment }: FundedState,
  { milestoneId, remaining: amount }: OpenMilestone,
  grounds: Grounds,
): EscrowEvent {
  const fee = shareByBasisPoints(amount, terms.feeBasisPoints, 'floor');
  return {
    type: 'MilestoneReleased',
    version: 1,
    tradeId: terms.tradeId,
    milestoneId,
    amount,
    fee,
    net: subtract(amount, fee),
    sellerId: terms.seller.partyId,
    payoutAccountId: terms.seller.payoutAccountId,
    sellerCountry: terms.seller.country,
    ...(coversTrade(payment, terms.amount) ? { sourceChargeId: payment.chargeId } : {}),
    ...fundsAvailable(payment, grounds.releasedAt),
    ...(payment.receiptIds === undefined && payment.byReceipts === undefined
      ? {}
      : { paidByReceipts: true }),
    ...grounds,
  };
}

/**
 * A transfer may name its charge only in the currency that the charge settled in, and all transfers
 * of a charge together must not exceed it: where it may fall short, or there is none because receipts
 * have paid, the platform's balance pays.
 */
const coversTrade = ({ settled, receiptIds, byReceipts }: Payment, amount: Money): boolean =>
  receiptIds === undefined &&
  byReceipts === undefined &&
  settled.currency === amount.currency &&
  compare(settled, amount) >= 0;

const fundsAvailable = (
  { availableOn }: Payment,
  at: string,
): { readonly fundsAvailableOn?: string } =>
  availableOn === undefined || availableOn <= at ? {} : { fundsAvailableOn: availableOn };
