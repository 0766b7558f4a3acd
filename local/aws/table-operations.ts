import type { EmbeddedDynalite } from './embedded-dynalite.ts';
import {
  AwsError,
  succeed,
  type WireAnswer,
  type WireObject,
  type WireRequest,
} from './json-protocol.ts';
import {
  createStreamLog,
  type KeySchema,
  type StreamLog,
  type StreamSettings,
  type StreamViewType,
} from './stream-log.ts';
import { createTableWrites, type FrontedTable, type TableWrites } from './table-writes.ts';

/** Answers an operation, or leaves it to dynalite by answering nothing. */
export type TableOperation = (request: WireRequest) => Promise<WireAnswer> | undefined;

export type StreamDefaults = Pick<
  StreamSettings,
  'region' | 'shardCount' | 'retainedRecords' | 'now' | 'onRecord'
>;

export type TableOperations = {
  readonly operations: Readonly<Record<string, TableOperation>>;
  readonly streams: ReadonlyMap<string, StreamLog>;
};

const enabledViewType = (input: WireObject): StreamViewType | undefined => {
  const specification = input['StreamSpecification'] as
    | { StreamEnabled?: boolean; StreamViewType?: StreamViewType }
    | undefined;
  return specification?.StreamEnabled === true ? specification.StreamViewType : undefined;
};

const withStream = (description: WireObject, stream: StreamLog | undefined): WireObject =>
  stream === undefined
    ? description
    : {
        ...description,
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
        LatestStreamArn: stream.arn,
        LatestStreamLabel: stream.label,
      };

const nameOf = ({ input }: WireRequest): string => String(input['TableName']);

const lifecycle = (
  dynalite: EmbeddedDynalite,
  tables: Map<string, FrontedTable>,
  openStream: (description: WireObject, viewType: StreamViewType) => StreamLog,
): Record<string, TableOperation> => ({
  CreateTable: async (request) => {
    const answer = await dynalite.call('CreateTable', request);
    if (answer.statusCode !== 200) return answer;
    const description: WireObject = JSON.parse(answer.body)['TableDescription'];
    const keySchema = description['KeySchema'] as KeySchema;
    const viewType = enabledViewType(request.input);
    const stream = viewType === undefined ? undefined : openStream(description, viewType);
    tables.set(nameOf(request), stream === undefined ? { keySchema } : { keySchema, stream });
    return succeed({ TableDescription: withStream(description, stream) });
  },

  DescribeTable: (request) => {
    const stream = tables.get(nameOf(request))?.stream;
    if (stream === undefined) return undefined;
    return dynalite
      .call('DescribeTable', request)
      .then(({ body }) => succeed({ Table: withStream(JSON.parse(body)['Table'], stream) }));
  },

  DeleteTable: async (request) => {
    const answer = await dynalite.call('DeleteTable', request);
    if (answer.statusCode !== 200) return answer;
    tables.get(nameOf(request))?.stream?.close();
    tables.delete(nameOf(request));
    return answer;
  },

  UpdateTable: ({ input }) => {
    if (input['StreamSpecification'] === undefined) return undefined;
    throw new AwsError('ValidationException', 'Here a stream is set when its table is created');
  },
});

const writing =
  (tables: ReadonlyMap<string, FrontedTable>, write: TableWrites['putItem']): TableOperation =>
  (request) => {
    const table = tables.get(nameOf(request));
    const isPlain = request.input['ReturnValuesOnConditionCheckFailure'] === undefined;
    if (table === undefined || (table.stream === undefined && isPlain)) return undefined;
    return write(request, table);
  };

/**
 * The operations that dynalite cannot answer alone: those that make or show a stream, and those
 * that write to one. Every other operation, and a write to a table without a stream, is dynalite's.
 */
export const createTableOperations = (
  dynalite: EmbeddedDynalite,
  defaults: StreamDefaults,
): TableOperations => {
  const tables = new Map<string, FrontedTable>();
  const streams = new Map<string, StreamLog>();
  const writes = createTableWrites(dynalite, tables);

  const openStream = (description: WireObject, viewType: StreamViewType) => {
    const stream = createStreamLog({
      ...defaults,
      viewType,
      keySchema: description['KeySchema'] as KeySchema,
      tableName: String(description['TableName']),
      tableArn: String(description['TableArn']),
    });
    streams.set(stream.arn, stream);
    return stream;
  };

  const operations = {
    ...lifecycle(dynalite, tables, openStream),
    PutItem: writing(tables, writes.putItem),
    UpdateItem: writing(tables, writes.updateItem),
    DeleteItem: writing(tables, writes.deleteItem),
    BatchWriteItem: (request: WireRequest) => {
      const names = Object.keys(request.input['RequestItems'] ?? {});
      const isStreamed = names.some((name) => tables.get(name)?.stream !== undefined);
      return isStreamed ? writes.batchWriteItem(request) : undefined;
    },
  };
  return { operations, streams };
};
