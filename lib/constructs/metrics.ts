import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { FunctionName } from '../functions.ts';
import { physicalName } from '../names.ts';

/** The functions that take webhooks; the second one takes those of all carriers. */
export const webhookNames = ['stripe-webhook', 'carrier-webhook'] as const;

export type WebhookName = (typeof webhookNames)[number];

const fiveMinutes = Duration.minutes(5);
/** The rates' schedule. */
const hour = Duration.hours(1);

/** What the product itself counts about money; its metrics name no stage. */
const moneyMetrics = {
  /**
   * What the projection counts: trades that come near the time that money may be held, or whose money was
   * sent off by it; chargebacks that nobody has answered, near their day and after it; what a carrier
   * leaves to a person; and charges that settle in another currency than before.
   */
  alarmingEvents: (
    metricName:
      | 'HoldLimitNear'
      | 'HoldLimitForced'
      | 'ChargebackEvidenceNear'
      | 'ChargebackUnanswered'
      | 'LabelRefused'
      | 'PickupUncertain'
      | 'SettlementCurrencyChanged',
  ) =>
    new Metric({
      namespace: 'Tradelane',
      metricName,
      dimensionsMap: { service: 'projection' },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),

  /** Parcels of which nothing was heard for longer than their lane allows. */
  shipmentSilent: () =>
    new Metric({
      namespace: 'Tradelane',
      metricName: 'ShipmentSilent',
      dimensionsMap: { service: 'projection' },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),

  /** In how many currencies clients' money is not covered. */
  safeguardingShortfall: () =>
    new Metric({
      namespace: 'Tradelane',
      metricName: 'SafeguardingShortfall',
      dimensionsMap: { service: 'safeguarding' },
      statistic: Stats.MAXIMUM,
      period: fiveMinutes,
    }),
};

/**
 * The metrics of one stage, addressed by physical name, so that whoever watches a resource needs
 * nothing from the stack that owns it.
 */
export const metricsOf = (stage: string) => ({
  ...moneyMetrics,

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

  /** Signatures that a webhook function refused. Powertools adds the function as `service`. */
  webhooksRejected: (name: WebhookName) =>
    new Metric({
      namespace: 'Tradelane',
      metricName: 'WebhookRejected',
      dimensionsMap: { service: name },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),

  /** How many publications the stored rates are behind. */
  missedRateDays: () =>
    new Metric({
      namespace: 'Tradelane',
      metricName: 'MissedRateDays',
      dimensionsMap: { service: 'rates' },
      statistic: Stats.MAXIMUM,
      period: hour,
    }),

  /** How often the test of safeguarding ran in a day. */
  safeguardingRuns: () =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Invocations',
      dimensionsMap: { FunctionName: physicalName(stage, 'safeguarding') },
      statistic: Stats.SUM,
      period: Duration.days(1),
    }),

  /** How late the most overdue deadline was when it was acted on, in seconds. */
  oldestDeadlineDelaySeconds: () =>
    new Metric({
      namespace: 'Tradelane',
      metricName: 'OldestDeadlineDelay',
      dimensionsMap: { service: 'deadlines' },
      statistic: Stats.MAXIMUM,
      period: fiveMinutes,
    }),
});

export type StageMetrics = ReturnType<typeof metricsOf>;
