import { createHmac } from 'node:crypto';
import batch from '../../../events/inbound/easypost/batch-updated.json' with { type: 'json' };
import delivered from '../../../events/inbound/easypost/tracker-updated-delivered.json' with {
  type: 'json',
};
import { TrackingReceived } from '../../../events/messages/tracking-received.v1.ts';
import { readEasyPostWebhook } from '../../../src/adapters/carriers/easypost/read-webhook.ts';

const now = new Date('2026-11-23T10:31:10.000Z');
const secrets = ['the current one', 'the previous one'];

const read = (
  payload: unknown,
  secret = 'the previous one',
  others: Readonly<Record<string, string>> = {},
) => {
  const rawBody = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const digest = createHmac('sha256', secret).update(rawBody).digest('hex');
  const headers = { ...others, 'x-hmac-signature': `hmac-sha256-hex=${digest}` };
  return readEasyPostWebhook({ rawBody, headers, secrets, now });
};

describe('a webhook at the door', () => {
  it('is queued in canonical terms, without names, if it is about a tracker', () => {
    const reading = read(delivered);
    if (reading.kind !== 'queue') throw new Error(`Expected a message, received ${reading.kind}.`);
    const [message] = reading.messages;
    expect(TrackingReceived.parse(message)).toEqual(message);
    expect(message).toMatchObject({ deliveryId: delivered.id, provider: 'easypost' });
    expect(JSON.stringify(reading.messages)).not.toContain('SAMPLE');
  });

  it('is taken whatever its second signature is, and warns of one that is not as we know it', () => {
    const [timestamp, path] = ['Mon, 23 Nov 2026 10:31:10 -0000', '/webhooks/carriers/easypost'];
    const body = JSON.stringify(delivered);
    const made = createHmac('sha256', 'the previous one').update(`${timestamp}POST${path}${body}`);
    const secondly = (signature: string) => ({
      'x-hmac-signature-v2': `hmac-sha256-hex=${signature}`,
      'x-timestamp': timestamp,
      'x-path': path,
    });
    const right = read(delivered, 'the previous one', secondly(made.digest('hex')));
    expect(right.kind).toBe('queue');
    expect(right).not.toHaveProperty('warning');
    expect(read(delivered, 'the previous one', secondly('0'.repeat(64)))).toMatchObject({
      kind: 'queue',
      warning: 'signature_v2_differs',
    });
  });

  it('is ignored if it is about something else', () => {
    expect(read(batch)).toEqual({ kind: 'ignored', what: 'batch.updated' });
  });

  it('is refused if someone else signed it', () => {
    expect(read(delivered, 'guessed')).toEqual({ kind: 'refused', reason: 'mismatch' });
  });

  it('is refused if it comes from the future', () => {
    const future = { ...delivered, created_at: '2026-11-23T10:36:11.000Z' };
    expect(read(future)).toEqual({ kind: 'refused', reason: 'future' });
  });

  it('is queued for a person if nobody can read it', () => {
    expect(read('<html>')).toMatchObject({
      kind: 'queue',
      messages: [{ kind: 'webhook_unreadable', reason: 'not_json' }],
    });
  });
});
