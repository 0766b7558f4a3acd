import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import type { StripeSandboxOptions } from '../../local/sandboxes/stripe/options.ts';
import { type StripeSandbox, startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { recordTraffic } from '../support/stripe-traffic.ts';

/** The official SDK, pointed at the sandbox, with nothing retried behind the test's back. */
export function sdk(sandbox: StripeSandbox, key = sandbox.secretKey): Stripe {
  const { hostname: host, port } = new URL(sandbox.url);
  return new Stripe(key, {
    ...{ host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 },
    // The fetch client does not repeat a reset connection by itself, as the Node client does.
    httpClient: Stripe.createFetchHttpClient(),
  });
}

/** One euro is 1.10 dollars and 160 yen; Stripe keeps one percent of a conversion. */
export const plainSettings: StripeSandboxOptions = {
  env: {},
  rates: { usd: '1.10', jpy: '160', gbp: '0.85' },
};

/** A sandbox for a whole describe block, stopped after it. */
export function withSandbox(options: StripeSandboxOptions = {}) {
  const started: { sandbox: StripeSandbox; stripe: Stripe }[] = [];
  beforeAll(async () => {
    const sandbox = await startStripeSandbox({
      ...{ ...plainSettings, ...recordTraffic(), ...options },
    });
    started.push({ sandbox, stripe: sdk(sandbox) });
  });
  afterAll(() => started[0]?.sandbox.stop());
  return () => {
    const [running] = started;
    if (!running) throw new Error('The sandbox has not started.');
    return running;
  };
}

/** What an SDK call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(`Expected Stripe to refuse the call, but it ended with ${String(outcome)}.`);
}

export type Received = { body: string; signature: string; event: Stripe.Event };

export type Receiver = {
  url: string;
  received: Received[];
  /** Answers the next deliveries with these statuses, then with 200. */
  answerWith(...statuses: number[]): void;
  stop(): Promise<void>;
};

/** An endpoint that records the events it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const signature = String(request.headers['stripe-signature']);
    received.push({ body, signature, event: JSON.parse(body) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    answerWith: (...next) => {
      statuses.push(...next);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A header of an answer, whichever HTTP client the SDK read it with. */
export function headerOf(answer: { lastResponse: { headers: object } }, name: string) {
  return new Headers(answer.lastResponse.headers as Record<string, string>).get(name);
}
