import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EmbeddedDynalite, embedDynalite } from './embedded-dynalite.ts';
import { fail, readBody, sendAnswer, succeed, targetOf, type WireObject } from './json-protocol.ts';
import { listenOnLoopback } from './loopback.ts';
import { answerStreams } from './stream-api.ts';
import { createTableOperations, type TableOperations } from './table-operations.ts';

export type DynamoDbServerOptions = {
  /** The region that stream records name. */
  readonly region?: string;
  /** How many shards each stream has; items are spread over them by partition key. */
  readonly shardCount?: number;
  /** How many records a shard keeps at least. */
  readonly retainedRecords?: number;
  readonly now?: () => number;
};

export type DynamoDbServer = {
  /** `http://127.0.0.1:<port>`, for DynamoDB and DynamoDB Streams alike. */
  readonly endpoint: string;
  /** Calls the listener after every write that reached a stream, until the returned function is called. */
  readonly onRecord: (listener: (streamArn: string) => void) => () => void;
  readonly stop: () => Promise<void>;
};

const streamsService = 'DynamoDBStreams_20120810';

/** An unreadable body is left to dynalite, which refuses it as DynamoDB does. */
const parseInput = (body: Buffer): WireObject | undefined => {
  try {
    return JSON.parse(body.toString()) as WireObject;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const createListener = (dynalite: EmbeddedDynalite, tables: TableOperations) => {
  const answer = (request: IncomingMessage, body: Buffer) => {
    const { service, operation } = targetOf(request);
    const handle = tables.operations[operation];
    if (service !== streamsService && handle === undefined) return undefined;
    const input = parseInput(body);
    if (input === undefined) return undefined;
    if (service === streamsService) return succeed(answerStreams(operation, input, tables.streams));
    return handle?.({ headers: request.headers, input });
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const body = await readBody(request);
      const answered = await answer(request, body);
      if (answered === undefined) await dynalite.forward(request, body, response);
      else sendAnswer(request, response, answered);
    } catch (error) {
      if (!response.headersSent) sendAnswer(request, response, fail(error));
    }
  };
};

/**
 * Starts DynamoDB with DynamoDB Streams on a free loopback port, in memory and in this process:
 * dynalite keeps the tables, and what stands in front of it keeps the streams.
 */
export const startDynamoDbServer = async (
  options: DynamoDbServerOptions = {},
): Promise<DynamoDbServer> => {
  const listeners = new Set<(streamArn: string) => void>();
  const dynalite = embedDynalite();
  const tables = createTableOperations(dynalite, {
    region: options.region ?? 'us-east-1',
    shardCount: options.shardCount ?? 1,
    retainedRecords: options.retainedRecords ?? 100_000,
    now: options.now ?? Date.now,
    onRecord: (arn) => {
      for (const listener of listeners) listener(arn);
    },
  });
  dynalite.server.on('request', createListener(dynalite, tables));
  return {
    endpoint: await listenOnLoopback(dynalite.server),
    onRecord: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: dynalite.stop,
  };
};
