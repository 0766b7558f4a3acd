import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueDepth } from '../../process/period-checks.ts';

/** What waits, is being worked on, and is delayed: SQS counts them apart, each nearly. */
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** How many messages each of these queues has. */
export const queueDepths = (
  client: SQSClient,
  queueUrls: readonly string[],
): Promise<readonly QueueDepth[]> =>
  Promise.all(
    queueUrls.map(async (queueUrl) => {
      const { Attributes: counted = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] }),
      );
      const messages = COUNTS.reduce((sum, name) => sum + Number(counted[name] ?? 0), 0);
      return { queue: queueUrl.slice(queueUrl.lastIndexOf('/') + 1), messages };
    }),
  );
