import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EventBusSource } from '../constructs/event-bus-source.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { QueueWorker, type QueueWorkerProps } from '../constructs/queue-worker.ts';
import { ReadableStack } from '../constructs/readable-stack.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import type { ServiceContext } from '../constructs/service-function.ts';
import { StreamRouter } from '../constructs/stream-router.ts';
import { WebhookEndpoint } from '../constructs/webhook-endpoint.ts';
import { type WorkerName, workerNames } from '../functions.ts';
import { constantCase, pascalCase } from '../names.ts';
import { variablesOf } from '../variables.ts';
import { addApis } from './apis.ts';
import type { DataStack } from './data-stack.ts';
import { addFinance } from './finance.ts';
import { addPages } from './pages.ts';
import { addShippingApi } from './shipping.ts';

export type AppStackProps = { readonly context: ServiceContext; readonly data: DataStack };

/** The largest statement takes more of both than a message of a trade. */
const LARGER: Partial<Record<WorkerName, Partial<QueueWorkerProps>>> = {
  statements: { timeout: Duration.seconds(60), memoryMegabytes: 2048, batchSize: 1 },
  matching: { timeout: Duration.seconds(60), batchSize: 1 },
};

type Workers = Readonly<Record<WorkerName, QueueWorker>>;

/**
 * Everything that can be thrown away and deployed again: functions, queues, the HTTP API, schedules.
 * Each method reads as the list of what its functions may touch.
 */
export class AppStack extends ReadableStack {
  readonly api: PublicApi;
  private readonly context: ServiceContext;
  private readonly data: DataStack;
  private readonly variables: ReturnType<typeof variablesOf>;

  constructor(scope: Construct, { context, data }: AppStackProps) {
    super(scope, 'app', {
      stage: context.stage,
      description: 'Tradelane: HTTP API, workers, router and schedules',
    });
    this.context = context;
    this.data = data;
    this.variables = variablesOf(context.settings);
    this.api = new PublicApi(this, 'Api', { stage: context.stage });
    const workers = this.addWorkers();
    this.addMoneyWorkers(workers);
    this.addTradeWorkers(workers);
    const { api } = this.api;
    addApis(this, { context, data, api });
    addPages(this, { context, data, api });
    addShippingApi(this, { context, data, api });
    const router = this.addRouter(workers);
    addFinance(this, { context, data, workers, router, api });
    this.addWebhooks(workers);
    this.addSchedules(workers);
    this.addSafeguarding();
    this.addEventBus(workers);
    this.addOutputs(workers);
  }

  private addWorkers(): Workers {
    const worker = (name: WorkerName) =>
      new QueueWorker(this, pascalCase(name), { name, context: this.context, ...LARGER[name] });
    return Object.fromEntries(workerNames.map((name) => [name, worker(name)])) as Workers;
  }

  private addMoneyWorkers({ payments, conversion, escrow, settlement }: Workers) {
    const { data, variables } = this;
    payments.function
      .writes(data.events)
      .reads(data.rates)
      .reads(data.vault)
      .readsSecret(data.stripeSecret)
      .readsSecret(data.vaultSecret)
      .configure({ ...variables.stripeApi, ...variables.livemode })
      .configure({ ...variables.payouts, ...variables.corridors });
    conversion.function.writes(data.events).reads(data.rates).configure(variables.margin);
    escrow.function.writes(data.events);
    settlement.function
      .writes(data.events)
      .readsSecret(data.stripeSecret)
      .configure({ ...variables.stripeApi, ...variables.payouts, ...variables.corridors });
  }

  private addTradeWorkers({ tracking, shipment, projection, poll }: Workers) {
    const { data, variables } = this;
    tracking.function.writes(data.events).reads(data.views).configure(variables.deliveryGrace);
    shipment.function
      .writes(data.events)
      .reads(data.vault)
      .readsSecret(data.easypostSecret)
      .readsSecret(data.carriersSecret)
      .readsSecret(data.vaultSecret)
      .configure({ ...variables.carrierApis, ...variables.labels });
    projection.function.reads(data.events).writes(data.views).configure(variables.polling);
    poll.function
      .writes(data.events)
      .writes(data.views)
      .readsSecret(data.easypostSecret)
      .readsSecret(data.carriersSecret)
      .configure({ ...variables.carrierApis, ...variables.deliveryGrace, ...variables.polling });
  }

  private addWebhooks({ payments, tracking }: Workers) {
    const { context, data, variables } = this;
    const { api } = this.api;
    new WebhookEndpoint(this, 'StripeWebhook', {
      name: 'stripe-webhook',
      context,
      api,
      routes: ['POST /webhooks/stripe', 'POST /webhooks/stripe/connect'],
    }).function
      .sendsTo(payments.queue, 'PAYMENTS')
      .readsSecret(data.stripeSecret)
      .configure(variables.livemode);
    new WebhookEndpoint(this, 'CarrierWebhook', {
      name: 'carrier-webhook',
      context,
      api,
      routes: ['POST /webhooks/carriers/{carrier}'],
    }).function
      .sendsTo(tracking.queue, 'TRACKING')
      .readsSecret(data.easypostSecret)
      .readsSecret(data.carriersSecret);
  }

  private addRouter(workers: Workers): StreamRouter {
    const { payments, conversion, shipment, escrow, settlement, projection, reconciliation } =
      workers;
    const router = new StreamRouter(this, 'Router', {
      name: 'router',
      context: this.context,
      source: this.data.events,
    });
    for (const { name, queue } of [
      payments,
      conversion,
      shipment,
      escrow,
      settlement,
      projection,
      reconciliation,
    ]) {
      router.function.sendsTo(queue, constantCase(name));
    }
    return router;
  }

  private addSchedules({ escrow, settlement, payments, poll }: Workers) {
    const { context, data, variables } = this;
    new ScheduledFunction(this, 'Deadlines', {
      name: 'deadlines',
      context,
      every: Duration.minutes(1),
    }).function
      .writes(data.views)
      .sendsTo(escrow.queue, 'ESCROW')
      .sendsTo(settlement.queue, 'SETTLEMENT')
      .sendsTo(payments.queue, 'PAYMENTS')
      .sendsTo(poll.queue, 'POLL');
    new ScheduledFunction(this, 'Rates', {
      name: 'rates',
      context,
      every: Duration.hours(1),
    }).function
      .writes(data.rates)
      .configure(variables.ratesSources);
    new ScheduledFunction(this, 'StripeSweep', {
      name: 'stripe-sweep',
      context,
      every: Duration.minutes(15),
    }).function
      .sendsTo(payments.queue, 'PAYMENTS')
      .readsSecret(data.stripeSecret)
      .configure({ ...variables.stripeApi, ...variables.livemode });
  }

  private addEventBus({ payments }: Workers) {
    const { settings, stage } = this.context;
    const { stripeEventBusName: busName } = settings;
    if (busName === undefined) return;
    new EventBusSource(this, 'StripeEvents', { stage, busName, queue: payments.queue });
  }

  private addSafeguarding() {
    const { context, data } = this;
    new ScheduledFunction(this, 'Safeguarding', {
      name: 'safeguarding',
      context,
      every: Duration.hours(12),
    }).function
      .writes(data.events)
      .reads(data.views)
      .reads(data.reconciliation);
  }

  private addOutputs(workers: Workers) {
    new CfnOutput(this, 'ApiUrl', { value: this.api.api.apiEndpoint });
    for (const { node, queue } of Object.values(workers)) {
      new CfnOutput(this, `${node.id}QueueUrl`, { value: queue.queueUrl });
    }
  }
}
