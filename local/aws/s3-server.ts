import { buildApp } from 'fauxqs';

export type NewObject = {
  readonly bucketName: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly createdAtMs: number;
};

export type ObjectListener = (object: NewObject) => void;

export type S3Server = {
  /** `http://127.0.0.1:<port>`; as an address it makes SDKs put the bucket into the path. */
  readonly endpoint: string;
  /** Calls the listener after an object was put, and before whoever put it is answered. */
  readonly onObject: (listener: ObjectListener) => void;
  readonly stop: () => Promise<void>;
};

/** A request for an object: the bucket, and a key that may have slashes. */
const OBJECT_PATH = /^\/([^/?]+)\/([^?]+)/;

/** What the bucket of statements lets browsers do: put by a signed URL, from whatever page. */
const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'PUT',
  'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
};

/** Before any route is asked: the server knows none for what browsers ask first. */
const allowBrowsers = (app: ReturnType<typeof buildApp>): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.origin === undefined) return;
    reply.headers(crossOrigin);
    if (request.method === 'OPTIONS') await reply.code(204).send();
  });
};

const isTaken = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message><Condition>If-None-Match</Condition></Error>`;

/**
 * `If-None-Match: *` on a put, which fauxqs does not know: of those that ask for one key, one is let through.
 * The key is taken before the object is put, in one step, so that nobody comes in between.
 */
const putOnlyWhereNothingIs = (app: ReturnType<typeof buildApp>): void => {
  const taken = new Set<string>();
  const taking = new WeakSet<object>();
  const keyIn = (url: string) => OBJECT_PATH.exec(url)?.[0];
  app.addHook('preHandler', (request, reply, done) => {
    const key = keyIn(request.url);
    if (request.method !== 'PUT' || key === undefined) return done();
    const isOnCondition = request.headers['if-none-match'] === '*';
    if (isOnCondition && taken.has(key)) {
      reply.code(412).type('application/xml').send(isTaken);
      return;
    }
    if (!taken.has(key)) taking.add(request);
    taken.add(key);
    done();
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = keyIn(request.url);
    const isFailedPut = taking.has(request) && reply.statusCode !== 200;
    const isDeleted = request.method === 'DELETE' && reply.statusCode < 300;
    if (key !== undefined && (isFailedPut || isDeleted)) taken.delete(key);
    return payload;
  });
};

/**
 * Starts S3 on a free loopback port, in memory and in this process: fauxqs again, told apart from the
 * queues so that each service has an endpoint of its own. It takes objects of up to 11 MB. Signatures
 * are not checked, as nowhere on this machine.
 */
export const startS3Server = async (): Promise<S3Server> => {
  const app = buildApp({ logger: false });
  const listeners: ObjectListener[] = [];

  app.addHook('onSend', async (request, reply, payload) => {
    const [, bucketName, key] = OBJECT_PATH.exec(request.url) ?? [];
    const isCopy = request.headers['x-amz-copy-source'] !== undefined;
    const isPut = request.method === 'PUT' && reply.statusCode === 200 && !isCopy;
    if (!isPut || bucketName === undefined || key === undefined) return payload;
    const object = {
      bucketName,
      key: decodeURIComponent(key),
      sizeBytes: Buffer.isBuffer(request.body) ? request.body.length : 0,
      etag: String(reply.getHeader('etag') ?? '').replaceAll('"', ''),
      createdAtMs: Date.now(),
    };
    for (const tell of listeners) tell(object);
    return payload;
  });
  allowBrowsers(app);
  putOnlyWhereNothingIs(app);
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    onObject: (listener) => listeners.push(listener),
    stop: () => app.close(),
  };
};
