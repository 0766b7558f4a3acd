import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCurrencyApi } from '../../src/adapters/rates/currency-api.ts';
import { parseEcbDaily } from '../../src/adapters/rates/ecb.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { type EasyPostSandbox, startEasyPostSandbox } from '../sandboxes/easypost/sandbox.ts';
import { startRatesSandbox } from '../sandboxes/rates/sandbox.ts';
import { type StripeSandbox, startStripeSandbox } from '../sandboxes/stripe/server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A provider that the product talks to: a sandbox of ours, or the real one where a key is set. */
export type Provider<S> = {
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** Absent where the product talks to the real provider. */
  readonly sandbox?: S;
  readonly stop: () => Promise<void>;
};

export type StripeProvider = Provider<StripeSandbox> & {
  /** For the endpoint of connected accounts; absent where no such endpoint is set up. */
  readonly connectWebhookSecret?: string;
};
export type EasyPostProvider = Provider<EasyPostSandbox>;

const nothingToStop = async (): Promise<void> => undefined;

/**
 * The sandbox converts at the figures that the product quotes from. Stripe also charges currencies
 * that the ECB does not publish, such as KWD: those are at the second source's figures.
 */
function bundledRates(): Record<string, string> {
  const read = (name: string): string =>
    readFileSync(join(import.meta.dirname, '../../events/inbound', name), 'utf8');
  const readAs = (text: string) => ({
    sha256: sha256Hex(text),
    fetchedAt: new Date().toISOString(),
  });
  const [xml, json] = [read('ecb/2026-06-30.xml'), read('currency-api/2026-06-30.json')];
  const days = [parseCurrencyApi(json, readAs(json)), parseEcbDaily(xml, readAs(xml))];
  return Object.fromEntries(
    days.flatMap(({ rates }) =>
      Object.entries(rates).map(([currency, rate]) => [currency.toLowerCase(), rate]),
    ),
  );
}

/** Stripe itself where `STRIPE_SECRET_KEY` is set, else the sandbox. */
export async function startStripe(environment: Environment): Promise<StripeProvider> {
  const secretKey = environment['STRIPE_SECRET_KEY'];
  if (secretKey !== undefined && secretKey !== '') {
    const webhookSecret = required(environment, 'STRIPE_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY');
    const connectWebhookSecret = environment['STRIPE_CONNECT_WEBHOOK_SECRET'];
    return {
      ...{ url: 'https://api.stripe.com', apiKey: secretKey, webhookSecret, stop: nothingToStop },
      ...(connectWebhookSecret ? { connectWebhookSecret } : {}),
    };
  }
  const sandbox = await startStripeSandbox({ rates: bundledRates() });
  const { url, webhookSecret } = sandbox;
  const connectWebhookSecret = `whsec_${randomBytes(24).toString('base64url')}`;
  const secrets = { webhookSecret, connectWebhookSecret };
  return { url, apiKey: sandbox.secretKey, ...secrets, sandbox, stop: () => sandbox.stop() };
}

/** EasyPost itself where `EASYPOST_API_KEY` is set, else the sandbox. */
export async function startEasyPost(
  environment: Environment,
  advance: { everyMs: number } | 'manual',
): Promise<EasyPostProvider> {
  const apiKey = environment['EASYPOST_API_KEY'];
  if (apiKey !== undefined && apiKey !== '') {
    const webhookSecret = required(environment, 'EASYPOST_WEBHOOK_SECRET', 'EASYPOST_API_KEY');
    return { url: 'https://api.easypost.com', apiKey, webhookSecret, stop: nothingToStop };
  }
  const sandbox = await startEasyPostSandbox({ advance });
  const { url, webhookSecret } = sandbox;
  return { url, apiKey: sandbox.apiKey, webhookSecret, sandbox, stop: () => sandbox.stop() };
}

/** Where the day's rates are published. */
export type RatesPublishers = {
  readonly ecbUrl: string;
  readonly indicativeUrl: string;
  readonly stop: () => Promise<void>;
};

/** The ECB itself where `ECB_RATES_URL` is set, else the sandbox. */
export async function startRates(environment: Environment): Promise<RatesPublishers> {
  const ecbUrl = environment['ECB_RATES_URL'];
  if (ecbUrl === undefined || ecbUrl === '') return startRatesSandbox();
  const indicativeUrl = required(environment, 'INDICATIVE_RATES_URL', 'ECB_RATES_URL');
  return { ecbUrl, indicativeUrl, stop: nothingToStop };
}

function required(environment: Environment, name: string, because: string): string {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${because} is set, so ${name} must be set too: one is of no use without the other.`,
    );
  }
  return value;
}
