import type { Deadline, ViewStore } from '../../process/views.ts';
import { byKey } from './sorting.ts';

const keyOf = ({ dueAt, deadline, subjectId }: Deadline): string =>
  `${dueAt}#${deadline}#${subjectId}`;

/** What falls due, in the order it does. */
export function inMemoryDeadlines(): Pick<
  ViewStore,
  'putDeadlines' | 'dueDeadlines' | 'removeDeadlines'
> {
  const deadlines = new Map<string, Deadline>();
  return {
    putDeadlines: async (added) => {
      for (const deadline of added) deadlines.set(keyOf(deadline), { ...deadline });
    },
    dueDeadlines: async ({ at, limit }) =>
      [...deadlines.values()]
        .filter(({ dueAt }) => dueAt <= at)
        .sort(byKey(keyOf))
        .slice(0, limit)
        .map((deadline) => ({ ...deadline })),
    removeDeadlines: async (removed) => {
      for (const deadline of removed) deadlines.delete(keyOf(deadline));
    },
  };
}
