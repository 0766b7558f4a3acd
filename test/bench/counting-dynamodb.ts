import { createServer, type IncomingMessage, request } from 'node:http';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';
import { closeServer, listenOnLoopback } from '../../local/aws/loopback.ts';

/** Requests and the items that they write, as DynamoDB would charge for them. */
export type Counts = { requests: number; reads: number; writes: number };

export type CountingDynamoDb = {
  readonly endpoint: string;
  readonly counts: Counts;
  readonly stop: () => Promise<void>;
};

const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Each item of a batch is a write of its own. */
function countInto(counts: Counts, operation: string, body: Buffer): void {
  counts.requests += 1;
  if (operation === 'BatchWriteItem') {
    const { RequestItems: tables } = JSON.parse(body.toString()) as {
      RequestItems: Record<string, readonly unknown[]>;
    };
    counts.writes += Object.values(tables).reduce((sum, { length }) => sum + length, 0);
  } else if (WRITES.has(operation)) counts.writes += 1;
  else counts.reads += 1;
}

/** The local DynamoDB behind a wire that counts what passes it. */
export async function startCountingDynamoDb(): Promise<CountingDynamoDb> {
  const dynamo: DynamoDbServer = await startDynamoDbServer();
  const { port } = new URL(dynamo.endpoint);
  const counts: Counts = { requests: 0, reads: 0, writes: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const [, operation = ''] = String(incoming.headers['x-amz-target']).split('.');
    countInto(counts, operation, body);
    const { method, headers, url: path } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, headers, path }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.end(body);
  });
  const endpoint = await listenOnLoopback(server);
  const stop = async (): Promise<void> => {
    await closeServer(server);
    await dynamo.stop();
  };
  return { endpoint, counts, stop };
}
