import type { LogSink, RuntimeOptions } from '../runtime/index.ts';
import type { EasyPostProvider, RatesPublishers, StripeProvider } from './providers.ts';

export type LocalStackOptions = {
  /** The port of the API; a free one by default. */
  readonly port?: number;
  /** How long buyers may inspect, where a trade does not say; short, so that people can watch. */
  readonly inspectionPeriodSeconds?: number;
  /** How long a delivery must stand before it counts; at once by default, so that people can watch. */
  readonly deliveryGraceSeconds?: number;
  /** How patient the product is with silent carriers, where it is not the usual, as JSON. */
  readonly pollingPolicy?: string;
  readonly paymentWindowSeconds?: number;
  /** How long a batch for the bank takes payments, and a failed payout rests before its next try. */
  readonly payoutBatchWindowSeconds?: number;
  readonly payoutRetryPauseSeconds?: number;
  /** How often the deadlines are looked at, instead of once a minute. */
  readonly deadlinesEveryMs?: number;
  /** How often the carrier sandbox moves parcels on by a scan, or only by command. */
  readonly carrierAdvance?: { everyMs: number } | 'manual';
  /** Replaces the queues' visibility timeout, so that a killed function is followed up sooner. */
  readonly visibilityTimeoutSeconds?: number;
  readonly maxConcurrency?: number;
  /** What the sandboxes' webhooks are also accepted with, as while a secret is being rolled. */
  readonly previousWebhookSecrets?: { readonly stripe?: string; readonly easypost?: string };
  /** What carriers beside EasyPost sign their webhooks with, by carrier; none by default. */
  readonly carrierWebhookSecrets?: Readonly<Record<string, readonly string[]>>;
  readonly onProgress?: (step: string) => void;
  readonly onLog?: LogSink;
  readonly logFile?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Gives the start up: whatever is open by then is closed, and the start rejects. */
  readonly signal?: AbortSignal;
};

/** The platform's account that files for the bank are paid from, here. */
const SAMPLE_DEBTOR = {
  holderName: 'Tradelane Sample Payments B.V.',
  address: { street: 'Keizersgracht', buildingNumber: '1', town: 'Amsterdam', country: 'NL' },
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  country: 'NL',
  chargeBearer: 'SHAR',
};

/** The app's settings, where they differ from a deployment's. */
export const settingsFor = (
  options: LocalStackOptions,
  { stripeKey, rates }: { readonly stripeKey: string; readonly rates: RatesPublishers },
) => ({
  livemode: /^(sk|rk)_live_/.test(stripeKey),
  ecbRatesUrl: rates.ecbUrl,
  indicativeRatesUrl: rates.indicativeUrl,
  ...(options.inspectionPeriodSeconds === undefined
    ? {}
    : { inspectionPeriodSeconds: options.inspectionPeriodSeconds }),
  deliveryGraceSeconds: options.deliveryGraceSeconds ?? 0,
  ...(options.pollingPolicy === undefined ? {} : { pollingPolicy: options.pollingPolicy }),
  payoutDebtor: JSON.stringify(SAMPLE_DEBTOR),
  ...(options.payoutBatchWindowSeconds === undefined
    ? {}
    : { payoutBatchWindowSeconds: options.payoutBatchWindowSeconds }),
  ...(options.payoutRetryPauseSeconds === undefined
    ? {}
    : { payoutRetryPauseSeconds: options.payoutRetryPauseSeconds }),
  ...(options.paymentWindowSeconds === undefined
    ? {}
    : { paymentWindowSeconds: options.paymentWindowSeconds }),
});

/**
 * How the runtime hosts the app here. The functions' clocks stay real; only how often the schedule
 * ticks is chosen here.
 */
export function runtimeOptions(
  options: LocalStackOptions,
  {
    assemblyDir,
    stripe,
    easypost,
  }: { assemblyDir: string; stripe: StripeProvider; easypost: EasyPostProvider },
): RuntimeOptions {
  const { port, onProgress, onLog, logFile, maxConcurrency, visibilityTimeoutSeconds } = options;
  const deadlinesEveryMs = options.deadlinesEveryMs ?? 1_000;
  return {
    assemblyDir,
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
    options,
  }: { stripe: StripeProvider; easypost: EasyPostProvider; options: LocalStackOptions },
): string | undefined {
  const previous = options.previousWebhookSecrets ?? {};
  const rolled = (current: string, before: string | undefined): readonly string[] =>
    before === undefined ? [current] : [current, before];
  if (logicalId.startsWith('Stripe')) {
    const webhookSecrets = rolled(stripe.webhookSecret, previous.stripe);
    const { connectWebhookSecret: connect } = stripe;
    const connectWebhookSecrets = connect === undefined ? undefined : [connect];
    return JSON.stringify({ secretKey: stripe.apiKey, webhookSecrets, connectWebhookSecrets });
  }
  if (logicalId.startsWith('Easypost')) {
    const webhookSecrets = rolled(easypost.webhookSecret, previous.easypost);
    return JSON.stringify({ apiKey: easypost.apiKey, webhookSecrets });
  }
  if (logicalId.startsWith('Carriers')) {
    return JSON.stringify({ webhookSecrets: options.carrierWebhookSecrets ?? {} });
  }
  return undefined;
}
