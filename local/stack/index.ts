import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { eventStores } from '../../functions/_shared/stores.ts';
import { workerNames } from '../../lib/functions.ts';
import { deadLetterName } from '../../lib/names.ts';
import { apiKeyItem } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import type { AccountBalance } from '../../src/ledger/balances.ts';
import { readTrade, type TradeHistory } from '../../src/process/trade-view.ts';
import type { ViewStore } from '../../src/process/views.ts';
import { type Cleanup, createCleanup } from '../runtime/cleanup.ts';
import { type Runtime, startRuntime } from '../runtime/index.ts';
import { countMessages, readTrialBalance } from './inspect.ts';
import { type LocalStackOptions, runtimeOptions, settingsFor } from './options.ts';
import {
  type EasyPostProvider,
  type RatesPublishers,
  type StripeProvider,
  startEasyPost,
  startRates,
  startStripe,
} from './providers.ts';
import { synthesizeInBackground } from './synthesize.ts';
import { until } from './until.ts';

export { FINANCE_SCOPES } from '../../src/parties/person.ts';
export type { LocalStackOptions } from './options.ts';

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
  /** A trade of the local marketplace with every record of its streams, as stored. */
  readonly readTrade: (tradeId: string) => Promise<TradeHistory | undefined>;
  readonly stop: () => Promise<void>;
};

const STAGE = 'local';
export const LOCAL_MARKETPLACE = 'mkt_local';

/**
 * Starts everything on this machine: the app as it would be deployed, its providers as sandboxes
 * (or the real ones where their keys are set), and an API key to call it with.
 *
 * @throws where a port is taken, a provider's setting is missing or `signal` aborts. Nothing stays
 * open then.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const cleanup = createCleanup();
  try {
    return await open(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function open(options: LocalStackOptions, cleanup: Cleanup): Promise<LocalStack> {
  const { onProgress, signal } = options;
  const startedAt = new Date();
  onProgress?.('starting the providers');
  const { stripe, easypost, publishers, stopProviders } = await openProviders(options, cleanup);
  const assemblyDir = await synthesizeApp(options, { stripe, publishers, cleanup });
  const runtime = await startRuntime(runtimeOptions(options, { assemblyDir, stripe, easypost }));
  cleanup.add(runtime.stop);
  cleanup.add(stopProviders);
  signal?.throwIfAborted();
  subscribe(stripe, runtime.url);
  easypost.sandbox?.control.addWebhook({
    url: `${runtime.url}/webhooks/carriers/easypost`,
    secret: easypost.webhookSecret,
  });
  onProgress?.('waiting for reference rates');
  const clients = clientsOf(runtime, cleanup);
  const rates = dynamoRatesStore({
    client: clients.dynamoDb,
    tableName: runtime.tableName('RatesTable'),
  });
  await until(async () => (await rates.latest()) !== undefined, {
    what: 'a day of reference rates',
    signal,
  });
  const addApiKey = keyMaker(clients.dynamoDb, runtime.tableName('AccessTable'));
  return {
    url: runtime.url,
    apiKey: await addApiKey(LOCAL_MARKETPLACE),
    stripe,
    easypost,
    runtime,
    addApiKey,
    ...lookInside(runtime, { ...clients, startedAt }),
    stop: cleanup.run,
  };
}

/** Sets up both of Stripe's endpoints, the platform's own and that of connected accounts. */
function subscribe(stripe: StripeProvider, url: string): void {
  const { sandbox, webhookSecret, connectWebhookSecret } = stripe;
  sandbox?.control.addWebhookEndpoint({
    ...{ url: `${url}/webhooks/stripe`, secrets: [webhookSecret] },
  });
  if (connectWebhookSecret === undefined) return;
  sandbox?.control.addWebhookEndpoint({
    ...{ url: `${url}/webhooks/stripe/connect`, secrets: [connectWebhookSecret], connect: true },
  });
}

/**
 * The providers, and what stops them. They are stopped before the runtime, so that no webhook meets
 * a function that is gone; and after it where the start fails in between.
 */
async function openProviders(options: LocalStackOptions, cleanup: Cleanup) {
  const environment = options.environment ?? process.env;
  const providers = createCleanup();
  cleanup.add(providers.run);
  const stripe = await startStripe(environment);
  providers.add(stripe.stop);
  const easypost = await startEasyPost(environment, options.carrierAdvance ?? 'manual');
  providers.add(easypost.stop);
  const publishers = await startRates(environment);
  providers.add(publishers.stop);
  return { stripe, easypost, publishers, stopProviders: providers.run };
}

async function synthesizeApp(
  options: LocalStackOptions,
  {
    stripe,
    publishers,
    cleanup,
  }: {
    readonly stripe: StripeProvider;
    readonly publishers: RatesPublishers;
    readonly cleanup: Cleanup;
  },
): Promise<string> {
  const { onProgress, signal } = options;
  const workDir = await mkdtemp(join(tmpdir(), 'tradelane-'));
  cleanup.add(() => rm(workDir, { recursive: true, force: true }));
  onProgress?.('synthesizing the CDK app');
  const assemblyDir = join(workDir, 'cdk.out');
  const app = {
    stage: STAGE,
    outdir: assemblyDir,
    distDir: join(workDir, 'dist'),
    validate: false,
    settings: settingsFor(options, { stripeKey: stripe.apiKey, rates: publishers }),
  };
  await synthesizeInBackground(app, signal);
  return assemblyDir;
}

/** What an operator can see of the running app, past its API. */
function lookInside(
  runtime: Runtime,
  { dynamoDb, sqs, startedAt }: Clients & { readonly startedAt: Date },
): Pick<LocalStack, 'views' | 'deadLetters' | 'waitingMessages' | 'trialBalance' | 'readTrade'> {
  const views = dynamoViewStore({ client: dynamoDb, tableName: runtime.tableName('ViewsTable') });
  const stores = eventStores(dynamoDb, runtime.tableName('EventsTable'));
  const urlsOf = (names: readonly string[]) => names.map((name) => runtime.queueUrl(name));
  return {
    views,
    deadLetters: () => countMessages(sqs, urlsOf([...workerNames, 'router'].map(deadLetterName))),
    waitingMessages: () => countMessages(sqs, urlsOf(workerNames)),
    trialBalance: () => readTrialBalance(views, { since: startedAt, until: new Date() }),
    readTrade: (tradeId) => readTrade(stores, { tradeId, marketplaceId: LOCAL_MARKETPLACE }),
  };
}

type Clients = { readonly dynamoDb: DynamoDBClient; readonly sqs: SQSClient };

/** Clients of our own, for looking in from outside as an operator would. */
function clientsOf({ endpoints }: Runtime, cleanup: Cleanup): Clients {
  const shared = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const dynamoDb = new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...shared, endpoint: endpoints.sqs });
  cleanup.add(() => {
    dynamoDb.destroy();
    sqs.destroy();
  });
  return { dynamoDb, sqs };
}

const keyMaker =
  (client: DynamoDBClient, tableName: string) =>
  async (marketplaceId: string, scopes: readonly string[] = ['checkout']): Promise<string> => {
    const apiKey = `tl_local_${randomBytes(24).toString('base64url')}`;
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: apiKeyItem(apiKey, { marketplaceId, scopes }),
      }),
    );
    return apiKey;
  };
