import type { BreakEvent } from '../../events/index.ts';
import type { BankChargeLimits } from '../money/bank-charges.ts';
import type { EventRecord } from '../platform/event-store.ts';
import { initialBreak } from '../reconciliation/break-state.ts';
import { ageBand, businessDaysBetween } from '../reconciliation/business-days.ts';
import { evolveBreak } from '../reconciliation/evolve-break.ts';
import { lanesOf } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { paidIds, shortReturn } from './short-return.ts';
import type { BreakSummary } from './views.ts';

/** A break as the lists show it, after the given records of its stream. Undefined before it is raised. */
export function summarizeBreak(
  records: readonly EventRecord<BreakEvent>[],
): BreakSummary | undefined {
  const events = records.flatMap((record) => record.events);
  const state = events.reduce(evolveBreak, initialBreak);
  const last = records.at(-1);
  if (state.status === 'not_raised' || last === undefined) return undefined;
  const { breakType: kind, raisedAt, ...facts } = state.facts;
  const open = state.status === 'resolved' ? undefined : state;
  return {
    ...facts,
    ...{ kind, raisedAt, status: state.status, version: last.sequence, updatedAt: last.recordedAt },
    ...(open?.assignee == null ? {} : { assignee: open.assignee }),
    ...(open?.explanation == null ? {} : { explanation: open.explanation }),
    ...(state.status === 'write_off_proposed' ? { proposedBy: state.proposedBy } : {}),
    ...(state.status === 'resolved' ? { resolution: state.resolution } : {}),
  };
}

/** A break as the API answers it on that day: with its age in business days. */
export function presentBreak({ breakId, version: _, ...summary }: BreakSummary, today: string) {
  const ageBusinessDays = businessDaysBetween(summary.since, today);
  return { id: breakId, ...summary, ageBusinessDays, age: ageBand(ageBusinessDays) };
}

/**
 * A break with its items as they stand, and every step that was taken, with who took it and why. Where so
 * little of a payment came back that it was not taken for a return, `tooLittleBack` says what was paid and
 * what banks may keep of it.
 */
export async function detailBreak(
  lanes: Pick<LaneStore, 'getItems'>,
  {
    summary,
    records,
    today,
    bankChargeLimits: limits,
  }: {
    readonly summary: BreakSummary;
    readonly records: readonly EventRecord<BreakEvent>[];
    readonly today: string;
    readonly bankChargeLimits: BankChargeLimits;
  },
) {
  const ids = [...summary.left, ...summary.right];
  const read = lanesOf(summary.rec).map((lane) => lanes.getItems(lane, ids));
  const items = (await Promise.all(read)).flat();
  const [short] = await shortReturns(lanes, { summary, items, limits });
  return {
    ...presentBreak(summary, today),
    ...(short === undefined ? {} : { tooLittleBack: short }),
    items: items.map(presentItem),
    history: records.flatMap(({ events }) => events),
  };
}

async function shortReturns(
  lanes: Pick<LaneStore, 'getItems'>,
  {
    summary: { kind, status },
    items,
    limits,
  }: {
    readonly summary: BreakSummary;
    readonly items: readonly StoredItem[];
    readonly limits: BankChargeLimits;
  },
) {
  if (kind !== 'returned' || status === 'resolved') return [];
  const payments = await lanes.getItems('bank_out', [...new Set(items.flatMap(paidIds))]);
  return items.flatMap((line) => {
    const payment = payments.find(({ item }) => paidIds(line).includes(item.id));
    return shortReturn(limits, { line, payment }) ?? [];
  });
}

/** An item as the API answers it: what is expected, or a line. */
export const presentItem = ({ side, rec, item, about, status, matchId, breakId }: StoredItem) => ({
  ...{ id: item.id, side, status, date: item.date },
  amount: { currency: item.currency, amountMinor: item.amountMinor },
  references: item.keys,
  ...(rec === null ? {} : { rec }),
  ...(item.returned === undefined ? {} : { returned: item.returned }),
  ...(about === undefined ? {} : { about }),
  ...(matchId === null ? {} : { matchId }),
  ...(breakId === null ? {} : { breakId }),
});
