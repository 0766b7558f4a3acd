import { STRIPE_READ } from '../stripe-errors.ts';
import { type EventsQuery, listEvents } from '../stripe-events.ts';
import type { StripeState } from '../stripe-state.ts';
import type { OnAccount } from './accounts.ts';
import type { Calling } from './calling.ts';

/** Whatever happened, the platform is told; an account's own list is empty here. */
export const events = (state: StripeState, calling: Calling) => ({
  list: (query: EventsQuery, { stripeAccount }: OnAccount = {}) =>
    calling({ kind: 'events.list', subject: stripeAccount ?? '', faults: STRIPE_READ }, () =>
      stripeAccount === undefined
        ? listEvents(state, query)
        : { object: 'list', data: [], has_more: false },
    ),
});
