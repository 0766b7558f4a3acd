import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { FileArrivals } from '../constructs/file-arrivals.ts';
import { HttpEndpoint, PRINTER_MEGABYTES } from '../constructs/http-endpoint.ts';
import type { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import type { ServiceContext } from '../constructs/service-function.ts';
import type { StreamRouter } from '../constructs/stream-router.ts';
import type { WorkerName } from '../functions.ts';
import { FINANCE_ROUTES } from '../routes.ts';
import { variablesOf } from '../variables.ts';
import type { DataStack } from './data-stack.ts';

export type FinanceProps = {
  readonly context: ServiceContext;
  readonly data: DataStack;
  readonly api: HttpApi;
  readonly workers: Readonly<Record<WorkerName, QueueWorker>>;
  readonly router: StreamRouter;
};

/** What reconciles and closes, added to the app stack: statements in, matching, finance's API. */
export const addFinance = (scope: Construct, props: FinanceProps): void => {
  addReconciliation(scope, props);
  addFinanceApi(scope, props);
};

const addReconciliation = (scope: Construct, { context, data, workers }: FinanceProps): void => {
  const { statements, reconciliation, matching, settlement } = workers;
  statements.function
    .readsFiles(data.statementFiles)
    .writes(data.reconciliation)
    .writes(data.vault)
    .readsSecret(data.vaultSecret)
    .sendsTo(matching.queue, 'MATCHING');
  reconciliation.function
    .reads(data.events)
    .writes(data.views)
    .writes(data.reconciliation)
    .sendsTo(matching.queue, 'MATCHING');
  matching.function
    .writes(data.events)
    .writes(data.reconciliation)
    .sendsTo(settlement.queue, 'SETTLEMENT')
    .sendsTo(matching.queue, 'MATCHING')
    .configure(variablesOf(context.settings).bankCharges);
  new ScheduledFunction(scope, 'MatchingClock', {
    name: 'matching-clock',
    context,
    every: Duration.minutes(5),
  }).function.sendsTo(matching.queue, 'MATCHING');
  new FileArrivals(scope, 'StatementArrivals', {
    stage: context.stage,
    name: 'statement-arrivals',
    source: data.statementFiles,
    queue: statements.queue,
  });
};

const addFinanceApi = (
  scope: Construct,
  { context, data, api, workers, router }: FinanceProps,
): void => {
  const { projection, reconciliation } = workers;
  const deadLetters = [...Object.values(workers), router].map((one) => one.deadLetterQueue);
  new HttpEndpoint(scope, 'FinanceApi', {
    name: 'finance-api',
    context,
    memoryMegabytes: PRINTER_MEGABYTES,
    api,
    routes: FINANCE_ROUTES,
  }).function
    .addsFiles(data.statementFiles)
    .writes(data.events)
    .reads(data.views)
    .writes(data.reconciliation)
    .reads(data.vault)
    .reads(data.rates)
    .reads(data.access)
    .readsSecret(data.vaultSecret)
    .counts([projection.queue, reconciliation.queue], 'READ_MODEL')
    .counts(deadLetters, 'DEAD_LETTER')
    .configure(variablesOf(context.settings).closing)
    .configure(variablesOf(context.settings).bankCharges)
    .configure(variablesOf(context.settings).margin)
    .configure(data.signIn?.variables ?? {});
};
