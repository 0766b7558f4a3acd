import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import { payableStep } from '../../../../src/money/currency.ts';
import type { World } from '../../world.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './history.ts';

/** So much of the time that money may be held, in hundredths. */
const WARNED_AT = 80;
const FORCED_AT = 95;

type Rule = EventOf<'TradeOpened'>['milestones'][number]['release'];

/**
 * What is wrong with a release by a milestone's own rule or by the limit to holding money, null
 * where nothing is; undefined where it says that an inspection has passed, which such a rule knows not.
 */
export function releasedByRule(
  world: World,
  {
    event,
    rule,
  }: {
    readonly event: EventOf<'MilestoneReleased'>;
    readonly rule: Rule;
  },
): { readonly fault: string | null } | undefined {
  switch (event.rule) {
    case 'document_presented':
      return { fault: documentFault(world, event, rule) };
    case 'date_reached':
      return { fault: dateFault(world, event, rule) };
    case 'hold_limit':
      return { fault: limitFault(world, event) };
    default:
      return rule === undefined || rule.rule === 'inspection'
        ? undefined
        : { fault: `which waits for its ${rule.rule}` };
  }
}

function documentFault(
  world: World,
  { tradeId, milestoneId, releasedAt }: EventOf<'MilestoneReleased'>,
  rule: Rule,
): string | null {
  const path = `/v1/trades/${tradeId}/documents`;
  const presented = eventsOf(escrowOf(world, tradeId), 'DocumentPresented').find(
    (document) => document.milestoneId === milestoneId && document.presentedAt === releasedAt,
  );
  if (rule?.rule !== 'document') return 'which waits for no paper';
  if (presented === undefined || !world.apiCalls.some((call) => call.path === path)) {
    return 'and nobody presented its paper';
  }
  return presented.documentType === rule.documentType ? null : 'by a paper of another kind';
}

function dateFault(
  world: World,
  { releasedAt }: EventOf<'MilestoneReleased'>,
  rule: Rule,
): string | null {
  if (rule?.rule !== 'date') return 'which waits for no day';
  const dueMs = Date.parse(rule.releaseAt);
  const isDue =
    world.nowMs() + world.settings.maxSkewMs >= dueMs && Date.parse(releasedAt) >= dueMs;
  return isDue ? null : 'before its day had come';
}

function limitFault(
  world: World,
  { tradeId, releasedAt }: EventOf<'MilestoneReleased'>,
): string | null {
  const records = escrowOf(world, tradeId);
  const forced = eventsOf(records, 'HoldLimitForced').some(
    ({ forcedAt }) => forcedAt === releasedAt,
  );
  if (!forced) return 'and no limit was reached';
  const delivered = eventsOf(records, 'DeliveryConfirmed').length;
  const stands = delivered > eventsOf(records, 'DeliveryWithdrawn').length;
  return stands || isTooLittle(records, releasedAt) ? null : 'though nothing was delivered';
}

/** Whether all that the limit released is less than the buyer could be given back, but for a unit of rounding. */
function isTooLittle(records: readonly TradelaneRecord[], releasedAt: string): boolean {
  const opened = firstOf(records, 'TradeOpened');
  const funded = firstOf(records, 'EscrowFunded');
  if (opened === undefined || funded === undefined) return false;
  const { received } = funded;
  const releasedMinor = eventsOf(records, 'MilestoneReleased')
    .filter((event) => event.rule === 'hold_limit' && event.releasedAt === releasedAt)
    .reduce((total, { amount }) => total + amount.amountMinor, 0n);
  const wholeMinor = opened.amount.amountMinor * payableStep(received.currency);
  return (releasedMinor - 1n) * received.amountMinor < wholeMinor;
}

/** When the limit to holding a trade's money warns and forces, in milliseconds; undefined without. */
export function holdLimitOf(
  world: World,
  tradeId: string,
): { readonly warnedAtMs: number; readonly forcedAtMs: number } | undefined {
  const records = escrowOf(world, tradeId);
  const seconds = firstOf(records, 'TradeOpened')?.holdLimitSeconds;
  const capturedAt = firstOf(records, 'EscrowFunded')?.capturedAt;
  if (seconds === undefined || capturedAt === undefined) return undefined;
  const after = (hundredths: number): number =>
    Date.parse(capturedAt) + Math.floor((seconds * hundredths) / 100) * 1_000;
  return { warnedAtMs: after(WARNED_AT), forcedAtMs: after(FORCED_AT) };
}
