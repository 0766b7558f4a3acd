import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';

/** Where the payment provider keeps what it could not deliver. */
export type EventFeed = {
  /** One page of events that were created between two times and that no endpoint accepted. */
  undelivered(query: {
    readonly from: Date;
    readonly until: Date;
    /** The cursor of the page before. */
    readonly after: string | undefined;
    /** The connected account that they happened on; without one, the platform's own. */
    readonly account?: string;
    readonly now: Date;
  }): Promise<{ readonly messages: readonly StripeEventReceived[]; readonly next?: string }>;
};

export type SweepPorts = {
  readonly feed: EventFeed;
  /** Sends all of the messages or throws; sending one twice does no harm. */
  readonly send: (messages: readonly StripeEventReceived[]) => Promise<void>;
  readonly now: () => Date;
  readonly account?: string;
  /** How old an event may be. Default: a day. */
  readonly lookBackMs?: number;
  /** False when the function should stop and leave the rest to the next run. */
  readonly hasTime: () => boolean;
};

/** The provider itself tries again within a minute or so: those are left to it. */
const YOUNGEST_MS = 5 * 60_000;

/** An outage may last; the provider tries again for three days, so a day of it is more than twice. */
const OLDEST_MS = 24 * 3_600_000;

/**
 * Queues what the provider could not deliver, as if it had been delivered: the worker reads each
 * object from the provider and knows by object and type what it has applied before, so a webhook
 * that comes after all changes nothing more. Answers how many were found.
 */
export async function sweepEvents({
  feed,
  send,
  now,
  hasTime,
  account,
  lookBackMs = OLDEST_MS,
}: SweepPorts): Promise<{ readonly found: number }> {
  const startedAt = now();
  const from = new Date(startedAt.getTime() - lookBackMs);
  const until = new Date(startedAt.getTime() - YOUNGEST_MS);
  let found = 0;
  let after: string | undefined;
  while (hasTime()) {
    const page = { from, until, after, now: startedAt };
    const { messages, next } = await feed.undelivered({
      ...page,
      ...(account === undefined ? {} : { account }),
    });
    if (messages.length > 0) await send(messages);
    found += messages.length;
    if (next === undefined) break;
    after = next;
  }
  return { found };
}
