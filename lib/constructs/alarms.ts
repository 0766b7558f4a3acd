import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { pascalCase, physicalName } from '../names.ts';

export type AlarmProps = {
  /** In kebab case: what has happened. */
  readonly name: string;
  readonly metric: cloudwatch.Metric;
  /** The alarm goes off at this value or above; with `below`, under it. */
  readonly threshold: number;
  readonly below?: boolean;
  /** How many periods in a row. */
  readonly periods?: number;
  /** For the person it wakes: what it means and where to look. */
  readonly description: string;
};

/**
 * The alarms of one stage.
 *
 * Defaults: named `tradelane-<stage>-<name>`; at or above the threshold, in one period; missing data
 * is fine for an upper limit (an idle queue reports nothing) and an alarm for a lower one (a stopped
 * clock reports nothing either); notices go to the topic, where there is one, on alarm and recovery.
 */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];
  private readonly stage: string;
  private readonly topic: sns.ITopic | undefined;

  constructor(
    scope: Construct,
    id: string,
    { stage, topic }: { readonly stage: string; readonly topic: sns.ITopic | undefined },
  ) {
    super(scope, id);
    this.stage = stage;
    this.topic = topic;
  }

  add({ name, metric, threshold, below = false, periods = 1, description }: AlarmProps): void {
    const alarm = metric.createAlarm(this, pascalCase(name), {
      alarmName: physicalName(this.stage, name),
      alarmDescription: description,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (this.topic !== undefined) {
      alarm.addAlarmAction(new SnsAction(this.topic));
      alarm.addOkAction(new SnsAction(this.topic));
    }
    this.all.push(alarm);
  }
}
