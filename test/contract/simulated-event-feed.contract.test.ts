import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { type LiveSim, liveSim } from '../simulation/live.ts';
import { stripeClient } from '../simulation/ports/stripe-api.ts';
import { createStripeState } from '../simulation/ports/stripe-state.ts';
import { createWebhooks } from '../simulation/ports/webhooks.ts';
import { describeEventFeed } from '../support/describe-event-feed.ts';

const running: LiveSim[] = [];
afterEach(() => {
  for (const live of running.splice(0)) live.stop();
});

describeEventFeed('The simulated Stripe', async () => {
  const live = liveSim();
  running.push(live);
  const { sim } = live;
  let isUp = true;
  const webhooks = createWebhooks(sim, (_request, _delivery, done) => done(isUp ? 200 : 'none'));
  const state = createStripeState(sim, () => {}, webhooks.log);
  let paid = 0;
  const pay = (payments: number): void => {
    for (let count = 0; count < payments; count += 1) {
      paid += 1;
      const object = { id: `pi_${paid}`, object: 'payment_intent' };
      for (const type of ['payment_intent.created', 'payment_intent.succeeded']) {
        webhooks.fromStripe({ type, object, objectId: object.id });
      }
    }
  };
  const settled = async (): Promise<void> => {
    while (webhooks.log.some(({ isDelivered }) => !isDelivered)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    feed: stripeEventFeed(stripeClient(state, sim.startTask('contract')), { livemode: false }),
    now: () => new Date(sim.scheduler.nowMs()),
    deliver: async (payments) => {
      pay(payments);
      await settled();
    },
    lose: async (payments) => {
      isUp = false;
      pay(payments);
    },
  };
});
