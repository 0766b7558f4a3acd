import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { physicalName } from '../names.ts';
import { type ServiceContext, ServiceFunction } from './service-function.ts';

export type ScheduledFunctionProps = {
  readonly name: FunctionName;
  readonly context: ServiceContext;
  readonly every: Duration;
};

/**
 * A function that a clock calls.
 *
 * Defaults: timeout 60 s; an EventBridge rule of the function's name. A call that could not be
 * delivered within one interval is dropped, since the next one does its work.
 */
export class ScheduledFunction extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { name, context, every }: ScheduledFunctionProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Default', {
      name,
      context,
      timeout: Duration.seconds(60),
    });
    const { function: target } = this.function;
    const rule = new events.Rule(this, 'Schedule', {
      ruleName: physicalName(context.stage, name),
      schedule: events.Schedule.rate(every),
    });
    rule.addTarget({
      bind: () => ({
        arn: target.functionArn,
        retryPolicy: { maximumEventAgeInSeconds: every.toSeconds() },
      }),
    });
    target.addPermission('Schedule', {
      principal: new iam.ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
