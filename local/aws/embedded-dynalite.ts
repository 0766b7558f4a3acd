import { EventEmitter } from 'node:events';
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import dynalite from 'dynalite';
import { AwsError, type WireAnswer, type WireRequest } from './json-protocol.ts';
import { closeServer } from './loopback.ts';

export type EmbeddedDynalite = {
  /** dynalite's own server, with no request listener: the caller puts its own. */
  readonly server: Server;
  /** Lets dynalite answer a request whose body has already been read. */
  readonly forward: (
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ) => Promise<void>;
  /** Asks dynalite directly, without a socket. */
  readonly call: (operation: string, request: WireRequest) => Promise<WireAnswer>;
  /** Closes the server and its store, after what dynalite is busy with. */
  readonly stop: () => Promise<void>;
};

/** What dynalite needs of a request. */
type Replay = {
  readonly headers: IncomingHttpHeaders;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly body: Buffer;
};

/** What dynalite does with a response. */
type Reply = {
  statusCode: number;
  readonly setHeader: (name: string, value: string) => void;
  readonly end: (body?: string) => void;
};

/**
 * dynalite rethrows every error of the request it listens to, and a client that is killed in the
 * middle of one causes such an error. It therefore only ever sees a copy that cannot fail.
 */
const replay = (
  listener: RequestListener,
  { headers, method, url, body }: Replay,
  reply: Reply,
) => {
  const request = Object.assign(new EventEmitter(), { headers, method, url });
  listener(request as unknown as IncomingMessage, reply as unknown as ServerResponse);
  if (body.length > 0) request.emit('data', body);
  request.emit('end');
};

/** Counts what is under way. dynalite throws where nobody can catch when its store closes under it. */
const createTally = () => {
  const idle: (() => void)[] = [];
  let count = 0;
  return {
    begin: () => {
      count += 1;
    },
    end: () => {
      count -= 1;
      if (count === 0) for (const resolve of idle.splice(0)) resolve();
    },
    whenIdle: () =>
      new Promise<void>((resolve) => {
        if (count === 0) resolve();
        else idle.push(resolve);
      }),
  };
};

const takeListener = (server: Server): RequestListener => {
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite has no request listener to embed');
  server.removeAllListeners('request');
  return listener;
};

/** Takes dynalite apart into its server and a function that answers a request. */
export const embedDynalite = (): EmbeddedDynalite => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const listener = takeListener(server);
  const tally = createTally();
  let stopping = false;

  const answer = (request: Replay, setHeader: Reply['setHeader']) =>
    new Promise<WireAnswer>((resolve) => {
      if (stopping) throw new AwsError('InternalServerError', 'The server stops');
      tally.begin();
      const whole: Reply = {
        setHeader,
        statusCode: 200,
        end: (text = '') => {
          tally.end();
          resolve({ statusCode: whole.statusCode, body: text });
        },
      };
      try {
        replay(listener, request, whole);
      } catch (error) {
        tally.end();
        throw error;
      }
    });

  return {
    server,
    forward: async (request, body, response) => {
      const { headers, method, url } = request;
      const answered = await answer({ headers, method, url, body }, (name, value) =>
        response.setHeader(name, value),
      );
      response.statusCode = answered.statusCode;
      response.end(answered.body);
    },
    call: (operation, { headers, input }) => {
      const request = {
        method: 'POST',
        url: '/',
        headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
        body: Buffer.from(JSON.stringify(input)),
      };
      return answer(request, () => undefined);
    },
    stop: async () => {
      stopping = true;
      await tally.whenIdle();
      await closeServer(server);
    },
  };
};
