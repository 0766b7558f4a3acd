import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';

/**
 * A delivery that the provider itself contradicts, or that only unsigned webhooks tell of, is none: no
 * money may move on it.
 */
export const isDelivery = ({
  status,
  flags = [],
}: {
  readonly status: TrackingStatus;
  readonly flags?: readonly string[] | undefined;
}): boolean =>
  status === 'delivered' && !flags.includes('provider_conflict') && !isUnconfirmed(flags);

/** Whether unsigned webhooks tell of a delivery that nobody who can be trusted has confirmed. */
export const isUnconfirmed = (flags: readonly string[] = []): boolean =>
  flags.includes('unconfirmed');

/** What was known, and the news; one that is told anew, signed, takes the place of the unsigned one. */
export const withNews = (
  known: readonly TrackingEvent[],
  news: readonly TrackingEvent[],
): readonly TrackingEvent[] => {
  const keys = new Set(news.map(({ key }) => key));
  return [...known.filter(({ key, unsigned }) => unsigned !== true || !keys.has(key)), ...news];
};
