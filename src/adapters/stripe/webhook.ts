import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;
const MILLISECONDS_PER_SECOND = 1_000;

export type SignatureVerdict =
  | { readonly ok: true; readonly secretIndex: number }
  | {
      readonly ok: false;
      readonly reason:
        | 'missing_signature'
        | 'malformed_signature'
        | 'stale'
        | 'future'
        | 'mismatch';
    };

/**
 * Verifies `Stripe-Signature` over the raw bytes: `t=<unix seconds>,v1=<hex HMAC-SHA256>[,v1=…]`,
 * signed text `t + "." + body` (docs.stripe.com/webhooks). Any of the secrets may match any v1.
 * Unlike the SDK's helper it also refuses a timestamp from the future.
 */
export function verifyStripeSignature(input: {
  readonly rawBody: Uint8Array;
  readonly header: string | undefined;
  readonly secrets: readonly string[];
  readonly now: Date;
}): SignatureVerdict {
  if (input.header === undefined || input.header === '')
    return { ok: false, reason: 'missing_signature' };
  const fields = input.header.split(',').map((field) => field.trim().split('=', 2));
  const timestamp = fields.find(([name]) => name === 't')?.[1] ?? '';
  const signatures = fields.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
  if (!/^\d{1,12}$/.test(timestamp) || signatures.length === 0) {
    return { ok: false, reason: 'malformed_signature' };
  }
  const ageSeconds = Math.floor(input.now.getTime() / MILLISECONDS_PER_SECOND) - Number(timestamp);
  if (ageSeconds > TOLERANCE_SECONDS) return { ok: false, reason: 'stale' };
  if (ageSeconds < -TOLERANCE_SECONDS) return { ok: false, reason: 'future' };

  const secretIndex = input.secrets.findIndex((secret) => {
    const expected = createHmac('sha256', secret)
      .update(`${timestamp}.`)
      .update(input.rawBody)
      .digest();
    return signatures.some((signature) => equals(expected, signature));
  });
  return secretIndex === -1 ? { ok: false, reason: 'mismatch' } : { ok: true, secretIndex };
}

function equals(expected: Buffer, hex: string): boolean {
  const received = Buffer.from(hex, 'hex');
  return received.length === expected.length && timingSafeEqual(received, expected);
}
