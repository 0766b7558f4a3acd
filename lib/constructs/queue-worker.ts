import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WorkerName } from '../functions.ts';
import { physicalName } from '../names.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type ServiceContext, ServiceFunction } from './service-function.ts';

export type QueueWorkerProps = {
  readonly name: WorkerName;
  readonly context: ServiceContext;
  readonly timeout?: Duration;
  /** The most copies of the function that the queue may drive at once. */
  readonly maxConcurrency?: number;
  readonly memoryMegabytes?: number;
  readonly batchSize?: number;
};

const maxReceiveCount = 10;
const usualBatchSize = 10;

/** What Lambda needs to poll a queue for the function, and the function to delay its own messages. */
const consumeActions = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
];

/**
 * A queue, its dead-letter queue, and the one function that consumes it.
 *
 * Defaults: standard queue, encrypted by SQS, TLS only, kept 4 days (a dead letter keeps its age, so
 * its 14 days leave at least 10 to act); timeout 30 s and visibility six times that, as AWS asks, so
 * that a message cannot come back while its batch is still worked on; batches of 10 at once, without
 * a window; partial batch responses; 10 receives, then the dead-letter queue; at most 20 copies.
 *
 * The function may delay its own messages and may give one up before its tenth receive: it knows its
 * queue by `SOURCE_QUEUE_URL`, its dead-letter queue by `DEAD_LETTER_QUEUE_URL` and the limit by
 * `MAX_RECEIVE_COUNT`.
 */
export class QueueWorker extends Construct {
  readonly name: WorkerName;
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { name, context, timeout = Duration.seconds(30), memoryMegabytes } = props;
    const { stage } = context;
    this.name = name;
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue', { stage, of: name });
    this.queue = new sqs.Queue(this, 'Queue', {
      queueName: physicalName(stage, name),
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
    this.function = new ServiceFunction(this, 'Default', {
      name,
      context,
      timeout,
      memoryMegabytes,
    })
      .allow(consumeActions, [this.queue.queueArn])
      .allow(['sqs:SendMessage'], [this.deadLetterQueue.queueArn])
      .configure({
        SOURCE_QUEUE_URL: this.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: this.deadLetterQueue.queueUrl,
        MAX_RECEIVE_COUNT: String(maxReceiveCount),
      });
    new lambda.EventSourceMapping(this, 'Mapping', {
      target: this.function.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: props.batchSize ?? usualBatchSize,
      reportBatchItemFailures: true,
      maxConcurrency: props.maxConcurrency ?? 20,
    }).node.addDependency(this.function.role);
  }
}
