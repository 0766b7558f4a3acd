import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a sandbox learns of one request: everything but the socket. Header names are lower case. */
export type SandboxRequest = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
};

/** A body longer than the cap was refused before it was read to its end. */
export class BodyTooLargeError extends Error {
  readonly code = 'SANDBOX.BODY_TOO_LARGE';
}

/**
 * Reads a request whole, with its body as UTF-8 text.
 * @throws BodyTooLargeError when the body passes `maximumBytes`.
 */
export async function readRequest(
  request: IncomingMessage,
  maximumBytes = 1_000_000,
): Promise<SandboxRequest> {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = await readBody(request, maximumBytes);
  return { method: request.method ?? 'GET', path, query, headers, body };
}

async function readBody(request: IncomingMessage, maximumBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maximumBytes) throw new BodyTooLargeError(`Body is over ${maximumBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with JSON, indented so that it reads well under `curl`. */
export function sendJson(
  response: ServerResponse,
  reply: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  const text = `${JSON.stringify(reply.body, null, 2)}\n`;
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...reply.headers,
  });
  response.end(text);
}

/** A route pattern is a path with `:name` segments, such as `/v1/transfers/:id/reversals`. */
export type Route<Handler> = { method: string; path: string; handler: Handler };

export type RouteMatch<Handler> = {
  route: Route<Handler>;
  pathParameters: Record<string, string>;
};

/**
 * Builds a matcher over routes. The first route that fits wins, so a literal segment
 * (`/search`) is registered before a parameter (`/:id`) in the same place.
 */
export function createRouter<Handler>(routes: readonly Route<Handler>[]) {
  const prepared = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (method: string, path: string): RouteMatch<Handler> | undefined => {
    const segments = path.split('/');
    for (const candidate of prepared) {
      if (candidate.route.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters) return { route: candidate.route, pathParameters };
    }
    return undefined;
  };
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const pathParameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':') && actual !== '') {
      pathParameters[expected.slice(1)] = decodeSegment(actual);
    } else if (expected !== actual) {
      return undefined;
    }
  }
  return pathParameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

export type LoopbackServer = { url: string; stop(): Promise<void> };

/**
 * Listens on 127.0.0.1 only, on a free port unless told one. A request whose handler fails is
 * handed to `onError`, which still has the response to answer with.
 * @returns the base URL without a trailing slash, and `stop`, which also ends open connections.
 */
export async function listenOnLoopback(options: {
  port: number;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  onError: (error: unknown, response: ServerResponse) => void;
}): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    options.handle(request, response).catch((error) => options.onError(error, response));
  });
  // Longer than clients keep idle connections, so that none is cut as it is used again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
