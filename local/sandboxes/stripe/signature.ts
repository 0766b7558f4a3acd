import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header: `t=<seconds>,v1=<hex>`, with one `v1` for each secret, as Stripe
 * sends it while a secret is being rolled.
 */
export function signatureHeader(options: {
  payload: string;
  timestampSeconds: number;
  secrets: readonly string[];
}): string {
  const signatures = options.secrets.map((secret) => {
    const mac = createHmac('sha256', secret);
    return `v1=${mac.update(`${options.timestampSeconds}.${options.payload}`).digest('hex')}`;
  });
  return [`t=${options.timestampSeconds}`, ...signatures].join(',');
}
