import { buildApp } from 'fauxqs';

export type SqsServer = {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
};

export type SqsServerOptions = { readonly region?: string };

type QueueAnswer = { QueueUrl?: string; QueueUrls?: string[] };

/**
 * Starts SQS on a free loopback port, in memory and in this process.
 *
 * fauxqs' own `startFauxqs` listens on every network interface, so its application is started here
 * instead. It also names queues under `sqs.<region>.localhost`, which not every machine resolves;
 * the URLs given out carry the endpoint's own address.
 */
export const startSqsServer = async ({
  region = 'us-east-1',
}: SqsServerOptions = {}): Promise<SqsServer> => {
  const app = buildApp({ logger: false, defaultRegion: region });
  let endpoint = '';
  const rehost = (url: string) => `${endpoint}${new URL(url).pathname}`;

  app.addHook('preSerialization', async (_request, _reply, payload) => {
    const { QueueUrl, QueueUrls } = payload as QueueAnswer;
    if (typeof QueueUrl === 'string') return { ...(payload as object), QueueUrl: rehost(QueueUrl) };
    if (Array.isArray(QueueUrls))
      return { ...(payload as object), QueueUrls: QueueUrls.map(rehost) };
    return payload;
  });
  endpoint = await app.listen({ port: 0, host: '127.0.0.1' });

  return { endpoint, stop: () => app.close() };
};
