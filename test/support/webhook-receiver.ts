import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedWebhook = {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/**
 * Stands where the product's webhook route stands: keeps what it gets and answers with the next of
 * `statuses`, then with 200.
 */
export const startWebhookReceiver = async (statuses: readonly number[] = []) => {
  const received: ReceivedWebhook[] = [];
  const answers = [...statuses];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    received.push({ rawBody: Buffer.concat(chunks), headers });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/carriers/easypost`,
    received,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
