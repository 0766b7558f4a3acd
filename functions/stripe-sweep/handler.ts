import type { Context, ScheduledEvent } from 'aws-lambda';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { sweepEvents } from '../../src/process/sweep-events.ts';
import { now } from '../_shared/clients.ts';
import { flag, optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { measureCount } from '../_shared/observe.ts';
import { sqs } from '../_shared/queue-client.ts';
import { functionStack } from '../_shared/stack.ts';
import { stripeClient } from '../_shared/stripe.ts';

const environment = readEnvironment({
  QUEUE_URL_PAYMENTS: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
  LIVEMODE: flag,
});
const queue = sqs();
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

/** What is left when the function stops taking more; the next run goes on. */
const RESERVE_MS = 10_000;

/** Queues the events that Stripe could not deliver. */
export const handler = functionStack<ScheduledEvent, void>(async (_event, context: Context) => {
  const { found } = await sweepEvents({
    feed: stripeEventFeed(await stripe(), { livemode: environment.LIVEMODE }),
    send: (messages) => sendAll(queue, environment.QUEUE_URL_PAYMENTS, messages),
    now,
    hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
  });
  measureCount('UndeliveredEventsFound', found);
});
