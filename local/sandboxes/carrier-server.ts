import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createFaults, type Fault, type Faults } from './faults.ts';
import {
  createRouter,
  listenOnLoopback,
  type Route,
  readRequest,
  type SandboxRequest,
  sendJson,
} from './http.ts';
import { isJson, type Json } from './json.ts';

export type CarrierAnswer = { status: number; body: object };

/** One call of a carrier's API, past authentication. */
export type CarrierCall = {
  path: Record<string, string>;
  query: URLSearchParams;
  /** The body as a JSON object; empty where it is none. */
  body: Json;
  raw: string;
};

export type CarrierRoute = Route<(call: CarrierCall) => CarrierAnswer>;

/** A refusal, in the shape of the carrier's API. */
export class CarrierApiError extends Error {
  readonly answer: CarrierAnswer;

  constructor(answer: CarrierAnswer) {
    super(`Refused with ${answer.status}.`);
    this.answer = answer;
  }
}

export type CarrierServer = {
  /** The base URL, without a trailing slash. */
  url: string;
  faults: Faults;
  /** How often each route was called, with calls that ran into a fault. */
  requests: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

type Options = {
  port?: number;
  routes: readonly CarrierRoute[];
  /** @throws CarrierApiError where the caller is not known. */
  authenticate: (headers: SandboxRequest['headers']) => void;
  /** How this carrier says that something is missing, failed, or asked for too often. */
  errors: { notFound: CarrierAnswer; failed: CarrierAnswer; tooMany: CarrierAnswer };
};

/**
 * A carrier's API on loopback, with faults on request. A request is carried out before or after its
 * fault, as the fault says; never half.
 */
export async function startCarrierServer(options: Options): Promise<CarrierServer> {
  const faults = createFaults();
  const requests = new Map<string, number>();
  const stopping = new AbortController();
  const serve = handler({ ...options, faults, requests, stopping: stopping.signal });
  const server = await listenOnLoopback({
    port: options.port ?? 0,
    handle: serve,
    onError: (error, response) => answerError(error, response, options.errors.failed),
  });
  return {
    ...{ url: server.url, faults, requests },
    async stop() {
      stopping.abort();
      await server.stop();
    },
  };
}

function handler({
  routes,
  authenticate,
  errors,
  faults,
  requests,
  stopping,
}: Options & { faults: Faults; requests: Map<string, number>; stopping: AbortSignal }) {
  const route = createRouter(routes);
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    authenticate(request.headers);
    const match = route(request.method, request.path.replace(/(.)\/$/, '$1'));
    if (match === undefined) throw new CarrierApiError(errors.notFound);
    const name = `${match.route.method} ${match.route.path}`;
    requests.set(name, (requests.get(name) ?? 0) + 1);
    const fault = faults.take(request.method, request.path);
    if (!failBefore(fault, response, errors)) return;
    const { status, body } = match.route.handler({
      path: match.pathParameters,
      query: new URLSearchParams(request.query),
      body: jsonIn(request.body),
      raw: request.body,
    });
    // A snapshot: the objects behind the answer go on changing while it waits.
    const answer = { status, body: structuredClone(body) };
    if (fault?.kind === 'error_after_execution') throw new CarrierApiError(errors.failed);
    if (fault?.kind === 'reset_after_execution') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'slow') await pause(fault.delayMs ?? 30_000, stopping);
    sendJson(response, answer);
  };
}

/** False where the connection is gone and there is nothing left to do. @throws CarrierApiError */
function failBefore(
  fault: Fault | undefined,
  response: ServerResponse,
  errors: Options['errors'],
): boolean {
  if (fault?.kind === 'error_before_execution') throw new CarrierApiError(errors.failed);
  if (fault?.kind === 'rate_limit') throw new CarrierApiError(errors.tooMany);
  if (fault?.kind !== 'reset_before_execution') return true;
  response.destroy();
  return false;
}

const jsonIn = (text: string): Json => {
  const value: unknown = /^\s*[[{]/.test(text) ? JSON.parse(text) : {};
  return isJson(value) ? value : {};
};

async function pause(delayMs: number, stopping: AbortSignal): Promise<void> {
  await wait(delayMs, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}

function answerError(error: unknown, response: ServerResponse, failed: CarrierAnswer): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  sendJson(response, error instanceof CarrierApiError ? error.answer : failed);
}
