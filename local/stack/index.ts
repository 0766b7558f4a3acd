import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { workerNames } from '../../lib/functions.ts';
import { synthesize } from '../../lib/app.ts';
import { deadLetterName } from '../../lib/names.ts';
import { apiKeyItem } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import type { AccountBalance } from '../../src/ledger/balances.ts';
import type { ViewStore } from '../../src/process/views.ts';
import { type LogSink, type Runtime, startRuntime } from '../runtime/index.ts';
import { countMessages, readTrialBalance } from './inspect.ts';
import { type EasyPostProvider, type StripeProvider, startEasyPost, startStripe } from './providers.ts';
import { until } from './until.ts';

export type LocalStackOptions = {
  /** The port of the API; a free one by default. */
  readonly port?: number;
  /** How long buyers may inspect, where a trade does not say; short, so that people can watch. */
  readonly inspectionPeriodSeconds?: number;
  readonly paymentWindowSeconds?: number;
  /** How often the deadlines are looked at, instead of once a minute. */
  readonly deadlinesEveryMs?: number;
  /** How often the carrier sandbox moves parcels on by a scan, or only by command. */
  readonly carrierAdvance?: { everyMs: number } | 'manual';
  /** Replaces the queues' visibility timeout, so that a killed function is followed up sooner. */
  readonly visibilityTimeoutSeconds?: number;
  readonly maxConcurrency?: number;
  /** Where the day's reference rates are fetched, instead of at the ECB. */
  readonly ecbRatesUrl?: string;
  /** What the sandboxes' webhooks are also accepted with, as while a secret is being rolled. */
  readonly previousWebhookSecrets?: { readonly stripe?: string; readonly easypost?: string };
  readonly onProgress?: (step: string) => void;
  readonly onLog?: LogSink;
  readonly logFile?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

export type LocalStack = {
  readonly url: string;
  readonly apiKey: string;
  readonly stripe: StripeProvider;
  readonly easypost: EasyPostProvider;
  readonly runtime: Runtime;
  readonly views: ViewStore;
  /** Opens the API to another marketplace. */
  readonly addApiKey: (marketplaceId: string, scopes?: readonly string[]) => Promise<string>;
  readonly deadLetters: () => Promise<number>;
  /** How many messages the product's queues still hold. */
  readonly waitingMessages: () => Promise<number>;
  readonly trialBalance: () => Promise<readonly AccountBalance[]>;
  readonly stop: () => Promise<void>;
};

const STAGE = 'local';
export const LOCAL_MARKETPLACE = 'mkt_local';
const READY_TIMEOUT_MS = 20_000;

/**
 * Starts everything on this machine: the app as it would be deployed, its providers as sandboxes
 * (or the real ones where their keys are set), and an API key to call it with.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const environment = options.environment ?? process.env;
  const { onProgress } = options;
  const startedAt = new Date();
  onProgress?.('starting the providers');
  const [stripe, easypost] = await Promise.all([
    startStripe(environment),
    startEasyPost(environment, options.carrierAdvance ?? 'manual'),
  ]);
  const outdir = await mkdtemp(join(tmpdir(), 'tradelane-'));
  onProgress?.('synthesizing the CDK app');
  synthesize({ stage: STAGE, outdir, validate: false, settings: settingsFor(options, stripe.apiKey) });
  const runtime = await startRuntime(runtimeOptions(options, { outdir, stripe, easypost }));
  stripe.sandbox?.control.addWebhookEndpoint({
    url: `${runtime.url}/webhooks/stripe`,
    secrets: [stripe.webhookSecret],
  });
  easypost.sandbox?.control.addWebhook({
    url: `${runtime.url}/webhooks/carriers/easypost`,
    secret: easypost.webhookSecret,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([stripe.stop(), easypost.stop()]);
    await runtime.stop();
    await rm(outdir, { recursive: true, force: true });
  };
  const { dynamoDb, sqs } = clientsOf(runtime);
  const addApiKey = keyMaker(dynamoDb, runtime.tableName('AccessTable'));
  const views = dynamoViewStore({ client: dynamoDb, tableName: runtime.tableName('ViewsTable') });
  onProgress?.('waiting for reference rates');
  await ratesStored(dynamoDb, runtime.tableName('RatesTable'));
  const urlsOf = (names: readonly string[]) => names.map((name) => runtime.queueUrl(name));
  return {
    url: runtime.url,
    apiKey: await addApiKey(LOCAL_MARKETPLACE),
    stripe,
    easypost,
    runtime,
    views,
    addApiKey,
    deadLetters: () => countMessages(sqs, urlsOf([...workerNames, 'router'].map(deadLetterName))),
    waitingMessages: () => countMessages(sqs, urlsOf(workerNames)),
    trialBalance: () => readTrialBalance(views, { since: startedAt, until: new Date() }),
    stop,
  };
}

const settingsFor = (options: LocalStackOptions, stripeKey: string) => ({
  livemode: /^(sk|rk)_live_/.test(stripeKey),
  ...(options.inspectionPeriodSeconds === undefined
    ? {}
    : { inspectionPeriodSeconds: options.inspectionPeriodSeconds }),
  ...(options.paymentWindowSeconds === undefined
    ? {}
    : { paymentWindowSeconds: options.paymentWindowSeconds }),
  ...(options.ecbRatesUrl === undefined ? {} : { ecbRatesUrl: options.ecbRatesUrl }),
});

/** The functions' clocks stay real; only how often the schedule ticks is chosen here. */
function runtimeOptions(
  options: LocalStackOptions,
  { outdir, stripe, easypost }: { outdir: string; stripe: StripeProvider; easypost: EasyPostProvider },
): Parameters<typeof startRuntime>[0] {
  const { port, onProgress, onLog, logFile, maxConcurrency, visibilityTimeoutSeconds } = options;
  const deadlinesEveryMs = options.deadlinesEveryMs ?? 1_000;
  return {
    assemblyDir: outdir,
    secrets: (_name, logicalId) => secretValue(logicalId, { stripe, easypost, options }),
    environment: {
      ...(stripe.sandbox === undefined ? {} : { STRIPE_API_BASE_URL: stripe.url }),
      ...(easypost.sandbox === undefined ? {} : { EASYPOST_API_BASE_URL: `${easypost.url}/v2` }),
    },
    scheduleIntervalMs: (name) => (name.endsWith('deadlines') ? deadlinesEveryMs : undefined),
    ...(port === undefined ? {} : { port }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(onLog === undefined ? {} : { onLog }),
    ...(logFile === undefined ? {} : { logFile }),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
  };
}

function secretValue(
  logicalId: string,
  {
    stripe,
    easypost,
    options: { previousWebhookSecrets: previous = {} },
  }: { stripe: StripeProvider; easypost: EasyPostProvider; options: LocalStackOptions },
): string | undefined {
  const rolled = (current: string, before: string | undefined): readonly string[] =>
    before === undefined ? [current] : [current, before];
  if (logicalId.startsWith('Stripe')) {
    const webhookSecrets = rolled(stripe.webhookSecret, previous.stripe);
    return JSON.stringify({ secretKey: stripe.apiKey, webhookSecrets });
  }
  if (logicalId.startsWith('Easypost')) {
    const webhookSecrets = rolled(easypost.webhookSecret, previous.easypost);
    return JSON.stringify({ apiKey: easypost.apiKey, webhookSecrets });
  }
  return undefined;
}

/** Clients of our own, for looking in from outside as an operator would. */
function clientsOf({ endpoints }: Runtime): { dynamoDb: DynamoDBClient; sqs: SQSClient } {
  const shared = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return {
    dynamoDb: new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb }),
    sqs: new SQSClient({ ...shared, endpoint: endpoints.sqs }),
  };
}

const keyMaker =
  (client: DynamoDBClient, tableName: string) =>
  async (marketplaceId: string, scopes: readonly string[] = ['checkout']): Promise<string> => {
    const apiKey = `tl_local_${randomBytes(24).toString('base64url')}`;
    await client.send(
      new PutItemCommand({ TableName: tableName, Item: apiKeyItem(apiKey, { marketplaceId, scopes }) }),
    );
    return apiKey;
  };

/** The rates function runs once at the start; trades can be priced when it has stored a day. */
const ratesStored = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  const store = dynamoRatesStore({ client, tableName });
  await until(async () => (await store.latest()) !== undefined, {
    timeoutMs: READY_TIMEOUT_MS,
    what: 'a day of reference rates',
  });
};

