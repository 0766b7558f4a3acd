import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Target } from '../../events/messages/routed-record.v1.ts';
import { fromItem, type Item } from '../../src/adapters/dynamodb/record-item.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { routeRecords } from '../../src/process/routes.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { framesOf, logger } from '../_shared/observe.ts';
import { sqs } from '../_shared/queue-client.ts';
import { functionStack } from '../_shared/stack.ts';

const environment = readEnvironment({
  QUEUE_URL_PAYMENTS: text,
  QUEUE_URL_CONVERSION: text,
  QUEUE_URL_SHIPMENT: text,
  QUEUE_URL_ESCROW: text,
  QUEUE_URL_SETTLEMENT: text,
  QUEUE_URL_PROJECTION: text,
  QUEUE_URL_RECONCILIATION: text,
});
const urls: Readonly<Record<Target, string>> = {
  payments: environment.QUEUE_URL_PAYMENTS,
  conversion: environment.QUEUE_URL_CONVERSION,
  shipment: environment.QUEUE_URL_SHIPMENT,
  escrow: environment.QUEUE_URL_ESCROW,
  settlement: environment.QUEUE_URL_SETTLEMENT,
  projection: environment.QUEUE_URL_PROJECTION,
  reconciliation: environment.QUEUE_URL_RECONCILIATION,
};
const client = sqs();

const images = (records: readonly DynamoDBRecord[]): readonly Item[] =>
  records
    .map(({ dynamodb }) => dynamodb?.NewImage as Item | undefined)
    .filter((image) => image !== undefined);

/**
 * Sends what was decided to the queues that need it. If any of it fails, the whole batch is tried
 * again and then split until the record that can't be routed stands alone: repeats do no harm.
 */
export const handler = functionStack<DynamoDBStreamEvent, DynamoDBBatchResponse>(async (event) => {
  try {
    const byTarget = routeRecords(images(event.Records).map(fromItem));
    await Promise.all(
      [...byTarget].map(([target, messages]) => sendAll(client, urls[target], messages)),
    );
    return { batchItemFailures: [] };
  } catch (error) {
    logger.error('A batch of the stream was not routed.', { frames: framesOf(error) });
    throw error;
  }
});
