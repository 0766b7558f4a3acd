import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { TradelaneEvent } from '../../../events/index.ts';
import { RoutedRecord } from '../../../events/messages/routed-record.v1.ts';
import { toJson } from '../../../src/platform/json.ts';
import { ROUTES, routeRecord, routeRecords } from '../../../src/process/routes.ts';
import { story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

const record = (...events: Parameters<typeof recordOf>[2] & object): TradelaneRecord =>
  recordOf('escrow#trd_1', 3, events) as TradelaneRecord;

describe('The routing table', () => {
  it('knows every event, and tells the projection of each', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(
      TradelaneEvent.def.options
        .flatMap(({ def }) => def.options.map(({ shape }) => shape.type.def.values[0]))
        .sort(),
    );
    expect(Object.values(ROUTES).every((targets) => targets.includes('projection'))).toBe(true);
  });

  it('names no target twice', () => {
    for (const targets of Object.values(ROUTES)) expect(new Set(targets).size).toBe(targets.length);
  });
});

describe('Routing a record', () => {
  it('gives one message a target, with an id that follows from the record', () => {
    const messages = routeRecord(record(story.escrowFunded));
    expect(messages.map(({ messageId }) => messageId).sort()).toEqual([
      'escrow#trd_1#3#conversion',
      'escrow#trd_1#3#projection',
      'escrow#trd_1#3#reconciliation',
    ]);
    expect(routeRecord(record(story.escrowFunded))).toEqual(messages);
  });

  it('gives one message for several events of one target', () => {
    const messages = routeRecord(record(story.milestonePaid, story.tradeSettled));
    expect(messages.map(({ target }) => target)).toEqual(['projection']);
  });

  it('gives messages that the queues’ schema reads back', () => {
    for (const event of Object.values(story)) {
      for (const message of routeRecord(record(event))) {
        expect(RoutedRecord.parse(JSON.parse(toJson(message)))).toEqual(message);
      }
    }
  });

  it('gathers the messages of many records by their queue', () => {
    const byTarget = routeRecords([record(story.escrowFunded), record(story.labelPurchased)]);
    expect(byTarget.get('projection')).toHaveLength(2);
    expect(byTarget.get('conversion')).toHaveLength(1);
    expect(byTarget.get('escrow')).toHaveLength(1);
  });
});
