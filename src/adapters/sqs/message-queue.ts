import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { MessageQueue, ReceivedMessage } from '../../process/work-message.ts';

/** How much of a dead letter's reason is kept, in UTF-16 units. */
export const REASON_MAX_LENGTH = 500;

/** A message with what SQS needs to know it again. The receipt is of this receive alone. */
export type SqsMessage = ReceivedMessage & {
  readonly messageId: string;
  readonly receiptHandle: string;
};

/**
 * A queue and its dead-letter queue. A dead letter is a copy, with its reason as attributes; the
 * message itself stays until whoever received it deletes it.
 *
 * @throws the SDK's `MessageNotInflight` where a message is delayed whose receipt is no longer good.
 */
export const sqsMessageQueue = (
  client: SQSClient,
  { sourceUrl, deadLetterUrl }: { readonly sourceUrl: string; readonly deadLetterUrl: string },
): MessageQueue<SqsMessage> => ({
  delay: async ({ receiptHandle }, seconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: sourceUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
  deadLetter: async ({ body, messageId, receiveCount }, { code, detail }) => {
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLetterUrl,
        MessageBody: body,
        MessageAttributes: {
          reasonCode: attribute(code),
          reason: attribute(detail.slice(0, REASON_MAX_LENGTH)),
          originalMessageId: attribute(messageId),
          receiveCount: attribute(String(receiveCount)),
        },
      }),
    );
  },
});
