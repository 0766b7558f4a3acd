import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import {
  type EventOf,
  escrowOf,
  eventsOf,
  firstOf,
  recordOf,
  shipmentOf,
} from './support/history.ts';
import { releasedByRule } from './support/release-rules.ts';

/**
 * Money is released by the end of an inspection that stands and has passed, counted from when we
 * learned of the delivery and by a clock that is off by no more than clocks may be, by the paper or
 * the day that its milestone waits for, by the limit to holding it, or by the buyer's own word. An unpaid trade is called off only after its payment was due, or on request.
 */
export const releasedWhenDue = invariant({
  name: '15-released-when-due',
  number: 15,
  when: 'step',
  find: (world, report) => {
    for (const { tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'DeliveryConfirmed') checkInspection(world, { tradeId, event }, report);
        if (event.type === 'MilestoneReleased') checkRelease(world, event, report);
        if (event.type === 'CancellationRequested') checkCancellation(world, event, report);
      }
    }
  },
});

const timeOf = (instant: string): number => Date.parse(instant);

/** Two clocks may differ by twice what one may be off. */
const bothClocks = ({ settings }: World): number => 2 * settings.maxSkewMs;

function checkInspection(
  world: World,
  { tradeId, event }: { readonly tradeId: string; readonly event: EventOf<'DeliveryConfirmed'> },
  report: Report,
): void {
  const { confirmedAt, inspectionEndsAt, shipmentId } = event;
  const told = recordOf(shipmentOf(world, shipmentId), 'ShipmentDelivered');
  if (told === undefined) {
    report(tradeId, `${shipmentId} was confirmed without a delivery`);
  } else if (timeOf(confirmedAt) < timeOf(told.recordedAt) - bothClocks(world)) {
    report(tradeId, `confirmed at ${confirmedAt}, which was learned at ${told.recordedAt}`);
  }
  if (timeOf(confirmedAt) > world.nowMs() + world.settings.maxSkewMs) {
    report(tradeId, `confirmed at ${confirmedAt}, in the future`);
  }
  const periods = milestonesOf(world, tradeId).map((part) => part.inspectionPeriodSeconds);
  const endMs = timeOf(confirmedAt) + Math.max(...periods) * 1_000;
  if (timeOf(inspectionEndsAt) !== endMs) {
    report(tradeId, `the inspection ends at ${inspectionEndsAt}`);
  }
}

const milestonesOf = (world: World, tradeId: string) =>
  firstOf(escrowOf(world, tradeId), 'TradeOpened')?.milestones ?? [];

function checkRelease(world: World, event: EventOf<'MilestoneReleased'>, report: Report): void {
  const { tradeId, milestoneId, rule, evidenceSha256 } = event;
  if (rule === 'buyer_accepted') {
    const path = `/v1/trades/${tradeId}/accept`;
    if (!world.apiCalls.some((call) => call.path === path)) report(tradeId, 'nobody accepted');
    if (firstOf(escrowOf(world, tradeId), 'ShipmentBooked') === undefined) {
      report(tradeId, 'accepted before the goods were on their way');
    }
    return;
  }
  const records = escrowOf(world, tradeId);
  if (rule === 'dispute_closed') {
    const ended = eventsOf(records, 'DisputeClosed').filter(
      (closed) => closed.evidenceSha256 === evidenceSha256,
    );
    const isOfPart = eventsOf(records, 'DisputeOpened').some(
      ({ disputeId, milestoneIds }) =>
        ended.some((closed) => closed.disputeId === disputeId) &&
        milestoneIds.includes(milestoneId),
    );
    if (!isOfPart) report(tradeId, `no dispute of ${milestoneId} ended like that`);
    return;
  }
  const part = milestonesOf(world, tradeId).find((each) => each.milestoneId === milestoneId);
  const ruled = releasedByRule(world, { event, rule: part?.release });
  if (ruled !== undefined) {
    if (ruled.fault !== null) report(tradeId, `${milestoneId} was released, ${ruled.fault}`);
    return;
  }
  checkInspected(world, { event, milestone: part }, report);
}

function checkInspected(
  world: World,
  {
    event,
    milestone,
  }: {
    readonly event: EventOf<'MilestoneReleased'>;
    readonly milestone: { readonly inspectionPeriodSeconds: number } | undefined;
  },
  report: Report,
): void {
  const { tradeId, milestoneId, evidenceSha256 } = event;
  const records = escrowOf(world, tradeId);
  const delivery = eventsOf(records, 'DeliveryConfirmed').at(-1);
  const withdrawn = eventsOf(records, 'DeliveryWithdrawn').length;
  if (delivery === undefined || withdrawn >= eventsOf(records, 'DeliveryConfirmed').length) {
    report(tradeId, `${milestoneId} was released while no delivery stands`);
    return;
  }
  const endMs = timeOf(delivery.confirmedAt) + (milestone?.inspectionPeriodSeconds ?? 0) * 1_000;
  if (world.nowMs() + world.settings.maxSkewMs < endMs || timeOf(event.releasedAt) < endMs) {
    report(tradeId, `${milestoneId} was released before its inspection had passed`);
  }
  if (evidenceSha256 !== delivery.evidenceSha256) report(tradeId, 'released on other evidence');
}

function checkCancellation(
  world: World,
  { tradeId, reason }: EventOf<'CancellationRequested'>,
  report: Report,
): void {
  if (reason === 'marketplace') {
    const path = `/v1/trades/${tradeId}/cancel`;
    if (!world.apiCalls.some((call) => call.path === path)) report(tradeId, 'nobody canceled');
    return;
  }
  const payBy = firstOf(escrowOf(world, tradeId), 'TradeOpened')?.payBy ?? '';
  if (world.nowMs() + world.settings.maxSkewMs < timeOf(payBy)) {
    report(tradeId, `called off before payment was due at ${payBy}`);
  }
}
