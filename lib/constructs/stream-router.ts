import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import type { DataTable } from './data-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type ServiceContext, ServiceFunction } from './service-function.ts';

export type StreamRouterProps = {
  readonly name: FunctionName;
  readonly context: ServiceContext;
  readonly source: DataTable;
};

/** `ListStreams` is checked when the mapping is made; the stream's own ARN satisfies it. */
const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/**
 * The function behind a table's stream: the outbox.
 *
 * Defaults: from the oldest record kept; 100 records at once and no window, because Lambda asks a
 * shard about four times a second and so batches by itself; timeout 30 s; partial batch responses;
 * a failing batch is bisected. A record is given up after 30 retries or 6 hours, whichever comes
 * first, so that it cannot block its shard, and is then named on `<name>-dead-letter`. That message
 * holds the record's place, not the record: the stream's 24 hours leave 18 to read it again.
 */
export class StreamRouter extends Construct {
  readonly deadLetterQueue: DeadLetterQueue;
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { name, context, source }: StreamRouterProps) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue', {
      stage: context.stage,
      of: name,
    });
    this.function = new ServiceFunction(this, 'Default', {
      name,
      context,
      timeout: Duration.seconds(30),
    })
      .allow(streamActions, [source.streamArn])
      .allow(['sqs:SendMessage'], [this.deadLetterQueue.queueArn]);
    new lambda.EventSourceMapping(this, 'Mapping', {
      target: this.function.function,
      eventSourceArn: source.streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 30,
      maxRecordAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: this.deadLetterQueue.queueArn }) },
    }).node.addDependency(this.function.role);
  }
}
