import type { EmbeddedDynalite } from './embedded-dynalite.ts';
import { succeed, type WireAnswer, type WireObject, type WireRequest } from './json-protocol.ts';
import { createKeyedMutex } from './keyed-mutex.ts';
import { type KeySchema, keyOf, type StreamLog } from './stream-log.ts';

/** A table as the front of dynalite knows it; `stream` where its writes are recorded. */
export type FrontedTable = { readonly keySchema: KeySchema; readonly stream?: StreamLog };

type TableWrite = (request: WireRequest, table: FrontedTable) => Promise<WireAnswer>;

export type TableWrites = {
  readonly putItem: TableWrite;
  readonly updateItem: TableWrite;
  readonly deleteItem: TableWrite;
  readonly batchWriteItem: (request: WireRequest) => Promise<WireAnswer>;
};

type BatchEntry = {
  readonly PutRequest?: { readonly Item: WireObject };
  readonly DeleteRequest?: { readonly Key: WireObject };
};

type StreamedWrite = {
  readonly tableName: string;
  readonly stream: StreamLog;
  readonly key: WireObject;
};

const conditionFailed = /#ConditionalCheckFailedException"/;

/** DynamoDB stores 1.0 as 1, and that is what a stream shows; the request may still say 1.0. */
const unusualNumber = /"N":"(?!-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")/;

const lockOf = (tableName: unknown, key: WireObject): string => JSON.stringify([tableName, key]);

/** The item or key that a write names, whichever it has. */
const targetItem = ({ input }: WireRequest): WireObject =>
  (input['Item'] ?? input['Key'] ?? {}) as WireObject;

const attributesOf = (answer: WireAnswer): WireObject | undefined =>
  JSON.parse(answer.body)['Attributes'];

/** Takes out what was asked for on the stream's behalf only. */
const withoutAttributes = (answer: WireAnswer): WireAnswer => {
  const { Attributes: _, ...payload } = JSON.parse(answer.body);
  return succeed(payload);
};

/** The writes of a batch that a stream must show. */
const streamedWrites = (
  input: WireObject,
  tables: ReadonlyMap<string, FrontedTable>,
): StreamedWrite[] =>
  Object.entries((input['RequestItems'] ?? {}) as Record<string, BatchEntry[]>).flatMap(
    ([tableName, entries]) => {
      const { stream, keySchema } = tables.get(tableName) ?? {};
      if (stream === undefined || keySchema === undefined) return [];
      return entries.map(({ PutRequest, DeleteRequest }) => {
        const key = keyOf(keySchema, PutRequest?.Item ?? DeleteRequest?.Key ?? {});
        return { tableName, stream, key };
      });
    },
  );

/**
 * Writes to dynalite's tables that also appear on the table's stream, in the order in which they
 * were committed: writes to one item are serialized, because the image before a write is read apart
 * from it. Also gives what dynalite ignores, the item of a failed condition
 * (`ReturnValuesOnConditionCheckFailure`).
 */
export const createTableWrites = (
  dynalite: EmbeddedDynalite,
  tables: ReadonlyMap<string, FrontedTable>,
): TableWrites => {
  const exclusively = createKeyedMutex();

  const readItem = async (
    { headers }: WireRequest,
    tableName: unknown,
    key: WireObject,
  ): Promise<WireObject | undefined> => {
    const input = { TableName: tableName, Key: key, ConsistentRead: true };
    const answer = await dynalite.call('GetItem', { headers, input });
    return JSON.parse(answer.body)['Item'];
  };

  const explainFailure = async (request: WireRequest, key: WireObject, answer: WireAnswer) => {
    const { input } = request;
    const isWanted = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
    if (!isWanted || !conditionFailed.test(answer.body)) return answer;
    const item = await readItem(request, input['TableName'], key);
    if (item === undefined) return answer;
    return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), Item: item }) };
  };

  /** dynalite itself tells what a put or a delete replaced, when it is asked for ALL_OLD. */
  const replace =
    (operation: 'PutItem' | 'DeleteItem'): TableWrite =>
    async (request, { keySchema, stream }) => {
      const { headers, input } = request;
      const key = keyOf(keySchema, targetItem(request));
      const isHidden = (input['ReturnValues'] ?? 'NONE') === 'NONE';
      const asked = isHidden ? { ...input, ReturnValues: 'ALL_OLD' } : input;
      const answer = await dynalite.call(operation, { headers, input: asked });
      if (answer.statusCode !== 200) return explainFailure(request, key, answer);
      const item = input['Item'] as WireObject | undefined;
      const isAsStored = item === undefined || !unusualNumber.test(JSON.stringify(item));
      const after = isAsStored ? item : await readItem(request, input['TableName'], key);
      stream?.append({ before: attributesOf(answer), after });
      return isHidden ? withoutAttributes(answer) : answer;
    };

  const updateItem: TableWrite = async (request, { keySchema, stream }) => {
    const { TableName: tableName } = request.input;
    const key = keyOf(keySchema, targetItem(request));
    const before = await readItem(request, tableName, key);
    const answer = await dynalite.call('UpdateItem', request);
    if (answer.statusCode !== 200) return explainFailure(request, key, answer);
    stream?.append({ before, after: await readItem(request, tableName, key) });
    return answer;
  };

  const batchWriteItem = (request: WireRequest): Promise<WireAnswer> => {
    const writes = streamedWrites(request.input, tables);
    const readAll = () =>
      Promise.all(writes.map(({ tableName, key }) => readItem(request, tableName, key)));
    const locks = writes.map(({ tableName, key }) => lockOf(tableName, key));
    return exclusively(locks, async () => {
      const before = await readAll();
      const answer = await dynalite.call('BatchWriteItem', request);
      if (answer.statusCode !== 200) return answer;
      const after = await readAll();
      for (const [index, { stream }] of writes.entries()) {
        stream.append({ before: before[index], after: after[index] });
      }
      return answer;
    });
  };

  const alone =
    (write: TableWrite): TableWrite =>
    (request, table) => {
      const key = keyOf(table.keySchema, targetItem(request));
      return exclusively([lockOf(request.input['TableName'], key)], () => write(request, table));
    };

  return {
    putItem: alone(replace('PutItem')),
    deleteItem: alone(replace('DeleteItem')),
    updateItem: alone(updateItem),
    batchWriteItem,
  };
};
