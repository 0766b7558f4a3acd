import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import type { EventFeed } from '../../src/process/sweep-events.ts';

/** A provider that could deliver everything but these events, each on the account that it names. */
export const feedOf = (undelivered: readonly StripeEventReceived[] = []): EventFeed => ({
  undelivered: async ({ account }) => ({
    messages: undelivered.filter((event) => event.account === account),
  }),
});
