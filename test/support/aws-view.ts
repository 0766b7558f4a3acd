import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Runtime } from '../../local/runtime/index.ts';

type Item = Record<string, AttributeValue>;

/** A stack's tables and queues, seen from outside as an operator would. */
export type AwsView = {
  readonly dynamoDb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** All items of a table, in the order of their keys. */
  readonly items: (
    table: 'EventsTable' | 'ViewsTable' | 'VaultTable' | 'ReconciliationTable',
  ) => Promise<readonly Item[]>;
  /** Every visible message of a queue; they stay on it, hidden for as long as is asked. */
  readonly receiveAll: (queue: string, hiddenSeconds?: number) => Promise<readonly Message[]>;
  readonly close: () => void;
};

const RECEIVE_LIMIT = 10;

const keyOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S ?? ''}`;

/** Clients for what the runtime serves. Its servers take any credentials. */
export function awsView(runtime: Runtime): AwsView {
  const shared = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const dynamoDb = new DynamoDBClient({ ...shared, endpoint: runtime.endpoints.dynamodb });
  const sqs = new SQSClient({ ...shared, endpoint: runtime.endpoints.sqs });

  const receive = async (QueueUrl: string, VisibilityTimeout: number): Promise<Message[]> => {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        VisibilityTimeout,
        MaxNumberOfMessages: RECEIVE_LIMIT,
        MessageAttributeNames: ['All'],
      }),
    );
    return messages;
  };

  return {
    dynamoDb,
    sqs,
    items: async (table) => {
      const items: Item[] = [];
      const input = { TableName: runtime.tableName(table), ConsistentRead: true };
      for await (const page of paginateScan({ client: dynamoDb }, input)) {
        items.push(...(page.Items ?? []));
      }
      return items.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
    },
    receiveAll: async (queue, hiddenSeconds = 1) => {
      const all: Message[] = [];
      for (;;) {
        const messages = await receive(runtime.queueUrl(queue), hiddenSeconds);
        if (messages.length === 0) return all;
        all.push(...messages);
      }
    },
    close: () => {
      dynamoDb.destroy();
      sqs.destroy();
    },
  };
}
