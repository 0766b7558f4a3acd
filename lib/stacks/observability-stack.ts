import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { metricsOf, type StageMetrics, webhookNames } from '../constructs/metrics.ts';
import { ReadableStack } from '../constructs/readable-stack.ts';
import { functionNames, workerNames } from '../functions.ts';
import { deadLetterName, physicalName } from '../names.ts';

export type ObservabilityStackProps = {
  readonly stage: string;
  readonly alarmEmail?: string | undefined;
};

const deadLetterSources = [...workerNames, 'router'] as const;

/**
 * What tells a person that something needs them. It knows the app stack by names only, so each can
 * be deployed, changed and removed without the other.
 */
export class ObservabilityStack extends ReadableStack {
  private readonly metrics: StageMetrics;
  private readonly alarms: Alarms;

  constructor(scope: Construct, { stage, alarmEmail }: ObservabilityStackProps) {
    super(scope, 'observability', { stage, description: 'Tradelane: alarms and dashboard' });
    this.metrics = metricsOf(stage);
    this.alarms = new Alarms(this, 'Alarm', { stage, topic: this.addTopic(alarmEmail) });
    this.addQueueAlarms();
    this.addFunctionAlarms();
    this.addProductAlarms();
    this.addRatesAlarms();
    this.addDashboard();
  }

  private addTopic(alarmEmail: string | undefined): sns.Topic | undefined {
    if (alarmEmail === undefined) return undefined;
    const topic = new sns.Topic(this, 'AlarmTopic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
  }

  private addQueueAlarms() {
    for (const name of deadLetterSources.map(deadLetterName)) {
      this.alarms.add({
        name,
        metric: this.metrics.queue(name, 'ApproximateNumberOfMessagesVisible'),
        threshold: 1,
        description: `A message was given up and waits on ${name}. Nobody else will look at it.`,
      });
    }
    for (const name of workerNames) {
      this.alarms.add({
        name: `${name}-queue-age`,
        metric: this.metrics.queue(name, 'ApproximateAgeOfOldestMessage'),
        threshold: Duration.minutes(15).toSeconds(),
        description: `The oldest message on the ${name} queue has waited 15 minutes: the worker fails or cannot keep up.`,
      });
    }
  }

  private addFunctionAlarms() {
    for (const name of functionNames) {
      this.alarms.add({
        name: `${name}-errors`,
        metric: this.metrics.lambda(name, 'Errors'),
        threshold: 1,
        periods: 2,
        description: `${name} crashed or timed out in two periods of five minutes in a row. A refused request or a failed message is not an error here; this is a defect or an outage.`,
      });
    }
    this.alarms.add({
      name: 'router-behind',
      metric: this.metrics.iteratorAgeMs('router'),
      threshold: Duration.minutes(5).toMilliseconds(),
      description: 'Events wait 5 minutes to be routed. The stream forgets them after 24 hours.',
    });
    this.alarms.add({
      name: 'deadlines-stopped',
      metric: this.metrics.lambda('deadlines', 'Invocations'),
      threshold: 1,
      below: true,
      periods: 3,
      description:
        'No deadline was looked at for 15 minutes: nothing is released, nothing expires.',
    });
  }

  private addProductAlarms() {
    for (const name of webhookNames) {
      this.alarms.add({
        name: `${name}-rejected`,
        metric: this.metrics.webhooksRejected(name),
        threshold: 5,
        description: `${name} refused 5 signatures in five minutes: a secret was rotated on one side only, or someone is guessing.`,
      });
    }
    this.alarms.add({
      name: 'hold-limit-near',
      metric: this.metrics.alarmingEvents('HoldLimitNear'),
      threshold: 1,
      description:
        'Money of a trade has been held for four fifths of the time that the law allows. Get its dispute or delivery decided; the projection’s log names no trade, its timeline does.',
    });
    this.alarms.add({
      name: 'hold-limit-forced',
      metric: this.metrics.alarmingEvents('HoldLimitForced'),
      threshold: 1,
      description:
        'Money of a trade was released or given back because the time that it may be held was all but over.',
    });
    this.addChargebackAlarms();
    this.addSettlementAlarm();
    this.alarms.add({
      name: 'shipment-silent',
      metric: this.metrics.shipmentSilent(),
      threshold: 1,
      description:
        'Nothing was heard of a parcel for longer than its lane allows, though its carrier was asked. Open a trace with the carrier; the trade’s timeline shows ShipmentSilent.',
    });
    this.alarms.add({
      name: 'label-refused',
      metric: this.metrics.alarmingEvents('LabelRefused'),
      threshold: 1,
      description:
        'A carrier does not sell the label of goods that are paid for. The trade’s shipment says why; the marketplace must settle with both sides.',
    });
    this.alarms.add({
      name: 'pickup-uncertain',
      metric: this.metrics.alarmingEvents('PickupUncertain'),
      threshold: 1,
      description:
        'A carrier did not say whether its courier comes, and can’t be asked by its API. Ask it by telephone; the trade’s pickups show which.',
    });
    this.alarms.add({
      name: 'safeguarding-shortfall',
      metric: this.metrics.safeguardingShortfall(),
      threshold: 1,
      description:
        "Clients are owed more in some currency than is held for them: fees, losses or chargebacks ate into it. Move the platform's own money in today; the safeguarding function's log has the figures.",
    });
    this.alarms.add({
      name: 'safeguarding-stopped',
      metric: this.metrics.safeguardingRuns(),
      threshold: 1,
      below: true,
      description: "For a day nobody has tested whether clients' money is covered.",
    });
    this.alarms.add({
      name: 'deadlines-late',
      metric: this.metrics.oldestDeadlineDelaySeconds(),
      threshold: Duration.minutes(15).toSeconds(),
      description:
        'A deadline was acted on 15 minutes late: money was released or given back later than promised.',
    });
  }

  private addChargebackAlarms() {
    this.alarms.add({
      name: 'chargeback-evidence-near',
      metric: this.metrics.alarmingEvents('ChargebackEvidenceNear'),
      threshold: 1,
      description:
        'A chargeback has no answer, and evidence counts for three days more at most. Contest it or accept it; its trade shows what is held as evidence.',
    });
    this.alarms.add({
      name: 'chargeback-unanswered',
      metric: this.metrics.alarmingEvents('ChargebackUnanswered'),
      threshold: 1,
      description:
        'Nobody answered a chargeback in time: the bank will decide for the buyer, and the money is lost.',
    });
  }

  private addSettlementAlarm() {
    this.alarms.add({
      name: 'settlement-currency-changed',
      metric: this.metrics.alarmingEvents('SettlementCurrencyChanged'),
      threshold: 1,
      description:
        'Charges of a currency settle in another one than before. The projection’s log names both, and the trade. Unless it was meant, put the account’s settlement currency right at Stripe.',
    });
  }

  private addRatesAlarms() {
    const metric = this.metrics.missedRateDays();
    this.alarms.add({
      name: 'rates-late',
      metric,
      threshold: 1,
      periods: 2,
      description:
        'A publication of the ECB was missed: its file was not there or not believed. From the second on prices are held for 5 minutes only, from the third there are none.',
    });
  }

  private addDashboard() {
    const { metrics } = this;
    const graph = (title: string, left: cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title, left, width: 12, liveData: true });
    const age = (name: string) => metrics.queue(name, 'ApproximateAgeOfOldestMessage');
    const depth = (name: string) => metrics.queue(name, 'ApproximateNumberOfMessagesVisible');
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: physicalName(this.stage, 'overview'),
      widgets: [
        [new cloudwatch.AlarmStatusWidget({ alarms: this.alarms.all, width: 24, height: 6 })],
        [
          graph('Given up (messages)', deadLetterSources.map(deadLetterName).map(depth)),
          graph('Age of the oldest message (s)', workerNames.map(age)),
        ],
        [
          graph(
            'Errors',
            functionNames.map((name) => metrics.lambda(name, 'Errors')),
          ),
          graph(
            'Throttles',
            functionNames.map((name) => metrics.lambda(name, 'Throttles')),
          ),
        ],
        [
          graph('Router behind the stream (ms)', [metrics.iteratorAgeMs('router')]),
          graph('Deadlines late (s)', [metrics.oldestDeadlineDelaySeconds()]),
        ],
        [graph('Refused webhooks', webhookNames.map(metrics.webhooksRejected))],
      ],
    });
  }
}
