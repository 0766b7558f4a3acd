import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deadLetterName, physicalName } from '../names.ts';

export type DeadLetterQueueProps = { readonly stage: string; readonly of: string };

/**
 * Where messages go that were tried often enough: named `<name>-dead-letter`.
 *
 * Defaults: kept 14 days, the longest SQS allows, so that a weekend does not lose one; encrypted by
 * SQS; TLS only. It never has a consumer: a person looks, repairs, and redrives.
 */
export class DeadLetterQueue extends sqs.Queue {
  constructor(scope: Construct, id: string, { stage, of }: DeadLetterQueueProps) {
    super(scope, id, {
      queueName: physicalName(stage, deadLetterName(of)),
      retentionPeriod: Duration.days(14),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }
}
