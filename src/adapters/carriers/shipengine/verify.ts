import { verify as verifyRsa } from 'node:crypto';
import { headerOf, outOfBounds, refused, type Verifier } from '../signature.ts';
import type { KeySet } from './keys.ts';

/**
 * Checks ShipEngine's `x-shipengine-rsa-sha256-signature`: RSASSA-PKCS1-v1_5 with SHA-256 over the
 * timestamp, a dot and the raw body, by the public key that `…-key-id` names. The timestamp may be
 * five minutes from ours. There is no secret: whoever has the key set can check.
 */
export const shipEngineVerifier =
  (keys: KeySet): Verifier =>
  async ({ rawBody, headers, now }) => {
    const keyId = headerOf(headers, 'x-shipengine-rsa-sha256-key-id');
    const signature = headerOf(headers, 'x-shipengine-rsa-sha256-signature');
    const timestamp = headerOf(headers, 'x-shipengine-timestamp');
    if (keyId === undefined || signature === undefined || timestamp === undefined) {
      return refused('missing_signature');
    }
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return refused('malformed_signature');
    const late = outOfBounds(Date.parse(timestamp), now);
    if (late !== undefined) return late;
    const key = await keys(keyId);
    if (key === undefined) return refused('unknown_key');
    const signed = Buffer.concat([Buffer.from(`${timestamp}.`, 'utf8'), rawBody]);
    return verifyRsa('RSA-SHA256', signed, key, Buffer.from(signature, 'base64'))
      ? { ok: true, secretIndex: 0 }
      : refused('mismatch');
  };
