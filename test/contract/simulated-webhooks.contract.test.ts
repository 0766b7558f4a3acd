import { money } from '../../src/money/money.ts';
import { calm, type Faults } from '../simulation/faults.ts';
import type { TrackerReport } from '../simulation/ports/carrier-state.ts';
import type { StripeEvent } from '../simulation/ports/stripe-state.ts';
import {
  createWebhooks,
  EASYPOST_WEBHOOK_SECRET,
  STRIPE_WEBHOOK_SECRET,
  type Webhooks,
} from '../simulation/ports/webhooks.ts';
import {
  describeWebhooks,
  expectRefused,
  type SentWebhook,
  type WebhookSender,
} from '../support/describe-webhooks.ts';
import { steppedSim } from '../support/stepped-sim.ts';

const AT_MS = Date.parse('2026-11-23T12:00:00.000Z');

const paid: StripeEvent = {
  type: 'payment_intent.succeeded',
  object: { id: 'pi_1', object: 'payment_intent' },
  objectId: 'pi_1',
};

const scanned: TrackerReport = {
  label: {
    trackerId: 'trk_1',
    trackingNumber: '1Z1',
    carrierShipmentId: 'shp_1',
    parcelId: 'shp_1',
    reference: 'ship_1',
    service: 'GroundAdvantage',
    price: money('USD', 3_310n),
    boughtAtMs: AT_MS,
  },
  description: 'tracker.updated',
  scans: [{ trackerId: 'trk_1', status: 'in_transit', detail: 'unknown', occurredAtMs: AT_MS }],
  atMs: AT_MS,
  isLast: false,
};

/** A simulated sender, and what it has sent so far; `forged` as it says itself. */
function simulatedWebhooks(statuses: readonly number[], faults: Faults = calm) {
  const { sim, until } = steppedSim(faults);
  const answers = [...statuses];
  const genuine: SentWebhook[] = [];
  const forged: SentWebhook[] = [];
  const webhooks = createWebhooks(sim, (request, delivery, done) => {
    const list = delivery.forged ? forged : genuine;
    list.push({ ...request, sentAtMs: sim.scheduler.nowMs() });
    done(delivery.forged ? 401 : (answers.shift() ?? 200));
  });
  return { webhooks, genuine, forged, until };
}

const senderOf = (secret: string, tell: (webhooks: Webhooks) => void): WebhookSender => ({
  secret,
  stop: async () => {},
  send: async (statuses) => {
    const { webhooks, genuine, until } = simulatedWebhooks(statuses);
    tell(webhooks);
    await until(() => genuine.length > statuses.length);
    // Whatever else would be sent by itself, there is nothing left of it.
    await expect(until(() => false)).rejects.toThrow('Nothing is left');
    return genuine;
  },
});

describeWebhooks('The simulated Stripe', 'stripe', async () =>
  senderOf(STRIPE_WEBHOOK_SECRET, ({ fromStripe }) => fromStripe(paid)),
);
describeWebhooks('The simulated EasyPost', 'easypost', async () =>
  senderOf(EASYPOST_WEBHOOK_SECRET, ({ fromCarrier }) => fromCarrier(scanned)),
);

describe.each([
  ['stripe', STRIPE_WEBHOOK_SECRET],
  ['easypost', EASYPOST_WEBHOOK_SECRET],
] as const)('What the simulator forges of %s', (provider, secret) => {
  it('is refused by the official SDK and by the product, whichever way it was forged', async () => {
    const { webhooks, forged, until } = simulatedWebhooks([], { ...calm, webhookForged: 1 });
    const count = 40;
    for (let sent = 0; sent < count; sent += 1) {
      if (provider === 'stripe') webhooks.fromStripe(paid);
      else webhooks.fromCarrier(scanned);
    }
    await until(() => forged.length === count);
    for (const forgery of forged) expectRefused(forgery, { provider, secret });
  });
});
