import type { Deadline } from './views.ts';

const MILLISECONDS_PER_SECOND = 1_000;

/** What every deadline of a record names beside its kind and time. */
export type Owner = Pick<Deadline, 'tradeId' | 'marketplaceId'>;

/** One deadline of a trade, or of what is named in its stead. */
export const ofTrade = (
  owner: Owner,
  deadline: Deadline['deadline'],
  dueAt: string,
  subjectId = owner.tradeId,
): Deadline => ({ ...owner, deadline, subjectId, dueAt });

/** The later of two instants. */
export const laterOf = (left: string, right: string): string => (left > right ? left : right);

/** So many seconds after an instant. */
export const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * MILLISECONDS_PER_SECOND).toISOString();
