import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SendMessageBatchCommandInput,
  type SendMessageBatchCommandOutput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type SqsServer, startSqsServer } from '../../local/aws/sqs-server.ts';
import { type SqsMessage, sqsMessageQueue } from '../../src/adapters/sqs/message-queue.ts';
import { describeQueue, type KeptLetter, type QueueUnderTest } from '../support/describe-queue.ts';
import { eventually } from '../support/eventually.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const MAX_RECEIVE_COUNT = 3;
/** The shortest there is, so that a message that nobody acknowledged soon comes again. */
const VISIBILITY_SECONDS = '1';

let server: SqsServer;
let client: SQSClient;
let count = 0;

beforeAll(async () => {
  server = await startSqsServer();
});
afterAll(() => server.stop());
afterEach(() => client.destroy());

const createQueue = async (Attributes: Record<string, string> = {}): Promise<string> => {
  count += 1;
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({ QueueName: `queue-${count}`, Attributes }),
  );
  return QueueUrl;
};

const createQueues = async () => {
  const deadLetterUrl = await createQueue();
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] }),
  );
  const sourceUrl = await createQueue({
    VisibilityTimeout: VISIBILITY_SECONDS,
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: Attributes?.['QueueArn'],
      maxReceiveCount: MAX_RECEIVE_COUNT,
    }),
  });
  return { sourceUrl, deadLetterUrl };
};

const receiveFrom = async (QueueUrl: string): Promise<readonly Message[]> => {
  const { Messages: messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      MessageAttributeNames: ['All'],
    }),
  );
  return messages;
};

const receiveSome = (queueUrl: string): Promise<readonly Message[]> =>
  eventually(
    async () => {
      const messages = await receiveFrom(queueUrl);
      if (messages.length === 0) throw new Error('The queue gives nothing out.');
      return messages;
    },
    { everyMs: 20 },
  );

const toMessage = ({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes,
}: Message): SqsMessage => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  receiveCount: Number(Attributes?.ApproximateReceiveCount),
});

const toLetter = ({ Body = '', MessageAttributes: attributes = {} }: Message): KeptLetter => ({
  body: Body,
  reasonCode: attributes['reasonCode']?.StringValue ?? null,
  reason: attributes['reason']?.StringValue ?? null,
});

/** Sends every second message of the next batch, and says of the others what SQS says then. */
const acceptInPart = (): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'SendMessageBatchCommand') return next(args);
        client.middlewareStack.remove('acceptInPart');
        const input = args.input as SendMessageBatchCommandInput;
        const isAccepted = (_: unknown, index: number) => index % 2 === 0;
        const Entries = input.Entries?.filter(isAccepted);
        const answer = await next({ ...args, input: { ...input, Entries } });
        (answer.output as SendMessageBatchCommandOutput).Failed = (input.Entries ?? [])
          .filter((_, index) => index % 2 === 1)
          .map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
        return answer;
      },
    { step: 'initialize', name: 'acceptInPart' },
  );
};

describeQueue('SQS', async (): Promise<QueueUnderTest<SqsMessage>> => {
  client = new SQSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  const { sourceUrl, deadLetterUrl } = await createQueues();
  const letters: Message[] = [];
  return {
    client,
    url: sourceUrl,
    absentUrl: `${sourceUrl}-gone`,
    maxReceiveCount: MAX_RECEIVE_COUNT,
    settled: (call) => call,
    acceptInPart,
    receive: async () => (await receiveSome(sourceUrl)).map(toMessage),
    queue: sqsMessageQueue(client, { sourceUrl, deadLetterUrl }),
    acknowledge: async (messages) => {
      const Entries = messages.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
      }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: sourceUrl, Entries }));
    },
    deadLetters: async () => {
      // SQS moves a message when it would give it out once too often, so somebody must ask for it.
      expect(await receiveFrom(sourceUrl)).toEqual([]);
      letters.push(...(await receiveSome(deadLetterUrl)));
      return letters.map(toLetter);
    },
    redrive: async () => {
      for (const { Body, ReceiptHandle } of letters) {
        await client.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: Body }));
        await client.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle }));
      }
    },
  };
});
