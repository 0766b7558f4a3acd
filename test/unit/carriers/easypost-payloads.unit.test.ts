import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
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
import { parseEasyPostWebhook } from '../../../src/adapters/carriers/easypost/parse.ts';
import { parseTracker } from '../../../src/adapters/carriers/easypost/parse-tracker.ts';
import { fold } from '../../../src/tracking/fold.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const parse = (value: unknown) => parseEasyPostWebhook(Buffer.from(JSON.stringify(value) ?? ''));

const deliveredScans = parseTracker(delivered.result)?.events ?? [];

type Member = readonly [holder: Record<string, unknown>, name: string];

const membersOf = (value: unknown): Member[] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as const,
    ...membersOf(holder[name]),
  ]);
};

/** Words that mean something to the parser, so that mutations reach past its first checks. */
const telling = fc.constantFrom(
  ...['delivered', 'return_to_sender', 'failure', 'cancelled', 'in_transit', 'lost', 'return'],
  ...['2020-01-01T00:00:00Z', '2026-11-23T10:30:00Z', '2030-01-01T00:00:00', 'Tracker'],
);

/** A sample payload with a few of its members replaced by anything, or removed. */
const mutated = fc
  .tuple(
    fc.constantFrom<unknown>(created, inTransit, delivered, returning, batch),
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.jsonValue(), telling, fc.constant(undefined))), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map(([payload, changes]) => {
    const copy = structuredClone(payload);
    for (const [position, replacement] of changes) {
      const members = membersOf(copy);
      const [holder, name] = members[position % members.length] ?? [{}, ''];
      holder[name] = replacement;
    }
    return copy;
  });

describe('1,000 mutated payloads', () => {
  it('never crash the parser, and every scan fits the contract of events', () => {
    fc.assert(
      fc.property(mutated, (payload) => {
        const parsed = parse(payload);
        if (parsed.kind !== 'tracker') return;
        expect(parsed.deliveryId).toMatch(/^[\x21-\x7e]{1,128}$/);
        for (const event of parsed.events) expect(TrackingEvent.parse(event)).toEqual(event);
        expect(parsed.events.length).toBeLessThan(20);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never take a delivered parcel back on its way', () => {
    fc.assert(
      fc.property(mutated, (payload) => {
        const parsed = parse(payload);
        if (parsed.kind !== 'tracker') return;
        const { status, flags } = fold([...deliveredScans, ...parsed.events]);
        expect(['delivered', 'returning', 'returned', 'failed']).toContain(status);
        if (status === 'failed') expect(flags).toContain('provider_conflict');
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Every Tracker object inside a recorded file. */
const trackersIn = (value: unknown): Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { object?: unknown }).object === 'Tracker' ? [value] : [];
  return [...(own as Record<string, unknown>[]), ...Object.values(value).flatMap(trackersIn)];
};

const reported: Record<string, string> = {
  unknown: 'unknown',
  pre_transit: 'label_created',
  in_transit: 'in_transit',
  delivered: 'delivered',
};

describe('recorded EasyPost trackers', () => {
  const name = corpusTest('fold to the status that EasyPost reported');
  (corpusDirectory() ? it : it.skip)(name, () => {
    const folder = join('carriers', 'easypost');
    const files = readdirSync(join(corpusDirectory() ?? '', folder)).filter((file) =>
      file.endsWith('.json'),
    );
    const trackers = files.flatMap((file) =>
      trackersIn(JSON.parse(readCorpus(folder, file).toString('utf8'))),
    );
    expect(trackers.length).toBeGreaterThanOrEqual(8);
    for (const tracker of trackers) {
      const { status, flags } = fold(parseTracker(tracker)?.events ?? []);
      expect([tracker['id'], status]).toEqual([tracker['id'], reported[String(tracker['status'])]]);
      expect(flags).toEqual([]);
    }
  });
});
