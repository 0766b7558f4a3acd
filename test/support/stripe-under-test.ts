import Stripe from 'stripe';
import type { FaultKind } from '../../local/sandboxes/stripe/faults.ts';
import { startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { createStripe } from '../../src/adapters/stripe/client.ts';
import type { ProviderFailure } from './provider-failures.ts';
import { type Interference, type StripeGateway, startStripeGateway } from './stripe-gateway.ts';
import { recordTraffic } from './stripe-traffic.ts';

export type StripeUnderTest = Awaited<ReturnType<typeof startStripe>>;

/** A machine may be so busy that an answer takes seconds; only silence is to end a call. */
const TIMEOUT_MS = 30_000;
/** Waited for in full where there will be no answer; what Stripe was asked for is done by then. */
const SILENCE_MS = 1_000;

/** What goes wrong at Stripe. */
const faultOf: Partial<Record<ProviderFailure, FaultKind>> = {
  failed_after_execution: 'error_after_execution',
  busy: 'lock_timeout',
};

/** What goes wrong on the way. The client repeats a closed connection once by itself. */
const interferenceOf: Partial<Record<ProviderFailure, Interference>> = {
  lost_before_execution: { forward: false, answer: 'cut', times: 2 },
  lost_after_execution: { answer: 'cut', times: 2 },
  cut_short_after_execution: { answer: 'half' },
  timed_out_after_execution: { answer: 'silence' },
};

/**
 * A Stripe account in the sandbox; the product's client, which reaches it over a line that can
 * break; and a client of the test's own, which reaches it always.
 */
export async function startStripe(options: Parameters<typeof startStripeSandbox>[0] = {}) {
  const sandbox = await startStripeSandbox({
    env: {},
    rates: { usd: '1.10', jpy: '160', gbp: '0.85' },
    ...recordTraffic(),
    ...options,
  });
  const gateway = await startStripeGateway(sandbox.url);
  const { secretKey } = sandbox;
  const { hostname: host, port } = new URL(sandbox.url);
  return {
    sandbox,
    gateway,
    product: createStripe({
      ...{ secretKey, apiBaseUrl: gateway.url, timeoutMs: TIMEOUT_MS },
      httpClient: soonTiredOf(gateway),
    }),
    direct: new Stripe(secretKey, {
      host,
      port,
      protocol: 'http',
      telemetry: false,
    }),
    failNext: (route: string, failure: ProviderFailure): void => {
      const [method, path] = route.split(' ');
      const fault = faultOf[failure];
      if (fault !== undefined) sandbox.control.injectFault({ kind: fault, method, path });
      const interference = interferenceOf[failure];
      if (interference !== undefined) gateway.interfere(route, interference);
    },
    forgetKeys: () => {
      sandbox.control.pruneIdempotencyKeys();
    },
    stop: async () => {
      await gateway.stop();
      await sandbox.stop();
    },
  };
}

/** The SDK's own client, which knows of a silence beforehand and does not wait for the rest of it. */
function soonTiredOf({ isSilent }: StripeGateway): Stripe.HttpClient {
  const client = Stripe.createNodeHttpClient();
  return {
    getClientName: () => client.getClientName(),
    makeRequest: (host, port, path, method, headers, data, protocol, timeoutMs) => {
      const patienceMs = isSilent(`${method} ${path.split('?')[0]}`) ? SILENCE_MS : timeoutMs;
      return client.makeRequest(host, port, path, method, headers, data, protocol, patienceMs);
    },
  };
}
