import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';
import type { FileBucket } from './file-bucket.ts';

export type FileArrivalsProps = {
  readonly stage: string;
  /** In kebab case: what arrives. */
  readonly name: string;
  readonly source: FileBucket;
  readonly queue: sqs.Queue;
};

/**
 * Every new object of a bucket, however it came, sent to a queue as EventBridge wraps it.
 *
 * Defaults: one rule on the account's own bus; the queue takes messages from this rule alone.
 */
export class FileArrivals extends Construct {
  constructor(scope: Construct, id: string, { stage, name, source, queue }: FileArrivalsProps) {
    super(scope, id);
    const rule = new events.Rule(this, 'Rule', {
      ruleName: physicalName(stage, name),
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [source.bucket.bucketName] } },
      },
    });
    rule.addTarget({ bind: () => ({ arn: queue.queueArn }) });
    queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
}
