import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import {
  BodyTooLargeError,
  createRouter,
  listenOnLoopback,
  readRequest,
  type SandboxRequest,
  sendJson,
} from '../http.ts';
import { type Control, controlEndpoints, createControl } from './control.ts';
import { endpoints, readBody } from './endpoints.ts';
import { EasyPostApiError, notFound, toErrorBody, unknownFailure } from './errors.ts';
import { type EasyPostSandboxOptions, refuseLiveKey, sandboxKeyPrefix } from './options.ts';
import { createWorld, type World } from './world.ts';

export type EasyPostSandbox = {
  /** The base URL without a path; the API is under `/v2`. */
  url: string;
  apiKey: string;
  webhookSecret: string;
  control: Control;
  /** Stops the timer, the deliveries and the server. */
  stop(): Promise<void>;
};

/**
 * EasyPost in memory, on loopback: shipments, labels, trackers, webhooks and events, with faults
 * on request (`/_sandbox`).
 *
 * @example const sandbox = await startEasyPostSandbox({ advance: { everyMs: 1_000 } });
 * @throws LiveKeyPresentError when the environment holds a production key.
 */
export async function startEasyPostSandbox(
  options: EasyPostSandboxOptions = {},
): Promise<EasyPostSandbox> {
  refuseLiveKey(options.env ?? process.env);
  const world = createWorld(options);
  const control = createControl(world);
  const stopping = new AbortController();
  const server = await listenOnLoopback({
    port: options.port ?? 0,
    handle: (request, response) =>
      serve({ world, control, stopping: stopping.signal }, request, response),
    onError: answerError,
  });
  const timer = startTimer(control, options.advance ?? 'manual');
  return {
    ...{ url: server.url, apiKey: world.apiKey, webhookSecret: world.webhookSecret, control },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([server.stop(), world.sender.stop()]);
    },
  };
}

function startTimer(
  control: Control,
  advance: { everyMs: number } | 'manual',
): NodeJS.Timeout | undefined {
  return advance === 'manual'
    ? undefined
    : setInterval(() => control.advanceAll(), advance.everyMs);
}

type Context = { world: World; control: Control; stopping: AbortSignal };

const route = createRouter(endpoints);
const controlRoute = createRouter(controlEndpoints);

async function serve(
  context: Context,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const control = controlRoute(request.method, request.path);
  if (control !== undefined) {
    const path = control.pathParameters;
    const call = { ...context, path, body: readBody(request.body) };
    sendJson(response, await control.route.handler(call));
    return;
  }
  await serveApi(context, request, response);
}

/** A request is carried out before or after its fault, as the fault says; never half. */
async function serveApi(
  { world, stopping }: Context,
  request: SandboxRequest,
  response: ServerResponse,
): Promise<void> {
  authenticate(request.headers['authorization']);
  const match = route(request.method, request.path);
  if (match === undefined) throw notFound();
  const name = `${match.route.method} ${match.route.path}`;
  world.requests.set(name, (world.requests.get(name) ?? 0) + 1);
  const fault = world.faults.take(request.method, request.path);
  if (!failBefore(fault, response)) return;
  const { status, body } = match.route.handler({
    ...{ world, path: match.pathParameters, query: new URLSearchParams(request.query) },
    body: readBody(request.body),
  });
  // A snapshot: the objects behind the answer go on changing while it waits.
  const answer = { status, body: structuredClone(body) };
  if (fault?.kind === 'reset_after_execution') response.destroy();
  else if (fault?.kind === 'error_after_execution') throw unknownFailure();
  else {
    if (fault?.kind === 'slow') await pause(fault.delayMs ?? 30_000, stopping);
    sendJson(response, answer);
  }
}

/** False where the connection is gone and there is nothing left to do. @throws EasyPostApiError */
function failBefore(fault: Fault | undefined, response: ServerResponse): boolean {
  if (fault?.kind === 'error_before_execution') throw unknownFailure();
  if (fault?.kind === 'rate_limit') {
    throw new EasyPostApiError(429, 'RATE_LIMITED', 'You are sending requests too fast.');
  }
  if (fault?.kind !== 'reset_before_execution') return true;
  response.destroy();
  return false;
}

async function pause(delayMs: number, stopping: AbortSignal): Promise<void> {
  await wait(delayMs, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}

/** HTTP Basic with the key as user name and no password. @throws EasyPostApiError 401 */
function authenticate(authorization: string | undefined): void {
  const [scheme, credentials = ''] = authorization?.split(' ') ?? [];
  const [key = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  if (scheme === 'Basic' && key.startsWith(sandboxKeyPrefix)) return;
  const message = `The sandbox takes only keys that start with ${sandboxKeyPrefix}.`;
  throw new EasyPostApiError(401, 'APIKEY.INACTIVE', message);
}

function answerError(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const refusal = toApiError(error);
  sendJson(response, { status: refusal.status, body: toErrorBody(refusal) });
}

function toApiError(error: unknown): EasyPostApiError {
  if (error instanceof EasyPostApiError) return error;
  if (error instanceof BodyTooLargeError) {
    return new EasyPostApiError(413, 'REQUEST.TOO_LARGE', error.message);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new EasyPostApiError(500, 'SANDBOX.DEFECT', `The sandbox failed: ${detail}`);
}
