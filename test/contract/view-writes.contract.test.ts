import type {
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import type { Deadline } from '../../src/process/views.ts';
import { connect, recordOperations, type TestTable, withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

const deadlines: readonly Deadline[] = Array.from({ length: 30 }, (_, index) => ({
  deadline: 'payment_due',
  tradeId: `trd_${index}`,
  marketplaceId: 'mkt_1',
  subjectId: `trd_${index}`,
  dueAt: new Date(Date.parse('2026-11-23T12:00:00.000Z') + index).toISOString(),
}));

/** A throttled table: it takes so many items of each of the next batches, and leaves the rest. */
const throttle = ({ client, tableName }: TestTable, taken: number[]): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const limit = commandName === 'BatchWriteItemCommand' ? taken.shift() : undefined;
        if (limit === undefined) return next(args);
        const input = args.input as BatchWriteItemCommandInput;
        const requests = input.RequestItems?.[tableName] ?? [];
        const left = { [tableName]: requests.slice(limit) };
        if (limit === 0) {
          return { response: {}, output: { UnprocessedItems: left, $metadata: {} } as never };
        }
        const accepted = { ...input, RequestItems: { [tableName]: requests.slice(0, limit) } };
        const answer = await next({ ...args, input: accepted as typeof args.input });
        (answer.output as BatchWriteItemCommandOutput).UnprocessedItems = left;
        return answer;
      },
    { step: 'initialize', name: 'throttle' },
  );
};

describe('a table that is throttled', () => {
  let table: TestTable;
  beforeEach(async () => {
    const { endpoint, createTable } = dynamo();
    const { tableName } = await createTable('views');
    table = { client: connect(endpoint), tableName };
  });
  afterEach(() => table.client.destroy());

  const due = () =>
    dynamoViewStore(table).dueDeadlines({ at: '2026-11-24T00:00:00.000Z', limit: 100 });

  it('is sent again what it left, until it has everything', async () => {
    const operations = recordOperations(table.client);
    throttle(table, [10, 0, 9]);
    await dynamoViewStore(table).putDeadlines(deadlines);
    expect(operations.filter((operation) => operation === 'BatchWriteItem')).toHaveLength(5);
    expect(await due()).toEqual(deadlines);
  });

  it('is given up after five tries, as something that passes', async () => {
    throttle(table, [20, 0, 0, 0, 0]);
    await expect(dynamoViewStore(table).putDeadlines(deadlines)).rejects.toMatchObject({
      code: 'views.unprocessed_items',
      retryable: true,
    });
    await dynamoViewStore(table).putDeadlines(deadlines);
    expect(await due()).toEqual(deadlines);
  });
});
