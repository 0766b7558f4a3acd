import * as fc from 'fast-check';
import { type TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';

const start = Date.parse('2026-11-20T08:00:00.000Z');

/** A scan so many hours into a journey. Its key follows from its content. */
export const scanAt = (
  hours: number,
  status: TrackingStatus,
  more: Partial<TrackingEvent> = {},
): TrackingEvent => ({
  key: `easypost:${hours}-${status}-${more.reason ?? ''}-${more.synthetic ?? ''}`,
  status,
  rawStatus: status,
  occurredAt: new Date(start + hours * 3_600_000).toISOString(),
  timeZoneKnown: true,
  ...more,
});

const reasons = ['lost', 'damaged', 'refused', 'customs_docs'];

/** Any scan that the schema allows, with few hours and keys, so that ties and repeats are common. */
export const anyScan: fc.Arbitrary<TrackingEvent> = fc
  .record({
    status: fc.constantFrom(...TrackingStatus.options),
    hours: fc.integer({ min: 0, max: 30 }),
    provider: fc.constantFrom('easypost', 'ship24'),
    timeZoneKnown: fc.boolean(),
    reason: fc.option(fc.constantFrom(...reasons), { nil: undefined }),
    sequence: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    synthetic: fc.option(fc.constant(true), { nil: undefined }),
    unmapped: fc.option(fc.constant(true), { nil: undefined }),
    unsigned: fc.option(fc.constant(true), { nil: undefined }),
  })
  .map(({ hours, provider, ...fields }) => {
    const given = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined),
    );
    const key = `${provider}:${hours}-${fields.status}-${fields.sequence ?? 0}`;
    return scanAt(hours, fields.status, { ...given, key });
  });

export const anyScans: fc.Arbitrary<TrackingEvent[]> = fc.array(anyScan, { maxLength: 12 });

/** The same scans in any order, any of them told again. */
export const retold = (scans: readonly TrackingEvent[]): fc.Arbitrary<TrackingEvent[]> =>
  fc
    .subarray([...scans])
    .map((again) => [...scans, ...again])
    .chain((told) => fc.shuffledSubarray(told, { minLength: told.length }));
