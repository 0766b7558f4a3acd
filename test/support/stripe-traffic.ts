import { appendFileSync } from 'node:fs';
import type { Sent } from '../../local/sandboxes/stripe/options.ts';

/**
 * Records what a sandbox sends, where `STRIPE_TRAFFIC_FILE` names a file for it: `npm run
 * test:stripe` checks every line against Stripe's own types.
 */
export function recordTraffic(): { observe?: (sent: Sent) => void } {
  const file = process.env['STRIPE_TRAFFIC_FILE'];
  if (file === undefined) return {};
  return { observe: (sent) => appendFileSync(file, `${JSON.stringify(sent)}\n`) };
}

/** Whether a request came through the product's client, which names itself. */
export const isFromProduct = (sent: Sent): boolean =>
  sent.kind === 'answer' && /\bTradelane\b/.test(sent.userAgent);
