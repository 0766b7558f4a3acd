import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way back. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What becomes of one request; whatever is left out goes as it would without the gateway. */
export type Interference = {
  /** `false`: the request never reaches Stripe. */
  readonly forward?: boolean;
  /** Done before the request is forwarded. */
  readonly before?: () => void | Promise<void>;
  /** Another answer, or none: the connection is cut before it, in the middle of it, or stays silent. */
  readonly answer?: ((answer: Answer) => Answer) | 'cut' | 'half' | 'silence';
  /** How many requests it meets. Default 1. */
  readonly times?: number;
};

export type StripeGateway = {
  readonly url: string;
  /** Meets the next requests of that kind: `GET /v1/transfers`, with `*` for any characters. */
  readonly interfere: (route: string, interference: Interference) => void;
  /** Whether the next request of that name, such as `GET /v1/transfers`, will have no answer. */
  readonly isSilent: (name: string) => boolean;
  /** Every request that came, such as `GET /v1/transfers`. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
};

type Waiting = { readonly pattern: RegExp; readonly interference: Interference; left: number };

/** Stands between the product and a Stripe sandbox, and does to answers what networks do. */
export async function startStripeGateway(target: string): Promise<StripeGateway> {
  const requests: string[] = [];
  const waiting: Waiting[] = [];
  const next = (name: string) =>
    waiting.find(({ pattern, left }) => left > 0 && pattern.test(name));
  const take = (name: string): Interference => {
    const met = next(name);
    if (met === undefined) return {};
    met.left -= 1;
    return met.interference;
  };

  const server = createServer(async (request, response) => {
    const name = `${request.method} ${request.url?.split('?')[0]}`;
    requests.push(name);
    const { forward = true, before, answer } = take(name);
    const body = await readAll(request);
    await before?.();
    const original = forward ? await relay(target, request, body) : nothing;
    if (typeof answer === 'string') breakOff(answer, response, original);
    else reply(response, answer === undefined ? original : answer(original));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    isSilent: (name) => next(name)?.interference.answer === 'silence',
    interfere: (route, interference) => {
      const parts = route.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^${parts.join('.*')}$`);
      waiting.push({ pattern, interference, left: interference.times ?? 1 });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const nothing: Answer = { status: 200, headers: {}, body: '{}' };

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function relay(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  return new Promise<Answer>((resolve, reject) => {
    const relayed = send(new URL(url ?? '/', target), { method, headers }, async (response) => {
      const fields = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      resolve({
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(fields),
        body: (await readAll(response)).toString(),
      });
    });
    relayed.on('error', reject);
    relayed.end(body);
  });
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'content-length': _, 'transfer-encoding': __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(body) }).end(body);
}

function breakOff(how: 'cut' | 'half' | 'silence', response: ServerResponse, answer: Answer): void {
  if (how === 'cut') response.socket?.resetAndDestroy();
  if (how !== 'half') return;
  const { 'transfer-encoding': _, ...headers } = answer.headers;
  response.writeHead(answer.status, {
    ...headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.write(answer.body.slice(0, answer.body.length / 2), () => response.socket?.destroy());
}
