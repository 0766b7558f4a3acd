import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';

/** What a trade still holds, by milestone, and what is on its way to the buyer. */
export type Holding = {
  readonly left: Map<string, bigint>;
  readonly refunding: Map<string, readonly Part[]>;
  releases: number;
  /** True where a lost chargeback took something. */
  isTaken: boolean;
};

type Part = { readonly milestoneId: string; readonly held: { readonly amountMinor: bigint } };

export const nothingHeld = (): Holding => ({
  left: new Map(),
  refunding: new Map(),
  releases: 0,
  isTaken: false,
});

/** What is left of each milestone after an event. */
export function note(holding: Holding, event: TradelaneEvent): void {
  const { left, refunding } = holding;
  switch (event.type) {
    case 'TradeOpened':
      for (const { milestoneId, amount } of event.milestones) {
        left.set(milestoneId, amount.amountMinor);
      }
      return;
    case 'MilestoneReleased':
      left.delete(event.milestoneId);
      holding.releases += 1;
      return;
    case 'RefundRequested':
      refunding.set(event.refundId, event.parts);
      take(left, event.parts, 1n);
      return;
    case 'RefundSettled':
      refunding.delete(event.refundId);
      return;
    case 'RefundFailed':
      refunding.set(event.refundId, []);
      return;
    case 'RefundCanceled':
      take(left, refunding.get(event.refundId) ?? [], -1n);
      refunding.delete(event.refundId);
      return;
    case 'ChargebackLost':
      holding.isTaken = true;
      take(left, event.parts, 1n);
      return;
    case 'DutiesEarmarked':
      take(left, event.parts, 1n);
      return;
    case 'DutiesReleased':
      take(left, event.parts, -1n);
      return;
    default:
  }
}

/** Takes parts out of what is left, or with the other sign puts them back. */
function take(left: Map<string, bigint>, parts: readonly Part[], sign: 1n | -1n): void {
  for (const { milestoneId, held } of parts) {
    const rest = (left.get(milestoneId) ?? 0n) - sign * held.amountMinor;
    if (rest > 0n) left.set(milestoneId, rest);
    else left.delete(milestoneId);
  }
}

/** A trade that holds nothing any more is known by where its money went. */
export function atEnd(status: string, { refunding, releases, isTaken }: Holding): string {
  if (status !== 'released') return status;
  if (refunding.size > 0) return 'refunding';
  if (releases > 0) return 'released';
  return isTaken ? 'charged_back' : 'refunded';
}

/** The chargebacks and disputes of a trade that nobody has ended yet. */
export type OpenClaims = {
  readonly charged: Set<string>;
  /** Those of them by which the bank only asks so far. */
  readonly asking: Set<string>;
  readonly disputed: Set<string>;
};

export function openClaims(records: readonly TradelaneRecord[]): OpenClaims {
  const claims: OpenClaims = { charged: new Set(), asking: new Set(), disputed: new Set() };
  for (const { events } of records) {
    for (const event of events) noteClaim(claims, event);
  }
  return claims;
}

/** What an event opens or ends. */
export function noteClaim({ charged, asking, disputed }: OpenClaims, event: TradelaneEvent): void {
  switch (event.type) {
    case 'ChargebackOpened':
      charged.add(event.chargebackId);
      if (event.inquiry && event.withdrawn.amountMinor === 0n) asking.add(event.chargebackId);
      return;
    case 'ChargebackAdjusted':
      if (event.withdrawn.amountMinor > 0n) asking.delete(event.chargebackId);
      if (event.reopened) charged.add(event.chargebackId);
      return;
    case 'ChargebackWon':
    case 'ChargebackLost':
      charged.delete(event.chargebackId);
      asking.delete(event.chargebackId);
      return;
    case 'DisputeOpened':
      disputed.add(event.disputeId);
      return;
    case 'DisputeClosed':
      disputed.delete(event.disputeId);
      return;
    default:
  }
}
