import { businessDaysBetween } from './business-days.ts';
import type { LaneItem } from './lane.ts';
import { itemRecs } from './recs.ts';

const DAY_MS = 86_400_000;

/**
 * The first day on which an expected item is missing: the one after its rec's window. Null for the
 * right side, which nobody waits for.
 */
export function dueDateOf({ side, rec, item }: LaneItem): string | null {
  if (side === 'right' || rec === null) return null;
  const { windowBusinessDays } = itemRecs[rec];
  let day = item.date;
  while (businessDaysBetween(item.date, day) <= windowBusinessDays) day = dayAfter(day);
  return day;
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
