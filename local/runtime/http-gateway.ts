import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../aws/loopback.ts';
import {
  type GatewayRequest,
  type GatewayResponse,
  gatewayMessage,
  internalServerError,
  toHttpEvent,
  toHttpResponse,
} from './http-payload.ts';
import { compileRoutes, type RouteTable } from './http-routes.ts';
import { type Invoke, isThrottled } from './invocation.ts';
import type { Route } from './model.ts';
import { pause } from './poller.ts';
import type { Site } from './site.ts';

/** What the gateway needs once the functions are there. */
export type GatewaySettings = {
  readonly routes: readonly Route[];
  readonly accountId: string;
  readonly invoke: Invoke;
  /** Asked where no route matches: in a deployment they have an address of their own. */
  readonly sites?: readonly Site[];
};

export type HttpGateway = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Starts to answer; until then every request waits. */
  readonly open: (settings: GatewaySettings) => void;
  readonly stop: () => Promise<void>;
};

const maxBodyBytes = 10 * 1024 * 1024;
/** As long as an HTTP API waits for its integration. */
const integrationTimeoutMs = 30_000;

const entityTooLarge = gatewayMessage(413, 'Request Entity Too Large');
const notFound = gatewayMessage(404, 'Not Found');
const unavailable = gatewayMessage(503, 'Service Unavailable');

/**
 * The body, or undefined where it is longer than API Gateway takes. It is read to its end all the
 * same, since a client that is cut off while it sends does not see the answer.
 */
const readLimited = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBodyBytes) chunks = [];
    else chunks.push(chunk as Buffer);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks);
};

const integrate = async (request: GatewayRequest, invoke: Invoke): Promise<GatewayResponse> => {
  const done = new AbortController();
  const timeout = pause(integrationTimeoutMs, done.signal);
  const result = await Promise.race([
    invoke(request.matched.route.functionName, toHttpEvent(request)),
    timeout,
  ]);
  done.abort();
  if (result === undefined || isThrottled(result)) return unavailable;
  return result.ok ? toHttpResponse(result.payload) : internalServerError;
};

const siteAnswer = (message: IncomingMessage, url: URL, sites: readonly Site[]) => {
  if (message.method !== 'GET') return undefined;
  for (const site of sites) {
    const answered = site(url.pathname);
    if (answered !== undefined) return answered;
  }
  return undefined;
};

const answer = async (
  message: IncomingMessage,
  findRoute: RouteTable,
  { accountId, invoke, sites = [] }: GatewaySettings,
): Promise<GatewayResponse> => {
  const receivedAtMs = Date.now();
  const url = new URL(`http://localhost${message.url}`);
  const matched = findRoute(message.method ?? '', url.pathname);
  if (matched === undefined) return siteAnswer(message, url, sites) ?? notFound;
  const body = await readLimited(message);
  if (body === undefined) return entityTooLarge;
  return integrate({ message, url, body, matched, accountId, receivedAtMs }, invoke);
};

/** Throws where the function answered with a header that HTTP does not allow. */
const send = (response: ServerResponse, { statusCode, headers, body }: GatewayResponse) => {
  response.writeHead(statusCode, { ...headers, 'content-length': body.length });
  response.end(body);
};

/**
 * Serves the routes of an HTTP API on a loopback port, as API Gateway would, and sites beside them. The port is known
 * before the functions are, because their environment may name it.
 *
 * @param port 0 for a free one
 */
export const startHttpGateway = async (port: number): Promise<HttpGateway> => {
  const opened = Promise.withResolvers<{ findRoute: RouteTable; settings: GatewaySettings }>();

  const respond = async (message: IncomingMessage): Promise<GatewayResponse> => {
    const { findRoute, settings } = await opened.promise;
    return answer(message, findRoute, settings);
  };

  const server = createServer((message, response) => {
    respond(message)
      .then((answered) => send(response, answered))
      .catch(() => send(response, internalServerError));
  });

  return {
    url: await listenOnLoopback(server, port),
    open: (settings) => opened.resolve({ findRoute: compileRoutes(settings.routes), settings }),
    stop: () => closeServer(server),
  };
};
