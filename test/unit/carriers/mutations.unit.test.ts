import * as fc from 'fast-check';
import { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import {
  type CarrierName,
  carrierNames,
  carrierParsers,
} from '../../../src/adapters/carriers/readers.ts';
import { fold } from '../../../src/tracking/fold.ts';
import { carrierSamples, payloadOf, sampleBytes } from '../../support/carrier-samples.ts';

const RUNS = 10_000;
/** A parser that hangs is stopped by no one. This is far above what a busy machine takes. */
const SLOWEST_MS = 5_000;

/** What breaks parsers, and words that mean something to them, so that mutations reach past the first checks. */
const hostile: readonly unknown[] = [
  ...[undefined, null, true, 0, -1, 1e308, Number.NaN, '', ' ', [], {}, [[]], [null], { a: {} }],
  ...['string', '\u0000', '\ud800', 'x'.repeat(5_000), '__proto__', 'constructor', 'toString'],
  ...['2020-01-01T00:00:00Z', '2030-01-01T00:00:00', '20260101', '9999-12-31', '0000-00-00', '1e9'],
  ...['delivered', 'Delivered', 'DELIVERED', 'DE', 'DL', 'OK', '011', 'D', '01', 'SIGNIN'],
  ...['returned', 'Exception_011', 'RT', 'RETURNED', '034', 'cancelled', 'CA', 'Exception_Cancel'],
  ...[
    'lost',
    'Exception_013',
    'failure',
    '147',
    'in_transit',
    'InTransit',
    'IT',
    'PU',
    'tracker.updated',
  ],
];

const membersOf = (value: unknown): [holder: Record<string, unknown>, name: string][] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as [Record<string, unknown>, string],
    ...membersOf(holder[name]),
  ]);
};

type Change = readonly [position: number, replacement: number];

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.tuple(fc.nat(), fc.nat(hostile.length - 1)),
  { minLength: 1, maxLength: 6 },
);

const mutate = (payload: unknown, all: readonly Change[]): unknown => {
  const copy: unknown = structuredClone(payload);
  const members = membersOf(copy);
  for (const [position, replacement] of all) {
    const [holder, name] = members[position % Math.max(1, members.length)] ?? [{}, ''];
    holder[name] = structuredClone(hostile[replacement]);
  }
  return copy;
};

const payloadsOf = (carrier: CarrierName): readonly unknown[] =>
  carrierSamples
    .filter((sample) => sample.carrier === carrier)
    .map((sample) => payloadOf(sampleBytes(sample)));

const delivered: TrackingEvent = {
  key: 'carrier:delivered',
  status: 'delivered',
  rawStatus: 'delivered',
  occurredAt: '2026-11-16T12:00:00.000Z',
  timeZoneKnown: true,
};

/** A delivered parcel goes back, and may then be lost, or is in doubt; it is never on its way again. */
const regresses = (events: readonly TrackingEvent[]): boolean => {
  const { status, flags } = fold([delivered, ...events]);
  if (['delivered', 'returning', 'returned'].includes(status)) return false;
  const wentBack = events.some((event) => ['returning', 'returned'].includes(event.status));
  return (
    !['failed', 'cancelled'].includes(status) || !(wentBack || flags.includes('provider_conflict'))
  );
};

/** Most mutations leave most scans as they were: each is held against the contract once. */
const fitting = new Set<string>();

const fitsContract = (event: TrackingEvent): boolean => {
  const text = JSON.stringify(event);
  if (!fitting.has(text) && TrackingEvent.safeParse(event).success) fitting.add(text);
  return fitting.has(text);
};

/** What is wrong with how a payload was read; undefined where nothing is. */
const complaint = (carrier: CarrierName, payload: unknown): string | undefined => {
  const startedAt = performance.now();
  const reading = carrierParsers[carrier](payload);
  if (performance.now() - startedAt > SLOWEST_MS) return 'too slow';
  const parcels = reading.kind === 'tracking' ? reading.parcels : [];
  for (const { events, parcel, trackerId } of parcels) {
    if (!/^[\x21-\x7e]{2,256}$/.test(parcel + trackerId)) return 'no printable ids';
    if (!events.every(fitsContract)) return 'a scan outside the contract';
    if (regresses(events)) return 'a delivered parcel is on its way again';
  }
  return undefined;
};

describe.each(carrierNames)('10,000 mutated payloads of %s', (carrier) => {
  const payloads = payloadsOf(carrier);

  it('crash nothing, fit the contract and take no parcel back from its end', () => {
    fc.assert(
      fc.property(fc.nat(payloads.length - 1), changes, (index, all) => {
        const found = complaint(carrier, mutate(payloads[index], all));
        if (found !== undefined) throw new Error(found);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([undefined, null, 1, 'text', [], [[]], {}])('nor does %j', (payload) => {
    expect(carrierParsers[carrier](payload).kind).toBe('unreadable');
  });
});
