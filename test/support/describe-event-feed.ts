import type { EventFeed } from '../../src/process/sweep-events.ts';

export type EventFeedUnderTest = {
  readonly feed: EventFeed;
  /** So many payments succeed, and no endpoint takes a word of it. */
  readonly lose: (payments: number) => Promise<void>;
  /** So many payments succeed, and an endpoint takes what is told of them. */
  readonly deliver: (payments: number) => Promise<void>;
  readonly now: () => Date;
  readonly stop?: () => Promise<void>;
};

const MINUTE_MS = 60_000;
const PAGE = 100;

/** What the list of the events that nobody took promises, whoever keeps it. */
export function describeEventFeed(name: string, start: () => Promise<EventFeedUnderTest>): void {
  describe(`${name}: the feed of undelivered events`, () => {
    let suite: EventFeedUnderTest;
    beforeEach(async () => {
      suite = await start();
    });
    afterEach(() => suite.stop?.());

    const undelivered = (after?: string, agoMs = 0) => {
      const now = suite.now();
      const until = new Date(now.getTime() - agoMs);
      const from = new Date(until.getTime() - MINUTE_MS);
      return suite.feed.undelivered({ from, until, now, after });
    };

    it('has what was dropped, of the types we act on, and nothing that was delivered', async () => {
      await suite.deliver(3);
      await suite.lose(3);
      const { messages, next } = await undelivered();
      expect(messages).toHaveLength(3);
      expect(new Set(messages.map(({ objectId }) => objectId)).size).toBe(3);
      expect(new Set(messages.map(({ eventType }) => eventType))).toEqual(
        new Set(['payment_intent.succeeded']),
      );
      expect(next).toBeUndefined();
    });

    it('has nothing of another time', async () => {
      await suite.lose(1);
      expect(await undelivered(undefined, 10 * MINUTE_MS)).toEqual({ messages: [] });
    });

    it('goes on where a page ended', async () => {
      await suite.lose(PAGE + 2);
      const first = await undelivered();
      expect(first.messages).toHaveLength(PAGE);
      const second = await undelivered(first.next);
      expect(second.messages).toHaveLength(2);
      expect(second.next).toBeUndefined();
      const ids = [...first.messages, ...second.messages].map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
}
