import { createHash, createHmac } from 'node:crypto';
import { withStack } from '../support/stack.ts';
import { shippedTrade, trackingNumberOf } from './journey.ts';
import { nowSeconds, postWebhook } from './signed-webhooks.ts';

const apiKey = 'api-key-of-17track';
const shippoSecret = 'secret-of-shippo';

const stack = withStack({
  carrierWebhookSecrets: { '17track': ['the-new-key', apiKey], shippo: [shippoSecret] },
});

const event = (subStatus: string, hours: number) => ({
  time_utc: new Date(Date.now() + hours * 3_600_000).toISOString(),
  stage: null,
  sub_status: subStatus,
  description: 'Handed to Katrin Vogel',
  address: { country: 'DE', city: 'HAMBURG' },
});

/** What 17TRACK pushes of a number: its whole history, newest first. */
const pushed = (number: string, ...events: ReturnType<typeof event>[]) => {
  const latest = events.at(-1)?.sub_status ?? '';
  const body = JSON.stringify({
    event: 'TRACKING_UPDATED',
    data: {
      number,
      carrier: 100001,
      track_info: {
        latest_status: { status: latest.split('_')[0], sub_status: latest },
        tracking: { providers: [{ events: events.toReversed() }] },
      },
    },
  });
  const sign = createHash('sha256').update(`${body}/${apiKey}`).digest('hex');
  return { body, headers: { sign } };
};

describe('a webhook of an aggregator', () => {
  it('moves the shipment whose label another provider sold, to its delivery', async () => {
    const trade = await shippedTrade(stack());
    const number = trackingNumberOf(trade);
    const history = [event('InTransit_PickedUp', 1), event('Delivered_Other', 2)];
    const answer = await postWebhook(stack(), 'carriers/17track', pushed(number, ...history));
    expect(answer).toMatchObject({ status: 200, body: { received: true } });
    const delivered = await stack().api.becomes(trade.id, 'delivered');
    expect(delivered.shipments).toMatchObject([{ status: 'delivered' }]);
    expect(JSON.stringify(delivered.shipments)).not.toContain('Vogel');
  });

  it('is refused if someone else signed it', async () => {
    const { body } = pushed('LX880017725CN', event('Delivered_Other', 1));
    const headers = { sign: createHash('sha256').update(`${body}/guessed`).digest('hex') };
    expect(await postWebhook(stack(), 'carriers/17track', { body, headers })).toMatchObject({
      status: 401,
      body: { code: 'webhook.mismatch' },
    });
  });

  it('is refused if it was signed long ago', async () => {
    const body = '{"event":"track_updated","data":{}}';
    const t = nowSeconds() - 301;
    const v1 = createHmac('sha256', shippoSecret).update(`${t}.${body}`).digest('hex');
    const headers = { 'shippo-auth-signature': `t=${t},v1=${v1}` };
    expect(await postWebhook(stack(), 'carriers/shippo', { body, headers })).toMatchObject({
      status: 401,
      body: { code: 'webhook.stale' },
    });
  });

  it.each(['fedex', 'pigeon'])('of %s, which is not set up here, is not found', async (carrier) => {
    const webhook = { body: '{}', headers: {} };
    expect(await postWebhook(stack(), `carriers/${carrier}`, webhook)).toMatchObject({
      status: 404,
      body: { code: 'carrier.not_found' },
    });
  });
});
