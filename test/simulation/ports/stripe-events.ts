import type { StripeState } from './stripe-state.ts';
import { stripeEventBody } from './webhooks.ts';

/** What is asked of `GET /v1/events`, in seconds. */
export type EventsQuery = {
  readonly created: { readonly gte: number; readonly lte: number };
  readonly types: readonly string[];
  readonly limit: number;
  readonly starting_after?: string;
};

const MILLISECONDS_PER_SECOND = 1_000;

/** The events of a time that no endpoint has taken, newest first, page by page. */
export function listEvents({ log }: StripeState, query: EventsQuery) {
  const { created, types, limit, starting_after: after } = query;
  const all = log
    .filter(({ isDelivered, type, createdAtMs }) => {
      const seconds = Math.floor(createdAtMs / MILLISECONDS_PER_SECOND);
      const isInTime = created.gte <= seconds && seconds <= created.lte;
      return !isDelivered && isInTime && types.includes(type);
    })
    .reverse();
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  return {
    object: 'list',
    data: all.slice(start, start + limit).map(stripeEventBody),
    has_more: all.length > start + limit,
  };
}
