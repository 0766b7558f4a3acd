import { CarrierApiError, startCarrierServer } from '../carrier-server.ts';
import type { Fault } from '../faults.ts';
import { dhlRoutes, problem } from './routes.ts';
import { createWorld, deliver } from './world.ts';

export { accountNumber } from './world.ts';

export type DhlExpressSandbox = {
  url: string;
  username: string;
  password: string;
  control: {
    /** How many shipments were sold. */
    labels(): number;
    /** For how much a shipment is insured, such as `11500.00 USD`. */
    insuredFor(number: string): string | undefined;
    injectFault(fault: Fault): void;
    /** Scans a shipment, or a piece of it, until it is delivered. */
    deliver(number: string): void;
    requests(): Readonly<Record<string, number>>;
  };
  stop(): Promise<void>;
};

/**
 * DHL Express' MyDHL API in memory, on loopback: rates, landed cost, shipments, images, pickups,
 * tracking and proof of delivery, with faults on request. It sells a shipment whenever it is asked to.
 */
export async function startDhlExpressSandbox(
  options: { port?: number; clock?: () => Date } = {},
): Promise<DhlExpressSandbox> {
  const world = createWorld(options.clock ?? (() => new Date()));
  const [username, password] = ['sandbox', `password_${world.digits(12)}`];
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = await startCarrierServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: dhlRoutes(world),
    authenticate: (headers) => {
      if (headers['authorization'] === expected) return;
      throw new CarrierApiError(problem(401, 'Unauthorized', 'Invalid credentials.'));
    },
    errors: {
      notFound: problem(404, 'Not Found', 'No data found.'),
      failed: problem(500, 'Internal Server Error', 'Process failure occurred.'),
      tooMany: problem(429, 'Too Many Requests', 'Too many requests.'),
    },
  });
  return {
    ...{ url: server.url, username, password },
    control: {
      labels: () => world.sold.size,
      insuredFor: (number) => world.sold.get(number)?.insuredFor,
      injectFault: (fault) => server.faults.inject(fault),
      deliver: (number) => deliver(world, number),
      requests: () => Object.fromEntries(server.requests),
    },
    stop: () => server.stop(),
  };
}
