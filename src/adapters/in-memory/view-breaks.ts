import { type BreakSummary, breakKey, type ViewStore } from '../../process/views.ts';
import { byKey } from './sorting.ts';

/** Breaks, each under its id and listed by status. */
export function inMemoryBreaks(): Pick<ViewStore, 'putBreak' | 'findBreak' | 'listBreaks'> {
  const breaks = new Map<string, BreakSummary>();
  return {
    putBreak: async (summary) => {
      const kept = breaks.get(summary.breakId);
      if (kept === undefined || kept.version <= summary.version) {
        breaks.set(summary.breakId, structuredClone(summary));
      }
    },
    findBreak: async (breakId) => structuredClone(breaks.get(breakId)),
    listBreaks: async ({ status, after = '', limit }) =>
      [...breaks.values()]
        .filter((one) => one.status === status && breakKey(one) > after)
        .sort(byKey(breakKey))
        .slice(0, limit)
        .map((one) => structuredClone(one)),
  };
}
