import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type SqsServer, startSqsServer } from '../../local/aws/sqs-server.ts';
import { queueDepths } from '../../src/adapters/sqs/queue-depths.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: SqsServer;
let client: SQSClient;

beforeAll(async () => {
  server = await startSqsServer();
  client = new SQSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

const create = async (QueueName: string): Promise<string> =>
  (await client.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';

describe('How many messages queues have', () => {
  it('counts what waits, what is worked on and what is delayed, under the name of the queue', async () => {
    const [busy, empty] = [await create('busy'), await create('empty')];
    const send = (DelaySeconds: number) =>
      client.send(new SendMessageCommand({ QueueUrl: busy, MessageBody: 'x', DelaySeconds }));
    for (const delay of [0, 0, 900]) await send(delay);
    await client.send(new ReceiveMessageCommand({ QueueUrl: busy, MaxNumberOfMessages: 1 }));
    expect(await queueDepths(client, [busy, empty])).toEqual([
      { queue: 'busy', messages: 3 },
      { queue: 'empty', messages: 0 },
    ]);
  });
});
