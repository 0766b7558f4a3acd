import type { StripeEventReceived } from '../../../events/messages/stripe-event-received.v1.ts';
import { type EventFeed, sweepEvents } from '../../../src/process/sweep-events.ts';

const now = () => new Date('2026-11-23T12:00:00.000Z');

const message = (eventId: string): StripeEventReceived => ({
  ...{ kind: 'stripe_event_received', version: 1, eventType: 'transfer.created' },
  ...{ eventId, objectId: `tr_${eventId}`, receivedAt: now().toISOString() },
});

/** Pages of two. */
function feedOf(events: readonly StripeEventReceived[]) {
  const asked: Parameters<EventFeed['undelivered']>[0][] = [];
  const feed: EventFeed = {
    undelivered: async (query) => {
      asked.push(query);
      const start = query.after === undefined ? 0 : Number(query.after);
      const messages = events.slice(start, start + 2);
      return { messages, ...(start + 2 < events.length ? { next: String(start + 2) } : {}) };
    },
  };
  return { feed, asked };
}

const sweep = async (feed: EventFeed, hasTime = () => true) => {
  const sent: string[] = [];
  const outcome = await sweepEvents({
    feed,
    now,
    hasTime,
    send: async (messages) => {
      sent.push(...messages.map(({ eventId }) => eventId));
    },
  });
  return { ...outcome, sent };
};

describe('a sweep', () => {
  it('queues every event of every page, once', async () => {
    const { feed, asked } = feedOf(['a', 'b', 'c', 'd', 'e'].map(message));
    expect(await sweep(feed)).toEqual({ found: 5, sent: ['a', 'b', 'c', 'd', 'e'] });
    expect(asked.map(({ after }) => after)).toEqual([undefined, '2', '4']);
  });

  it('looks back a day, and leaves the last minutes to the provider', async () => {
    const { feed, asked } = feedOf([]);
    expect(await sweep(feed)).toEqual({ found: 0, sent: [] });
    expect(asked[0]).toMatchObject({
      from: new Date('2026-11-22T12:00:00.000Z'),
      until: new Date('2026-11-23T11:55:00.000Z'),
    });
  });

  it('stops where its time is up, and the next begins again', async () => {
    const { feed } = feedOf(['a', 'b', 'c'].map(message));
    const left = [true, false];
    expect(await sweep(feed, () => left.shift() ?? false)).toMatchObject({ found: 2 });
  });

  it('fails where the queue takes nothing, so that the schedule shows it', async () => {
    const { feed } = feedOf([message('a')]);
    const send = () => Promise.reject(new Error('The queue is closed.'));
    await expect(sweepEvents({ feed, now, hasTime: () => true, send })).rejects.toThrow('closed');
  });
});
