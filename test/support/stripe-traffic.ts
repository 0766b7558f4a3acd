import { appendFileSync } from 'node:fs';
import type { Sent } from '../../local/sandboxes/stripe/options.ts';

/** Marks the clients that belong to tests: every other one is the product's. */
export const testClient = { name: 'tradelane-test' };

/**
 * Records what a sandbox sends, where `STRIPE_TRAFFIC_FILE` names a file for it: `npm run
 * test:stripe` checks every line against Stripe's own types.
 */
export function recordTraffic(): { observe?: (sent: Sent) => void } {
  const file = process.env['STRIPE_TRAFFIC_FILE'];
  if (file === undefined) return {};
  return { observe: (sent) => appendFileSync(file, `${JSON.stringify(sent)}\n`) };
}

/** Whether a request was the product's: it came through its client, and not through a test's. */
export const isFromProduct = (sent: Sent): boolean =>
  sent.kind === 'answer' &&
  sent.userAgent.startsWith('Stripe/v1 NodeBindings') &&
  !sent.userAgent.includes(testClient.name);
