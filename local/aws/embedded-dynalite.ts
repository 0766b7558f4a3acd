import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server } from 'node:http';
import dynalite from 'dynalite';
import type { WireAnswer, WireRequest } from './json-protocol.ts';

/** What dynalite asks of a response; a real `ServerResponse` satisfies it. */
type ResponseSink = {
  statusCode: number;
  setHeader(name: string, value: unknown): unknown;
  end(body?: string): unknown;
};

export type EmbeddedDynalite = {
  /** dynalite's own server, with no request listener: the caller puts its own. */
  readonly server: Server;
  /** Lets dynalite answer a request whose body has already been read. */
  readonly forward: (request: IncomingMessage, body: Buffer, response: ResponseSink) => void;
  /** Asks dynalite directly, without a socket. */
  readonly call: (operation: string, request: WireRequest) => Promise<WireAnswer>;
};

type ReplayedRequest = {
  readonly headers: IncomingHttpHeaders;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
};

/**
 * dynalite rethrows every error of the request it listens to, and a client that is killed in the
 * middle of one causes such an error. It therefore only ever sees a copy that cannot fail.
 */
const replay = (
  listener: RequestListener,
  { request, body, response }: { request: ReplayedRequest; body: Buffer; response: ResponseSink },
) => {
  const { headers, method, url } = request;
  const copy = Object.assign(new EventEmitter(), { headers, method, url });
  listener(
    copy as unknown as IncomingMessage,
    response as unknown as Parameters<RequestListener>[1],
  );
  if (body.length > 0) copy.emit('data', body);
  copy.emit('end');
};

/** Takes dynalite apart into its server and a function that answers a request. */
export const embedDynalite = (): EmbeddedDynalite => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite has no request listener to embed');
  server.removeAllListeners('request');

  return {
    server,
    forward: (request, body, response) => replay(listener, { request, body, response }),
    call: (operation, { headers, input }) =>
      new Promise((resolve) => {
        const response: ResponseSink = {
          statusCode: 200,
          setHeader: () => undefined,
          end: (body = '') => resolve({ statusCode: response.statusCode, body }),
        };
        const request = {
          method: 'POST',
          url: '/',
          headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
        };
        replay(listener, { request, body: Buffer.from(JSON.stringify(input)), response });
      }),
  };
};
