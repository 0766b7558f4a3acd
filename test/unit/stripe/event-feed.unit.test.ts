import type Stripe from 'stripe';
import { stripeEventFeed } from '../../../src/adapters/stripe/event-feed.ts';

/** Stripe's API reference, events: "An array of up to 20 strings containing specific event names." */
const MOST_TYPES = 20;

/** The types that the feed asks for, on the platform's account or a seller's. */
async function typesAsked(account?: string): Promise<readonly string[]> {
  const asked: Stripe.EventListParams[] = [];
  const list = async (params: Stripe.EventListParams) => {
    asked.push(params);
    return { object: 'list', data: [], has_more: false };
  };
  const now = new Date('2026-07-02T09:00:00Z');
  const feed = stripeEventFeed({ events: { list } } as unknown as Stripe, { livemode: false });
  await feed.undelivered({
    from: now,
    until: now,
    now,
    after: undefined,
    ...(account === undefined ? {} : { account }),
  });
  return asked.flatMap(({ types }) => types ?? []);
}

describe('The list of undelivered events', () => {
  it.each([undefined, 'acct_1'])(
    'asks for no more types than Stripe takes (of %s)',
    async (account) => {
      const types = await typesAsked(account);
      expect(types.length).toBeGreaterThan(0);
      expect(types.length).toBeLessThanOrEqual(MOST_TYPES);
      expect(new Set(types).size).toBe(types.length);
    },
  );
});
