import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import type { EasyPostSandbox } from '../../local/sandboxes/easypost/sandbox.ts';
import type { StripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import {
  type LocalStack,
  type LocalStackOptions,
  startLocalStack,
} from '../../local/stack/index.ts';
import type { EasyPostProvider, StripeProvider } from '../../local/stack/providers.ts';
import { createStripe } from '../../src/adapters/stripe/client.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { type AwsView, awsView } from './aws-view.ts';

/** A local stack with its sandboxes, and what a test needs to drive it and to look into it. */
export type TestStack = Omit<LocalStack, 'stripe' | 'easypost'> & {
  readonly stripe: StripeSandbox;
  readonly easypost: EasyPostSandbox;
  /** What the product knows of its Stripe: where it is, its key and its secrets. */
  readonly stripeProvider: StripeProvider;
  /** The same of its EasyPost. */
  readonly easypostProvider: EasyPostProvider;
  /** The API as the stack's own marketplace calls it. */
  readonly api: ApiClient;
  /** Stripe as its official client sees it. */
  readonly stripeApi: Stripe;
  readonly aws: AwsView;
  /** Everything that the functions have written to their log so far. */
  readonly log: () => Promise<string>;
};

const required = <T>(sandbox: T | undefined, provider: string): T => {
  if (sandbox === undefined) throw new Error(`The tests need the ${provider} sandbox.`);
  return sandbox;
};

/** Starts a stack on sandboxes alone: keys in this process's environment are not looked at. */
export async function startTestStack(options: LocalStackOptions = {}): Promise<TestStack> {
  const directory = await mkdtemp(join(tmpdir(), 'tradelane-test-'));
  const logFile = join(directory, 'functions.log');
  const stack = await startLocalStack({
    environment: {},
    logFile,
    ...options,
  });
  const { stripe, easypost, runtime, url, apiKey } = stack;
  const aws = awsView(runtime);
  return {
    ...stack,
    stripe: required(stripe.sandbox, 'Stripe'),
    easypost: required(easypost.sandbox, 'EasyPost'),
    stripeProvider: stripe,
    easypostProvider: easypost,
    api: apiClient({ url, apiKey }),
    stripeApi: createStripe({ secretKey: stripe.apiKey, apiBaseUrl: stripe.url }),
    aws,
    log: () => readFile(logFile, 'utf8'),
    stop: async () => {
      aws.close();
      await stack.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * One stack for a whole test file, stopped after it.
 *
 * @returns what gives the stack once the tests run.
 */
export function withStack(options?: LocalStackOptions): () => TestStack {
  const started: TestStack[] = [];
  beforeAll(async () => {
    started.push(await startTestStack(options));
  });
  afterAll(() => started[0]?.stop());
  return () => {
    const [stack] = started;
    if (stack === undefined) throw new Error('The stack has not started.');
    return stack;
  };
}
