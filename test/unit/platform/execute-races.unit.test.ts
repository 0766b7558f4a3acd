import * as fc from 'fast-check';
import type { ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { type Decision, decided, nothing } from '../../../src/platform/decision.ts';
import type { EventStore } from '../../../src/platform/event-store.ts';
import { execute, type Owner } from '../../../src/platform/execute.ts';
import { marketplaceId, shipmentId, story, tradeId } from '../../support/builders.ts';

const streamId = `shipment#${shipmentId}`;
const now = () => new Date('2026-11-23T12:00:00.000Z');
const evolution = { initial: 0, evolve: (count: number) => count + 1 };
const next = (): Decision<ShipmentEvent> => decided(story.carrierShipmentCreated);

/** Decides as an aggregate that takes one event and then knows it. */
const onlyOnce = (count: number): Decision<ShipmentEvent> => (count === 0 ? next() : nothing);

/** A store, and a command of some cause to be executed against any view of it. */
function setUp() {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const run = (
    cause: string,
    options: {
      store?: EventStore<ShipmentEvent>;
      decide?: typeof onlyOnce;
      owner?: Owner | 'unnamed';
    } = {},
  ) =>
    execute(
      { store: options.store ?? journaledStore(records), now },
      {
        ...{ streamId, cause, evolution },
        ...(options.owner === 'unnamed'
          ? {}
          : { owner: options.owner ?? { tradeId, marketplaceId } }),
        decide: options.decide ?? next,
      },
    );
  const sequences = () => records.all().map(({ sequence }) => sequence);
  const causes = () => records.all().map(({ cause }) => cause);
  return { records, run, sequences, causes };
}

/** The same store with every call held until the scheduler lets it go. */
const heldBy = (
  scheduler: fc.Scheduler,
  store: EventStore<ShipmentEvent>,
): EventStore<ShipmentEvent> => ({
  load: async (id) => {
    await scheduler.schedule(Promise.resolve(), 'load');
    return store.load(id);
  },
  append: async (record) => {
    await scheduler.schedule(Promise.resolve(), 'append');
    return store.append(record);
  },
});

const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1);

describe('Commands that meet on one stream, in any order of their reads and writes', () => {
  it('are each appended once, no two under one sequence and none left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 8 }), async (scheduler, count) => {
        const { records, run, sequences, causes } = setUp();
        const store = heldBy(scheduler, journaledStore(records));
        const running = upTo(count).map((index) => run(`message-${index}`, { store }));
        const outcomes = await scheduler.waitFor(Promise.all(running));
        expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'appended'));
        expect(sequences()).toEqual(upTo(count));
        expect(new Set(causes()).size).toBe(count);
        expect(outcomes.map(({ state }) => state).toSorted()).toEqual(upTo(count));
      }),
    );
  });

  it('are one record where they are one message, however often it was delivered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 8 }), async (scheduler, count) => {
        const { records, run, causes } = setUp();
        const store = heldBy(scheduler, journaledStore(records));
        const running = upTo(count).map(() => run('message-1', { store }));
        const outcomes = await scheduler.waitFor(Promise.all(running));
        const kinds = outcomes.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'appended')).toHaveLength(1);
        expect(kinds.filter((kind) => kind === 'unchanged')).toHaveLength(count - 1);
        expect(causes()).toEqual(['message-1']);
      }),
    );
  });

  it('are one decision where the first makes the others needless', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { records, run, sequences } = setUp();
        const store = heldBy(scheduler, journaledStore(records));
        const running = upTo(5).map((index) =>
          run(`message-${index}`, { store, decide: onlyOnce }),
        );
        const outcomes = await scheduler.waitFor(Promise.all(running));
        expect(outcomes.every(({ state }) => state === 1)).toBe(true);
        expect(sequences()).toEqual([1]);
      }),
    );
  });
});

describe('The owner of a record', () => {
  it('is whom the command says, else the owner of the stream’s first record', async () => {
    const { records, run } = setUp();
    await run('message-1');
    await run('message-2', { owner: { tradeId: 'trd_other', marketplaceId: 'mkt_other' } });
    await run('message-3', { owner: 'unnamed' });
    expect(records.all().map((record) => [record.tradeId, record.marketplaceId])).toEqual([
      [tradeId, marketplaceId],
      ['trd_other', 'mkt_other'],
      [tradeId, marketplaceId],
    ]);
  });
});

describe('A command whose append fails', () => {
  it('before it took effect is appended by the next try', async () => {
    const { records, run, causes } = setUp();
    const store: EventStore<ShipmentEvent> = {
      load: (id) => journaledStore(records).load(id),
      append: async () => {
        throw new Error('No connection.');
      },
    };
    await expect(run('message-1', { store })).rejects.toThrow('No connection.');
    expect(await run('message-1')).toMatchObject({ kind: 'appended', state: 1 });
    expect(causes()).toEqual(['message-1']);
  });

  it('after it took effect is unchanged by the next try, though others came between', async () => {
    const { records, run, causes } = setUp();
    const store: EventStore<ShipmentEvent> = {
      load: (id) => journaledStore(records).load(id),
      append: async (record) => {
        await journaledStore(records).append(record);
        throw new Error('No answer.');
      },
    };
    await expect(run('message-1', { store })).rejects.toThrow('No answer.');
    await run('message-2');
    expect(await run('message-1')).toEqual({ kind: 'unchanged', state: 2 });
    expect(causes()).toEqual(['message-1', 'message-2']);
  });

  it('is answered a conflict for its own record: that is its success, found by reading', async () => {
    const { records, run, causes } = setUp();
    const store: EventStore<ShipmentEvent> = {
      load: (id) => journaledStore(records).load(id),
      append: async (record) => {
        await journaledStore(records).append(record);
        return journaledStore(records).append(record);
      },
    };
    expect(await run('message-1', { store })).toEqual({ kind: 'unchanged', state: 1 });
    expect(causes()).toEqual(['message-1']);
  });
});
