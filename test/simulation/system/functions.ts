import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { readEasyPostWebhook } from '../../../src/adapters/carriers/easypost/read-webhook.ts';
import { stripeEventFeed } from '../../../src/adapters/stripe/event-feed.ts';
import { readStripeWebhook } from '../../../src/adapters/stripe/read-webhook.ts';
import { routeRecords } from '../../../src/process/routes.ts';
import { sendDeadlines } from '../../../src/process/send-deadlines.ts';
import { sweepEvents } from '../../../src/process/sweep-events.ts';
import { FUNCTION_TIMEOUT_MS, type Task } from '../engine/tasks.ts';
import { stripeClient } from '../ports/stripe-api.ts';
import {
  type Delivery,
  EASYPOST_WEBHOOK_SECRET,
  STRIPE_WEBHOOK_SECRET,
  type WebhookRequest,
} from '../ports/webhooks.ts';
import { nowOf, type Plant, senderOf } from './plant.ts';

/** What `functions/deadlines/handler.ts` keeps in reserve. */
const DEADLINES_RESERVE_MS = 5_000;

/** One run of the router over a batch of the stream, as `functions/router/handler.ts` does it. */
export function runRouter(
  plant: Plant,
  records: readonly TradelaneRecord[],
  done: (routed: boolean) => void,
): void {
  const task = plant.sim.startTask('router');
  const send = senderOf(plant, task);
  const route = async (): Promise<void> => {
    await Promise.all(
      [...routeRecords(records.map((record) => plant.events.readBy(task, record)))].map(
        ([target, messages]) => send(target, messages),
      ),
    );
  };
  task.onDeath = () => done(false);
  void route().then(
    () => done(true),
    () => done(false),
  );
}

/** One tick of the deadlines function, as `functions/deadlines/handler.ts` does it. */
export function runDeadlines(plant: Plant, done: () => void): void {
  const { sim } = plant;
  const task = sim.startTask('deadlines');
  const endsAtMs = task.startedAtMs + FUNCTION_TIMEOUT_MS;
  task.onDeath = done;
  void sendDeadlines({
    views: plant.views.storeFor(task),
    send: senderOf(plant, task),
    now: nowOf(plant, task),
    hasTime: () => endsAtMs - sim.scheduler.nowMs() > DEADLINES_RESERVE_MS,
  }).then(done, done);
}

/** What `functions/stripe-sweep/handler.ts` keeps in reserve. */
const SWEEP_RESERVE_MS = 10_000;

/** One run of the sweeper, as `functions/stripe-sweep/handler.ts` does it. */
export function runSweep(plant: Plant, done: (isDone: boolean) => void): void {
  const { sim, stripe } = plant;
  const task = sim.startTask('stripe-sweep');
  const endsAtMs = task.startedAtMs + FUNCTION_TIMEOUT_MS;
  const hasTime = (): boolean => endsAtMs - sim.scheduler.nowMs() > SWEEP_RESERVE_MS;
  const send = senderOf(plant, task);
  task.onDeath = () => done(false);
  void sweepEvents({
    feed: stripeEventFeed(stripeClient(stripe, task), { livemode: false }),
    send: (messages) => send('payments', messages),
    now: nowOf(plant, task),
    hasTime,
  }).then(
    () => done(hasTime()),
    () => done(false),
  );
}

/** What `takeWebhook` does with a reading: 401, 200 without a write, or a write and then 200. */
async function takeWebhook(
  plant: Plant,
  task: Task,
  { request, delivery }: { readonly request: WebhookRequest; readonly delivery: Delivery },
): Promise<number> {
  const now = nowOf(plant, task)();
  const { rawBody, headers } = request;
  const reading =
    delivery.provider === 'stripe'
      ? readStripeWebhook({
          rawBody,
          signature: headers['stripe-signature'],
          secrets: [STRIPE_WEBHOOK_SECRET],
          endpoint: 'platform',
          livemode: false,
          now,
        })
      : readEasyPostWebhook({ rawBody, headers, secrets: [EASYPOST_WEBHOOK_SECRET], now });
  if (reading.kind === 'refused') return 401;
  if (reading.kind === 'ignored') return 200;
  const queue = delivery.provider === 'stripe' ? 'payments' : 'tracking';
  await senderOf(plant, task)(queue, reading.messages);
  return 200;
}

/** One run of a webhook function. */
export function receiveWebhook(
  plant: Plant,
  request: WebhookRequest,
  delivery: Delivery,
  done: (status: number | 'none') => void,
): void {
  const task = plant.sim.startTask(`${delivery.provider}-webhook`);
  plant.queues.onSentBy(task.name, (messageId) => delivery.messageIds.push(messageId));
  task.onDeath = () => done('none');
  void takeWebhook(plant, task, { request, delivery }).then(done, () => done(500));
}
