import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TradelaneEvent } from '../../events/index.ts';
import { toItem } from '../../src/adapters/dynamodb/record-item.ts';
import { dynamoRecordStore } from '../../src/adapters/dynamodb/record-store.ts';
import { inMemoryViewStore } from '../../src/adapters/in-memory/view-store.ts';
import { story } from '../support/builders.ts';
import {
  connect,
  itemBytes,
  recordOperations,
  scanItems,
  type TestTable,
  withDynamo,
} from '../support/dynamo.ts';
import { largeRecordOf, recordOf } from '../support/records.ts';
import { runWholeTrade } from '../support/whole-trade.ts';

const dynamo = withDynamo();
const writeUnitBytes = 1_024;
const stream = 'escrow#trd_1';

/** A table with a client of its own, whose middleware no other test sees. */
const openTable = async (): Promise<TestTable> => {
  const { endpoint, createTable } = dynamo();
  const { tableName } = await createTable('events');
  return { client: connect(endpoint), tableName };
};

/** Asks for the capacity that each write consumed, and keeps what is answered. */
const recordCapacity = ({ client }: TestTable): readonly number[] => {
  const units: number[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input;
        const answer = await next({ ...args, input });
        if (commandName === 'PutItemCommand') {
          const { ConsumedCapacity } = answer.output as {
            ConsumedCapacity: { CapacityUnits: number };
          };
          units.push(ConsumedCapacity.CapacityUnits);
        }
        return answer;
      },
    { step: 'initialize', name: 'recordCapacity' },
  );
  return units;
};

/** Loses the answer of the next write, which has taken effect. */
const loseNextAnswer = ({ client }: TestTable): void => {
  let lost = false;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (lost || commandName !== 'PutItemCommand') return answer;
        lost = true;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
    { step: 'finalizeRequest', name: 'loseNextAnswer', priority: 'low' },
  );
};

describe('a whole trade in the events table', () => {
  const run = async () => {
    const table = await openTable();
    const operations = recordOperations(table.client);
    const units = recordCapacity(table);
    const records = await runWholeTrade({
      escrows: dynamoRecordStore(table),
      shipments: dynamoRecordStore(table),
      payouts: dynamoRecordStore(table),
      views: inMemoryViewStore(),
    });
    const items = await scanItems(table);
    table.client.destroy();
    return { operations, units, records, items };
  };
  let trade: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    trade = await run();
  });

  it('is driven to its end', () => {
    expect(trade.records.at(-1)?.events.at(-1)?.type).toBe('TradeSettled');
  });

  it('is one PutItem per decision, and nothing is ever updated or deleted', () => {
    const { operations, records, items } = trade;
    expect(new Set(operations)).toEqual(new Set(['PutItem', 'Query', 'Scan']));
    expect(operations.filter((operation) => operation === 'PutItem')).toHaveLength(records.length);
    expect(items).toHaveLength(records.length);
  });

  it('costs at most two write units per decision', () => {
    const sizes = trade.records.map((record) => itemBytes(toItem(record)));
    expect(trade.units).toEqual(sizes.map((bytes) => Math.ceil(bytes / writeUnitBytes)));
    expect(Math.max(...trade.units)).toBeLessThanOrEqual(2);
  });

  it('costs one write unit for most of them', () => {
    const single = trade.units.filter((units) => units === 1);
    expect(single.length).toBeGreaterThan(trade.units.length / 2);
  });
});

describe('a write whose answer is lost', () => {
  it('is met as a conflict by its own retry, with one record that stands', async () => {
    const table = await openTable();
    const store = dynamoRecordStore<TradelaneEvent>(table);
    loseNextAnswer(table);
    const record = recordOf(stream, 1);
    expect(await store.append(record)).toBe('conflict');
    expect(await store.load(stream)).toEqual([record]);
    table.client.destroy();
  });
});

describe('what the events table refuses', () => {
  it('reaches the caller, since only a taken sequence is a conflict', async () => {
    const table = await openTable();
    const store = dynamoRecordStore<TradelaneEvent>(table);
    const tooLarge = largeRecordOf(stream, 1, 500);
    await expect(store.append(tooLarge)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await store.load(stream)).toEqual([]);
    table.client.destroy();
  });
});

describe('a stream larger than one answer', () => {
  it('is read page by page', async () => {
    const table = await openTable();
    const store = dynamoRecordStore<TradelaneEvent>(table);
    for (const sequence of [1, 2, 3, 4]) await store.append(largeRecordOf(stream, sequence, 300));
    const operations = recordOperations(table.client);
    expect(await store.load(stream)).toHaveLength(4);
    expect(operations).toEqual(['Query', 'Query']);
    table.client.destroy();
  });
});

describe('an item that is not a record', () => {
  const good = toItem(recordOf(stream, 1, [story.escrowFunded]));
  const cases = {
    'has no events': { ...good, events: undefined },
    'has events that are not JSON': { ...good, events: { S: '[{' } },
    'has a journal of another shape': { ...good, journal: { S: '[{"kind":"capture"}]' } },
    'has a sort key that is no number': { ...good, sk: { S: 'first' } },
    'has money in fractions': {
      ...good,
      events: {
        S: good['events']?.S?.replace(/"amountMinor":"(\d+)"/, '"amountMinor":"$1.5"') ?? '',
      },
    },
  };

  it.each(Object.entries(cases))('because it %s, fails the stream', async (_, item) => {
    const table = await openTable();
    const { client, tableName } = table;
    await client.send(new PutItemCommand({ TableName: tableName, Item: item as typeof good }));
    await expect(dynamoRecordStore(table).load(stream)).rejects.toMatchObject({
      code: 'event_store.unreadable_record',
      retryable: false,
      fields: { streamId: stream },
    });
    client.destroy();
  });
});
