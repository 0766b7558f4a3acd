import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BodyTooLargeError,
  createRouter,
  listenOnLoopback,
  readRequest,
  type SandboxRequest,
  sendJson,
} from '../http.ts';
import { accountEndpoints } from './account-endpoints.ts';
import { type Api, answer, type Reply } from './api.ts';
import { balanceEndpoints } from './balance-endpoints.ts';
import { balanceSettingsEndpoints } from './balance-settings.ts';
import { cashEndpoints } from './cash-endpoints.ts';
import { chargeEndpoints } from './charge-endpoints.ts';
import { checkoutEndpoints } from './checkout.ts';
import { createControl, type StripeSandboxControl } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import { customerEndpoints } from './customers.ts';
import { disputeEndpoints } from './dispute-endpoints.ts';
import { earlyFraudWarningEndpoints } from './early-fraud-warnings.ts';
import { type Endpoint, parametersOf } from './endpoint.ts';
import { StripeApiError } from './errors.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { createFaults } from './faults.ts';
import { fxQuoteEndpoints } from './fx-quotes.ts';
import { createIdempotencyKeys } from './idempotency.ts';
import { mandateEndpoints } from './mandates.ts';
import { refuseLiveKey, type StripeSandboxOptions } from './options.ts';
import { paymentIntentEndpoints } from './payment-intents.ts';
import { paymentMethodEndpoints } from './payment-methods.ts';
import { payoutEndpoints } from './payout-endpoints.ts';
import { refundEndpoints } from './refund-endpoints.ts';
import { reportEndpoints } from './reports.ts';
import { createRequestLog } from './request-log.ts';
import { setupIntentEndpoints } from './setup-intents.ts';
import { tokenEndpoints } from './tokens.ts';
import { topupEndpoints } from './topups.ts';
import { transferEndpoints } from './transfer-endpoints.ts';
import { v2AccountEndpoints } from './v2-accounts.ts';
import { webhookEndpointEndpoints } from './webhook-endpoints.ts';
import { createWorld } from './world.ts';

export type StripeSandbox = {
  /** Base URL, such as `http://127.0.0.1:49152`: what the SDK's host, port and protocol name. */
  url: string;
  secretKey: string;
  publishableKey: string;
  /** The first endpoint's current secret, and that of every endpoint set up without secrets. */
  webhookSecret: string;
  control: StripeSandboxControl;
  stop(): Promise<void>;
};

/** Every endpoint of Stripe's that the sandbox serves. */
export const endpoints: readonly Endpoint[] = [
  ...paymentIntentEndpoints,
  ...paymentMethodEndpoints,
  ...chargeEndpoints,
  ...refundEndpoints,
  ...transferEndpoints,
  ...disputeEndpoints,
  ...earlyFraudWarningEndpoints,
  ...payoutEndpoints,
  ...balanceEndpoints,
  ...balanceSettingsEndpoints,
  ...topupEndpoints,
  ...accountEndpoints,
  ...tokenEndpoints,
  ...v2AccountEndpoints,
  ...fxQuoteEndpoints,
  ...customerEndpoints,
  ...cashEndpoints,
  ...setupIntentEndpoints,
  ...mandateEndpoints,
  ...checkoutEndpoints,
  ...reportEndpoints,
  ...eventEndpoints,
  ...webhookEndpointEndpoints,
];

/**
 * Starts a Stripe on this machine: an account in memory, spoken to by the official SDK, that
 * answers, keeps books and sends signed webhooks as Stripe does. It listens on 127.0.0.1 only and
 * accepts only keys that begin `sk_test_sandbox_`, `rk_test_sandbox_` or `pk_test_sandbox_`.
 * @throws LiveKeyPresentError beside a live key in the environment.
 * @example
 * const sandbox = await startStripeSandbox({ webhookEndpoints: [{ url }] });
 * const { hostname: host, port } = new URL(sandbox.url);
 * const stripe = new Stripe(sandbox.secretKey, { host, port, protocol: 'http' });
 */
export async function startStripeSandbox(
  options: StripeSandboxOptions = {},
): Promise<StripeSandbox> {
  refuseLiveKey(options.env ?? process.env);
  const world = createWorld(options);
  const parts = {
    world,
    faults: createFaults(),
    idempotency: createIdempotencyKeys(world.clock),
    requests: createRequestLog(),
  };
  const configured = options.webhookEndpoints ?? [];
  const webhookSecret = configured[0]?.secrets?.[0] ?? `whsec_${world.ids.characters(32)}`;
  const control = createControl({ ...parts, webhookSecret });
  for (const endpoint of configured) control.addWebhookEndpoint(endpoint);
  const routes = endpoints.map((handler) => ({
    ...{ method: handler.method, path: handler.path, handler },
  }));
  const api: Api = { ...parts, route: createRouter(routes) };
  const answerControl = controlAnswers(control);

  const observe = (wire: SandboxRequest, { status, body }: Reply) => {
    const pattern = api.route(wire.method, wire.path)?.route.path;
    if (pattern === undefined || !options.observe) return;
    const { method } = wire;
    const parameters = parametersOf(wire);
    const userAgent = wire.headers['user-agent'] ?? '';
    options.observe({ kind: 'answer', method, pattern, status, userAgent, parameters, body });
  };

  const server = await listenOnLoopback({
    port: options.port ?? 0,
    async handle(request, response) {
      const wire = await readRequest(request);
      const isControl = /^\/_sandbox(\/|$)/.test(wire.path);
      const reply = isControl ? await answerControl(wire) : await answer(api, wire);
      if (!isControl && reply !== 'reset') observe(wire, reply);
      send(request, response, reply);
    },
    onError: sendFailure,
  });
  return {
    url: server.url,
    secretKey: `sk_test_sandbox_${world.ids.characters(24)}`,
    publishableKey: `pk_test_sandbox_${world.ids.characters(24)}`,
    webhookSecret,
    control,
    async stop() {
      await world.webhooks.stop();
      await server.stop();
    },
  };
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply | 'reset'): void {
  if (reply === 'reset') request.socket.resetAndDestroy();
  else sendJson(response, reply);
}

function sendFailure(error: unknown, response: ServerResponse): void {
  const status = error instanceof BodyTooLargeError ? 413 : 500;
  const message = error instanceof Error ? error.message : String(error);
  const type = status === 413 ? 'invalid_request_error' : 'api_error';
  if (!response.headersSent) sendJson(response, { status, body: { error: { type, message } } });
}

/** Answers `/_sandbox`, in the same error shape as the API. */
function controlAnswers(control: StripeSandboxControl) {
  const routes = controlRoutes(control);
  const description = {
    about: 'Controls of the Tradelane Stripe sandbox. Bodies are JSON; no key is needed.',
    controls: routes.map(({ method, path, about }) => ({ method, path, about })),
    api: endpoints.map(({ method, path }) => `${method} ${path}`),
  };
  const route = createRouter([
    { method: 'GET', path: '/_sandbox', handler: (): unknown => description },
    ...routes,
  ]);
  return async (request: SandboxRequest): Promise<Reply> => {
    const match = route(request.method, request.path);
    const headers = {};
    if (!match) {
      const message = `No such control: ${request.method} ${request.path}. See GET /_sandbox.`;
      const body = { error: { type: 'invalid_request_error', message } };
      return { status: 404, body, headers };
    }
    try {
      const body = await match.route.handler({ request, path: match.pathParameters });
      return { status: 200, body, headers };
    } catch (error) {
      if (!(error instanceof StripeApiError)) throw error;
      return { status: error.status, body: { error: error.error }, headers };
    }
  };
}
