import type Stripe from 'stripe';
import { StripeEventType } from '../../../events/messages/stripe-event-received.v1.ts';
import type { EventFeed } from '../../process/sweep-events.ts';
import { callStripe } from './client.ts';
import { readStripeEvent } from './read-event.ts';
import { readChange } from './read-webhook.ts';

const PAGE_SIZE = 100;
const MILLISECONDS_PER_SECOND = 1_000;

/** What we act on of what happens on a seller's own account; its business is none of ours. */
const ACCOUNT_EVENTS = ['account.updated', 'payout.failed'] as const;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / MILLISECONDS_PER_SECOND);

/** Stripe's own list of the events that no endpoint of ours has accepted yet. It takes 20 types at most. */
export const stripeEventFeed = (
  stripe: Stripe,
  { livemode }: { livemode: boolean },
): EventFeed => ({
  undelivered: async ({ from, until, after, now, account }) => {
    const page = await callStripe('list', () =>
      stripe.events.list(
        {
          created: { gte: secondsOf(from), lte: secondsOf(until) },
          delivery_success: false,
          types: [...(account === undefined ? StripeEventType.options : ACCOUNT_EVENTS)],
          limit: PAGE_SIZE,
          ...(after === undefined ? {} : { starting_after: after }),
        },
        account === undefined ? {} : { stripeAccount: account },
      ),
    );
    const messages = page.data.flatMap((event) => {
      const change = readStripeEvent(event);
      // Asked for an account's own events, Stripe need not name the account in each.
      const told = change && { ...change, account: change.account ?? account };
      const reading = told && readChange(told, { livemode, now });
      const messages = reading?.kind === 'queue' ? reading.messages : [];
      return messages.filter((message) => message.kind === 'stripe_event_received');
    });
    const last = page.data.at(-1)?.id;
    return { messages, ...(page.has_more && last !== undefined ? { next: last } : {}) };
  },
});
