import { startEasyPostSandbox } from '../../local/sandboxes/easypost/sandbox.ts';
import { startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import { describeWebhooks, type WebhookSender } from '../support/describe-webhooks.ts';
import { labelRequest } from '../support/label-requests.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';
import { plainSettings, sdk } from './stripe-sandbox.support.ts';

const SECRET = 'whsec_contract';
const RETRIES = { webhookRetryDelaysMs: [1, 1, 1] };

type Sandbox = {
  /** Does something that makes one event, and waits until it was delivered. */
  readonly makeEvent: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The sandbox is started for each event, so that its endpoint can be told how to answer. */
const senderOf = (start: (url: string) => Promise<Sandbox>): WebhookSender => ({
  secret: SECRET,
  stop: async () => {},
  send: async (statuses) => {
    const receiver = await startWebhookReceiver(statuses);
    const sandbox = await start(receiver.url);
    await sandbox.makeEvent();
    await sandbox.stop();
    await receiver.stop();
    return receiver.received.map((webhook) => ({ ...webhook, sentAtMs: Date.now() }));
  },
});

const startStripe = async (url: string): Promise<Sandbox> => {
  const webhookEndpoints = [{ url, secrets: [SECRET] }];
  const sandbox = await startStripeSandbox({ ...plainSettings, ...RETRIES, webhookEndpoints });
  return {
    stop: sandbox.stop,
    makeEvent: async () => {
      await sdk(sandbox).paymentIntents.create({ amount: 10_000, currency: 'eur' });
      await sandbox.control.webhooksSettled();
    },
  };
};

const startEasyPost = async (url: string): Promise<Sandbox> => {
  const webhooks = [{ url, secret: SECRET }];
  const sandbox = await startEasyPostSandbox({ env: {}, ...RETRIES, webhooks });
  const carrier = easyPostCarrier({
    ...{ apiKey: sandbox.apiKey, baseUrl: `${sandbox.url}/v2`, timeoutMs: 10_000 },
  });
  return {
    stop: sandbox.stop,
    makeEvent: async () => {
      const prepared = await carrier.prepare(labelRequest('ship_1'));
      if (prepared.kind !== 'prepared') throw new Error(prepared.message);
      expect(await carrier.buy(purchaseOf(prepared))).toMatchObject({ kind: 'purchased' });
      await sandbox.control.webhooksSettled();
    },
  };
};

describeWebhooks('The sandbox of Stripe', 'stripe', async () => senderOf(startStripe));
describeWebhooks('The sandbox of EasyPost', 'easypost', async () => senderOf(startEasyPost));
