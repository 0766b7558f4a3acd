import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { physicalName } from '../names.ts';

export type EventBusSourceProps = {
  readonly stage: string;
  /** A partner's event bus, which the partner named: `aws.partner/stripe.com/ed_…`. */
  readonly busName: string;
  readonly queue: sqs.Queue;
};

/**
 * Everything on a partner's event bus, sent to a queue as EventBridge wraps it.
 *
 * Defaults: one rule on the partner's source; the queue takes messages from this rule alone. The
 * events are not signed: who may send is the queue's policy.
 */
export class EventBusSource extends Construct {
  constructor(scope: Construct, id: string, { stage, busName, queue }: EventBusSourceProps) {
    super(scope, id);
    const rule = new events.Rule(this, 'Rule', {
      ruleName: physicalName(stage, 'partner-events'),
      eventBus: events.EventBus.fromEventBusName(this, 'Bus', busName),
      eventPattern: { source: [busName] },
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
