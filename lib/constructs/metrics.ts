import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { FunctionName } from '../functions.ts';
import { physicalName } from '../names.ts';

const fiveMinutes = Duration.minutes(5);

/**
 * The metrics of one stage, addressed by physical name, so that whoever watches a resource needs
 * nothing from the stack that owns it.
 */
export const metricsOf = (stage: string) => ({
  queue: (
    name: string,
    metricName: 'ApproximateNumberOfMessagesVisible' | 'ApproximateAgeOfOldestMessage',
  ) =>
    new Metric({
      namespace: 'AWS/SQS',
      metricName,
      dimensionsMap: { QueueName: physicalName(stage, name) },
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(1),
    }),

  lambda: (name: FunctionName, metricName: 'Errors' | 'Invocations' | 'Throttles') =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: physicalName(stage, name) },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),

  /** How far a function is behind the stream it reads, in milliseconds. */
  iteratorAgeMs: (name: FunctionName) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'IteratorAge',
      dimensionsMap: { FunctionName: physicalName(stage, name) },
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(1),
    }),

  /** What the product counts itself; Powertools adds the function as dimension `service`. */
  product: (
    name: FunctionName,
    metricName: 'WebhookRejected' | 'OverdueTrades',
    statistic: string,
  ) =>
    new Metric({
      namespace: 'Tradelane',
      metricName,
      dimensionsMap: { service: name },
      statistic,
      period: fiveMinutes,
    }),
});

export type StageMetrics = ReturnType<typeof metricsOf>;
