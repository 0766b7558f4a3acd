import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients, Services } from './endpoints.ts';
import type { FunctionHost } from './function-host.ts';
import type { PhysicalIds } from './identities.ts';
import type { AwsEnvironment } from './intrinsics.ts';
import type { LogSink } from './log-sink.ts';
import type { FileArrivals, Model, QueueMapping, StreamMapping } from './model.ts';
import { objectCreatedEvent } from './object-created-event.ts';
import type { Poller } from './poller.ts';
import { startQueuePoller } from './queue-poller.ts';
import { startScheduler } from './scheduler.ts';
import { startStreamPoller } from './stream-poller.ts';

export type TriggerSettings = {
  readonly model: Model;
  readonly physical: PhysicalIds;
  readonly environment: AwsEnvironment;
  readonly clients: Clients;
  readonly services: Services;
  readonly host: FunctionHost;
  readonly onLog: LogSink;
  readonly scheduleIntervalMs: (functionName: string) => number | undefined;
};

const problemLog =
  ({ onLog }: TriggerSettings, functionName: string) =>
  (line: string) =>
    onLog({ functionName, stream: 'runtime', line });

const queueUrlOf = ({ model, physical }: TriggerSettings, queueArn: string): string => {
  const queue = model.queues.find(({ arn }) => arn === queueArn);
  const url = queue && physical.queueUrls.get(queue.name);
  if (url === undefined) throw new Error(`No stack has the queue ${queueArn}`);
  return url;
};

const pollQueue = (settings: TriggerSettings, mapping: QueueMapping): Poller => {
  const { functionName, maxConcurrency = Number.POSITIVE_INFINITY } = mapping;
  const { clients, host, environment } = settings;
  return startQueuePoller({
    mapping,
    sqs: clients.sqs,
    region: environment.region,
    invoke: host.invoke,
    queueUrl: queueUrlOf(settings, mapping.sourceArn),
    concurrency: Math.max(1, Math.min(maxConcurrency, host.concurrencyOf(functionName))),
    onProblem: problemLog(settings, functionName),
  });
};

const pollStream = (settings: TriggerSettings, mapping: StreamMapping): Poller => {
  const { clients, host, model, services } = settings;
  const { functionName, sourceArn, onFailureQueueArn } = mapping;
  const { arn: functionArn = '' } = model.functions.find(({ name }) => name === functionName) ?? {};
  return startStreamPoller({
    mapping,
    functionArn,
    streamArn: sourceArn,
    streams: clients.streams,
    sqs: clients.sqs,
    invoke: host.invoke,
    ...(onFailureQueueArn === undefined
      ? {}
      : { onFailureQueueUrl: queueUrlOf(settings, onFailureQueueArn) }),
    ...(services.onRecord === undefined ? {} : { onRecord: services.onRecord }),
    onProblem: problemLog(settings, functionName),
  });
};

/** Tells a queue of new objects as EventBridge would. */
const tellOfFiles = (settings: TriggerSettings, { bucketName, queueArn }: FileArrivals): void => {
  const { clients, environment, services, onLog } = settings;
  const QueueUrl = queueUrlOf(settings, queueArn);
  services.onObject(async (object) => {
    if (object.bucketName !== bucketName) return;
    const MessageBody = JSON.stringify(objectCreatedEvent(object, environment));
    try {
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    } catch (error) {
      onLog({
        functionName: bucketName,
        stream: 'runtime',
        line: `An object was not told: ${error}`,
      });
    }
  });
};

/** Starts everything that invokes functions by itself: queues, streams, new objects and schedules. */
export const startTriggers = (settings: TriggerSettings): Poller => {
  const { model, environment, host, scheduleIntervalMs: intervalMs } = settings;
  const { schedules, queueMappings, streamMappings } = model;
  for (const arrivals of model.fileArrivals) tellOfFiles(settings, arrivals);
  const pollers = [
    ...queueMappings.map((mapping) => pollQueue(settings, mapping)),
    ...streamMappings.map((mapping) => pollStream(settings, mapping)),
    startScheduler({ schedules, environment, invoke: host.invoke, intervalMs }),
  ];
  return {
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
};
