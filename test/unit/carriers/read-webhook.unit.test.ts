import { TrackingReceived } from '../../../events/messages/tracking-received.v1.ts';
import { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { readCarrierWebhook } from '../../../src/adapters/carriers/read-webhook.ts';
import { type CarrierName, carrierParsers } from '../../../src/adapters/carriers/readers.ts';
import { refused, type SignatureCheck } from '../../../src/adapters/carriers/signature.ts';
import { carrierSamples, sampleBytes } from '../../support/carrier-samples.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const verified = () => ({ ok: true, secretIndex: 0 }) as const;

const shown = () => ({ ok: true, secretIndex: 0, unsigned: true }) as const;

const read = (carrier: CarrierName, rawBody: Buffer, verify: () => SignatureCheck = verified) =>
  readCarrierWebhook(
    { provider: carrier, verify, parse: carrierParsers[carrier] },
    { rawBody, headers: {}, secrets: [], now },
  );

const messagesOf = async (carrier: CarrierName, file: string) => {
  const reading = await read(carrier, sampleBytes({ carrier, file }));
  return reading.kind === 'queue' ? reading.messages : [];
};

describe('A carrier’s webhook', () => {
  it.each(carrierSamples.filter(({ file }) => file.endsWith('.json')))(
    'is queued in the terms of its contract: $carrier/$file',
    async ({ carrier, file, status }) => {
      for (const message of await messagesOf(carrier, file)) {
        const contract =
          message.kind === 'tracking_received' ? TrackingReceived : WebhookUnreadable;
        expect(contract.parse(message)).toEqual(message);
        if (status !== 'no tracking') expect(message.kind).toBe('tracking_received');
      }
    },
  );

  it('names the parcel of each scan where a tracker follows several', async () => {
    const [message, ...others] = await messagesOf('fedex', 'track-two-pieces.json');
    if (message?.kind !== 'tracking_received') throw new Error('Expected scans.');
    expect(others).toEqual([]);
    expect(message.trackerId).toBe('771000000024');
    expect(new Set(message.scans.map(({ parcel }) => parcel))).toEqual(
      new Set(['771000000024', '771000000035']),
    );
  });

  it('says that it left out what was under its number before', async () => {
    const body = sampleBytes({ carrier: 'fedex', file: 'track-recycled-number.json' });
    expect(await read('fedex', body)).toMatchObject({ kind: 'queue', warning: 'recycled' });
    const other = sampleBytes({ carrier: 'fedex', file: 'track-two-pieces.json' });
    expect(await read('fedex', other)).not.toHaveProperty('warning');
  });

  it('that holds several trackers is one message for each', async () => {
    const [one] = JSON.parse(
      sampleBytes({ carrier: 'ship24', file: 'trackings-delivered.json' }).toString(),
    ).trackings;
    const two = {
      ...one,
      tracker: { ...one.tracker, trackerId: 'another', trackingNumber: 'LX1' },
    };
    const reading = await read('ship24', Buffer.from(JSON.stringify({ trackings: [one, two] })));
    expect(reading).toMatchObject({
      kind: 'queue',
      messages: [
        { trackingNumber: 'LX880017725CN' },
        { trackerId: 'another', trackingNumber: 'LX1' },
      ],
    });
  });

  it('is known by the hash of its body where it has no id', async () => {
    const [first] = await messagesOf('ups', 'track-alert-delivered.json');
    expect(first).toMatchObject({ deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('is ignored where it is about something else', async () => {
    const body = sampleBytes({ carrier: '17track', file: 'tracking-stopped.json' });
    expect(await read('17track', body)).toEqual({ kind: 'ignored', what: 'TRACKING_STOPPED' });
  });

  it.each(['{}', 'not json', '<xml/>', ''])(
    'goes to a person where nobody can read it: %j',
    async (body) => {
      expect(await read('fedex', Buffer.from(body))).toMatchObject({
        kind: 'queue',
        messages: [{ kind: 'webhook_unreadable', provider: 'fedex' }],
      });
    },
  );

  it('that nobody signed says so in each of its scans', async () => {
    const body = sampleBytes({ carrier: 'ship24', file: 'trackings-delivered.json' });
    const marks = async (verify: () => SignatureCheck) => {
      const reading = await read('ship24', body, verify);
      const messages = reading.kind === 'queue' ? reading.messages : [];
      const scans = messages.flatMap((message) => TrackingReceived.parse(message).scans);
      return new Set(scans.map(({ unsigned }) => unsigned));
    };
    expect(await marks(shown)).toEqual(new Set([true]));
    expect(await marks(verified)).toEqual(new Set([undefined]));
  });

  it('is refused before it is read', async () => {
    const reading = await read('fedex', Buffer.from('not json'), () => refused('mismatch'));
    expect(reading).toEqual({ kind: 'refused', reason: 'mismatch' });
  });
});

describe('A webhook', () => {
  it('with a history too long for one message is told in several', async () => {
    const [one] = JSON.parse(
      sampleBytes({ carrier: 'ship24', file: 'trackings-delivered.json' }).toString(),
    ).trackings;
    const events = Array.from({ length: 900 }, (_, index) => ({
      ...one.events[0],
      eventId: `event-${index}`,
      order: index,
      location: { city: '市'.repeat(100), state: '州'.repeat(100), countryIso2: 'JP' },
    }));
    const reading = await read(
      'ship24',
      Buffer.from(JSON.stringify({ trackings: [{ ...one, events }] })),
      shown,
    );
    const messages = reading.kind === 'queue' ? reading.messages : [];
    const parsed = messages.map((message) => TrackingReceived.parse(message));
    expect(new Set(parsed.map(({ deliveryId }) => deliveryId)).size).toBe(4);
    const keys = parsed.flatMap(({ scans }) => scans.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(900);
    for (const message of messages) {
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(256_000);
    }
  });
});
