import Stripe from 'stripe';
import type { FaultKind } from '../../local/sandboxes/stripe/faults.ts';
import { startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { createStripe } from '../../src/adapters/stripe/client.ts';
import type { ProviderFailure } from './provider-failures.ts';
import { type Interference, startStripeGateway } from './stripe-gateway.ts';
import { recordTraffic } from './stripe-traffic.ts';

export type StripeUnderTest = Awaited<ReturnType<typeof startStripe>>;

/** Waited for in full where a test is about silence; long enough that a busy machine answers within it. */
const TIMEOUT_MS = 1_000;

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
    product: createStripe({ secretKey, apiBaseUrl: gateway.url, timeoutMs: TIMEOUT_MS }),
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
