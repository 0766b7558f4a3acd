import {
  type EasyPostSandbox,
  startEasyPostSandbox,
} from '../../local/sandboxes/easypost/sandbox.ts';
import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { parseEasyPostWebhook } from '../../src/adapters/carriers/easypost/parse.ts';
import { verifyEasyPostSignature } from '../../src/adapters/carriers/easypost/verify.ts';
import { fold } from '../../src/tracking/fold.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import { officialSdk } from '../support/easypost-sdk.ts';
import { eventually } from '../support/eventually.ts';
import { labelRequest } from '../support/label-requests.ts';
import { type ReceivedWebhook, startWebhookReceiver } from '../support/webhook-receiver.ts';

let sandbox: EasyPostSandbox;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;

const start = async (
  options: Parameters<typeof startEasyPostSandbox>[0] & { answers?: readonly number[] } = {},
) => {
  const { answers, ...settings } = options;
  receiver = await startWebhookReceiver(answers);
  sandbox = await startEasyPostSandbox({
    ...{ env: {}, webhooks: [{ url: receiver.url, secret: 'séc ret' }] },
    ...{ webhookRetryDelaysMs: [1, 1, 1] },
    ...settings,
  });
};
afterEach(async () => {
  await sandbox.stop();
  await receiver.stop();
});

const buyLabel = async () => {
  const port = easyPostCarrier({
    ...{ apiKey: sandbox.apiKey, baseUrl: `${sandbox.url}/v2`, timeoutMs: 30_000 },
  });
  const prepared = await port.prepare(labelRequest('ship_1'));
  if (prepared.kind !== 'prepared') throw new Error(prepared.message);
  const label = await port.buy(purchaseOf(prepared));
  if (label.kind !== 'purchased') throw new Error(label.message);
  return label;
};

/** What the product reads from a webhook that it verified. */
const read = ({ rawBody, headers }: ReceivedWebhook) => {
  const check = verifyEasyPostSignature({ rawBody, headers, secrets: ['old', 'séc ret'] });
  expect(check).toEqual({ ok: true, secretIndex: 1 });
  const parsed = parseEasyPostWebhook(rawBody);
  if (parsed.kind !== 'tracker') throw new Error(`Expected a tracker, received ${parsed.kind}.`);
  return parsed;
};

const scansReceived = () => receiver.received.flatMap((webhook) => read(webhook).events);

describe('a bought parcel', () => {
  it('reports each scan with the whole history, signed, until it is delivered', async () => {
    await start();
    const { trackerId, trackingNumber } = await buyLabel();
    sandbox.control.advance(trackerId, { status: 'delivered' });
    await sandbox.control.webhooksSettled();
    const received = receiver.received.map(read);
    expect(new Set(received.map(({ deliveryId }) => deliveryId)).size).toBe(received.length);
    expect(received.every((webhook) => webhook.trackingNumber === trackingNumber)).toBe(true);
    expect(received.length).toBe(10);
    expect(fold(scansReceived())).toMatchObject({ status: 'delivered', flags: [] });
    expect(fold(scansReceived().reverse())).toEqual(fold(scansReceived()));
  });

  it('is believed by the verifier of the official SDK', async () => {
    await start();
    const { trackerId } = await buyLabel();
    sandbox.control.advance(trackerId);
    await sandbox.control.webhooksSettled();
    const sdk = officialSdk(sandbox);
    for (const { rawBody, headers } of receiver.received) {
      expect(sdk.Utils.validateWebhook(rawBody, headers, 'séc ret')).toMatchObject({
        object: 'Event',
      });
    }
  });

  it('moves by itself where the sandbox was told so', async () => {
    await start({ advance: { everyMs: 5 } });
    const { trackerId } = await buyLabel();
    await eventually(() => {
      expect(fold(scansReceived()).status).toBe('delivered');
    });
    expect(sandbox.control.advance(trackerId).finalized).toBe(true);
  });

  it('goes another way on command', async () => {
    await start();
    const { trackerId } = await buyLabel();
    const tell = (command: object) =>
      fetch(`${sandbox.url}/_sandbox/trackers/${trackerId}/advance`, {
        ...{ method: 'POST', body: JSON.stringify(command) },
      });
    await tell({ status: 'out_for_delivery' });
    await tell({ status: 'return_to_sender', statusDetail: 'refused', message: 'Refused' });
    await sandbox.control.webhooksSettled();
    expect(fold(scansReceived())).toMatchObject({ status: 'returning', reason: 'refused' });
    await tell({ status: 'in_transit', datetime: '2020-01-01T00:00:00Z' });
    await sandbox.control.webhooksSettled();
    expect(fold(scansReceived()).status).toBe('returning');
    expect((await tell({ status: 'delivered', datetime: 'soon' })).status).toBe(422);
  });
});

describe('deliveries that go wrong', () => {
  const deliver = async () => {
    const { trackerId } = await buyLabel();
    sandbox.control.advance(trackerId, { status: 'delivered' });
    return trackerId;
  };

  it('are repeated, the same bytes each time, until they are taken', async () => {
    await start({ answers: [500, 302, 404] });
    await buyLabel();
    await sandbox.control.webhooksSettled();
    expect(sandbox.control.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [500, 302, 404, 200] },
    ]);
    expect(new Set(receiver.received.map(({ rawBody }) => rawBody.toString())).size).toBe(1);
  });

  it('are given up in the end', async () => {
    await start({ answers: [500, 500, 500, 500] });
    await buyLabel();
    await sandbox.control.webhooksSettled();
    expect(sandbox.control.deliveries()).toMatchObject([{ state: 'failed' }]);
  });

  it('come twice, and give the same state', async () => {
    await start();
    sandbox.control.setWebhookMode({ mode: 'duplicate' });
    await deliver();
    await sandbox.control.webhooksSettled();
    expect(receiver.received).toHaveLength(20);
    expect(fold(scansReceived())).toMatchObject({ status: 'delivered', flags: [] });
  });

  it('come in reverse, and give the same state', async () => {
    await start();
    const mode = { mode: 'reorder' };
    await fetch(`${sandbox.url}/_sandbox/webhooks/mode`, {
      ...{ method: 'POST', body: JSON.stringify(mode) },
    });
    await deliver();
    expect(receiver.received).toEqual([]);
    await fetch(`${sandbox.url}/_sandbox/webhooks/release`, { method: 'POST' });
    expect(receiver.received.map(read).at(0)?.status).toBe('delivered');
    expect(receiver.received.map(read).at(-1)?.status).toBe('unknown');
    expect(fold(scansReceived())).toMatchObject({ status: 'delivered', flags: [] });
  });

  it('are lost, and what they said is found by asking', async () => {
    await start();
    sandbox.control.setWebhookMode({ mode: 'drop' });
    const trackerId = await deliver();
    await sandbox.control.webhooksSettled();
    expect(receiver.received).toEqual([]);
    const apiKey = sandbox.apiKey;
    const port = easyPostCarrier({ apiKey, baseUrl: `${sandbox.url}/v2`, timeoutMs: 30_000 });
    expect(fold((await port.track(trackerId))?.scans ?? []).status).toBe('delivered');
  });
});

describe('the control of the sandbox', () => {
  it('shows what is there and what was asked', async () => {
    await start();
    await buyLabel();
    const show = async (path: string) => (await fetch(`${sandbox.url}/_sandbox${path}`)).json();
    expect(await show('')).toMatchObject({ sandbox: 'easypost', shipments: 1, trackers: [{}] });
    expect(await show('/requests')).toMatchObject({ labels: 1, total: 3 });
  });

  it('refuses what it does not know', async () => {
    await start();
    const post = async (path: string, body: string) =>
      (await fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body })).status;
    expect(await post('faults', '{"kind":"meteor"}')).toBe(422);
    expect(await post('webhooks/mode', '{"mode":"lossy"}')).toBe(422);
    expect(await post('faults', 'kind=slow')).toBe(400);
    expect(await post('trackers/trk_none/advance', '')).toBe(404);
    expect(await post('faults', '{"kind":"slow","times":2,"delayMs":1}')).toBe(200);
  });
});
