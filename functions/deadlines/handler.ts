import type { Context, ScheduledEvent } from 'aws-lambda';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { sendDeadlines } from '../../src/process/send-deadlines.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { measureSeconds } from '../_shared/observe.ts';
import { sqs } from '../_shared/queue-client.ts';
import { functionStack } from '../_shared/stack.ts';

const environment = readEnvironment({
  VIEWS_TABLE: text,
  QUEUE_URL_ESCROW: text,
  QUEUE_URL_SETTLEMENT: text,
  QUEUE_URL_PAYMENTS: text,
  QUEUE_URL_POLL: text,
});
const views = dynamoViewStore({ client: dynamoDb(), tableName: environment.VIEWS_TABLE });
const queue = sqs();
const urls = {
  escrow: environment.QUEUE_URL_ESCROW,
  settlement: environment.QUEUE_URL_SETTLEMENT,
  payments: environment.QUEUE_URL_PAYMENTS,
  poll: environment.QUEUE_URL_POLL,
};

/** What is left when the function stops taking more; the next tick goes on. */
const RESERVE_MS = 5_000;

/** Tells the aggregates which of their deadlines have passed. */
export const handler = functionStack<ScheduledEvent, void>(async (_event, context: Context) => {
  const { oldestDelaySeconds } = await sendDeadlines({
    views,
    send: (name, messages) => sendAll(queue, urls[name], messages),
    now,
    hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
  });
  measureSeconds('OldestDeadlineDelay', oldestDelaySeconds);
});
