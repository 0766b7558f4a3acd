import batch from '../../../events/inbound/easypost/batch-updated.json' with { type: 'json' };
import created from '../../../events/inbound/easypost/tracker-created.json' with { type: 'json' };
import delivered from '../../../events/inbound/easypost/tracker-updated-delivered.json' with {
  type: 'json',
};
import inTransit from '../../../events/inbound/easypost/tracker-updated-in-transit.json' with {
  type: 'json',
};
import returning from '../../../events/inbound/easypost/tracker-updated-return-to-sender.json' with {
  type: 'json',
};
import { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import {
  type ParsedWebhook,
  parseEasyPostWebhook,
} from '../../../src/adapters/carriers/easypost/parse.ts';
import { fold } from '../../../src/tracking/fold.ts';
import { mergeEvents } from '../../../src/tracking/order.ts';

const parse = (value: unknown): ParsedWebhook =>
  parseEasyPostWebhook(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

const parseAsTracker = (value: unknown) => {
  const parsed = parse(value);
  if (parsed.kind !== 'tracker') throw new Error(`Expected a tracker, received ${parsed.kind}.`);
  return parsed;
};

/** A payload with some members of its tracker replaced. */
const withTracker = (payload: typeof inTransit, changes: Record<string, unknown>) => ({
  ...payload,
  result: { ...payload.result, ...changes },
});

describe('a tracker webhook', () => {
  it('names its delivery, its tracker and what it is about', () => {
    expect(parse(inTransit)).toMatchObject({
      kind: 'tracker',
      deliveryId: 'evt_7c1d0f52a6e94b1f9a30e5c2d4487b61',
      createdAt: '2026-11-20T09:14:02.000Z',
      trackerId: 'trk_3f9a4c2e1b7d4f06b5a8c9d0e1f2a3b4',
      trackingNumber: '1Z204E380338943508',
      carrierShipmentId: 'shp_a1b2c3d4e5f64718a9b0c1d2e3f40516',
      carrierCode: 'UPS',
      status: 'in_transit',
    });
  });

  it('becomes scans with their place and raw codes, and reads customs from the text', () => {
    const { events } = parseAsTracker(inTransit);
    expect(events.map(({ status, reason }) => [status, reason])).toEqual([
      ['label_created', undefined],
      ['picked_up', undefined],
      ['in_transit', undefined],
      ['customs_held', 'customs_docs'],
      ['in_transit', 'customs_cleared'],
    ]);
    expect(events[1]).toMatchObject({
      rawStatus: 'in_transit/received_at_origin_facility',
      rawCode: 'PU',
      occurredAt: '2026-11-18T08:40:00.000Z',
      timeZoneKnown: true,
      place: { city: 'SUWON', country: 'KR' },
    });
  });

  it('keeps no free text and no signer', () => {
    expect(JSON.stringify(parse(delivered))).not.toMatch(/sample|signed/i);
  });

  it('tells an end twice: by its scan and by the status of the shipment', () => {
    const { events } = parseAsTracker(delivered);
    expect(events.filter(({ status }) => status === 'delivered')).toEqual([
      expect.objectContaining({ rawCode: 'DL' }),
      expect.objectContaining({ synthetic: true, occurredAt: '2026-11-23T10:30:00.000Z' }),
    ]);
    expect(fold(events)).toMatchObject({ status: 'delivered', terminal: true, flags: [] });
  });

  it('may know nothing yet', () => {
    expect(parseAsTracker(created).events).toEqual([]);
  });

  it('gives the same scans as part of a later history', () => {
    const [early, late] = [parseAsTracker(inTransit).events, parseAsTracker(delivered).events];
    expect(mergeEvents(early, late)).toHaveLength(late.length - early.length);
    const everything = [...early, ...late, ...parseAsTracker(returning).events];
    expect(fold(everything)).toMatchObject({ status: 'returning', reason: 'refused', flags: [] });
    expect(fold([...everything].reverse())).toEqual(fold(everything));
  });

  it('is returned once its return is final', () => {
    const final = withTracker(returning as never, { finalized: true });
    expect(fold(parseAsTracker(final).events).status).toBe('returned');
  });

  it('shows a status of the shipment that its scans contradict', () => {
    const contradiction = withTracker(delivered as never, { status: 'failure' });
    expect(fold(parseAsTracker(contradiction).events)).toMatchObject({
      status: 'delivered',
      flags: ['provider_conflict'],
    });
  });

  it('takes the shipment at its word where there are no scans', () => {
    const bare = withTracker(inTransit, { tracking_details: null });
    expect(parseAsTracker(bare).events).toEqual([
      expect.objectContaining({ status: 'in_transit', occurredAt: '2026-11-20T09:13:58.000Z' }),
    ]);
  });
});

describe('what EasyPost may change without notice', () => {
  const scan = inTransit.result.tracking_details[2];
  const eventsOf = (...details: unknown[]) =>
    parseAsTracker(withTracker(inTransit, { status: null, tracking_details: details })).events;

  it('marks a status and a detail that are not known, and keeps their codes', () => {
    expect(eventsOf({ ...scan, status: 'teleported' })).toEqual([
      expect.objectContaining({
        status: 'unknown',
        unmapped: true,
        rawStatus: 'teleported/departed_facility',
      }),
    ]);
    expect(eventsOf({ ...scan, status_detail: 'by_drone' })).toEqual([
      expect.objectContaining({ status: 'in_transit', unmapped: true }),
    ]);
  });

  it('reads a time with an offset, and says when the zone is missing', () => {
    expect(eventsOf({ ...scan, datetime: '2026-11-19T03:25:00+09:00' })[0]).toMatchObject({
      occurredAt: '2026-11-18T18:25:00.000Z',
      timeZoneKnown: true,
    });
    expect(eventsOf({ ...scan, datetime: '2026-11-19 03:25' })[0]).toMatchObject({
      occurredAt: '2026-11-19T03:25:00.000Z',
      timeZoneKnown: false,
    });
  });

  it.each([null, 17, '', 'yesterday', '2026-13-41T00:00:00Z', '+275760-09-13T00:00:00Z'])(
    'leaves out a scan whose time is %j',
    (datetime) => {
      expect(eventsOf({ ...scan, datetime })).toEqual([]);
    },
  );

  it('tells scans of one instant apart by their place in the history', () => {
    const events = eventsOf(scan, { ...scan, message: 'Arrived' }, scan);
    expect(events.map(({ sequence }) => sequence)).toEqual([undefined, 1]);
  });

  it('cuts what is too long and leaves out what is no country', () => {
    const place = { city: 'x'.repeat(1_000), country: 'Germany', state: '\u0000\n' };
    const [event] = eventsOf({
      ...scan,
      carrier_code: 'y'.repeat(1_000),
      tracking_location: place,
    });
    expect(event?.place).toEqual({ city: 'x'.repeat(100) });
    expect(event?.rawCode).toHaveLength(80);
    expect(TrackingEvent.parse(event)).toEqual(event);
  });
});

describe('any other body', () => {
  it('is ignored where it is an event of another kind', () => {
    expect(parse(batch)).toMatchObject({ kind: 'ignored', description: 'batch.updated' });
  });

  it.each([
    ['', 'not_json'],
    ['{"id":', 'not_json'],
    ['<html>', 'not_json'],
    ['[]', 'not_an_event'],
    ['null', 'not_an_event'],
    ['"text"', 'not_an_event'],
    ['{}', 'not_an_event'],
    ['{"description":"tracker.updated"}', 'not_a_tracker'],
    ['{"description":"tracker.updated","result":{"id":"has a space"}}', 'not_a_tracker'],
  ])('is unreadable: %s', (text, reason) => {
    expect(parse(text)).toEqual({ kind: 'unreadable', reason });
  });

  it('is known by its hash where it has no id', () => {
    const { id: _, ...nameless } = inTransit;
    expect(parse(nameless)).toMatchObject({ deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('does not overflow on deep nesting', () => {
    expect(parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`).kind).toBe('unreadable');
    const deep = `{"description":"tracker.updated","result":{"id":"trk_1","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(parse(deep).kind).toBe('tracker');
  });
});
