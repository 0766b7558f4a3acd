import type Stripe from 'stripe';
import { StripeEventType } from '../../../events/messages/stripe-event-received.v1.ts';
import type { EventFeed } from '../../process/sweep-events.ts';
import { callStripe } from './client.ts';
import { readStripeEvent } from './read-event.ts';
import { readChange } from './read-webhook.ts';

const PAGE_SIZE = 100;
const MILLISECONDS_PER_SECOND = 1_000;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / MILLISECONDS_PER_SECOND);

/** Stripe's own list of the events that no endpoint of ours has accepted yet. */
export const stripeEventFeed = (
  stripe: Stripe,
  { livemode }: { livemode: boolean },
): EventFeed => ({
  undelivered: async ({ from, until, after, now }) => {
    const page = await callStripe('list', () =>
      stripe.events.list({
        created: { gte: secondsOf(from), lte: secondsOf(until) },
        delivery_success: false,
        types: [...StripeEventType.options],
        limit: PAGE_SIZE,
        ...(after === undefined ? {} : { starting_after: after }),
      }),
    );
    const messages = page.data.flatMap((event) => {
      const change = readStripeEvent(event);
      const reading = change && readChange(change, { livemode, now });
      const told = reading?.kind === 'queue' ? reading.messages : [];
      return told.filter((message) => message.kind === 'stripe_event_received');
    });
    const last = page.data.at(-1)?.id;
    return { messages, ...(page.has_more && last !== undefined ? { next: last } : {}) };
  },
});
