import {
  base64Bytes,
  equalBytes,
  headerOf,
  hmacSha256,
  refused,
  type SignatureCheck,
  type SignedRequest,
  trySecrets,
} from '../signature.ts';

const DIGEST_BYTES = 32;

/**
 * Checks `aftership-hmac-sha256`: HMAC-SHA256 of the raw body in base64. It covers no time: `ts` in
 * the body is the event's, and stays the same for the 68 hours in which AfterShip tries again.
 */
export const verifyAfterShip = ({ rawBody, headers, secrets }: SignedRequest): SignatureCheck => {
  const header = headerOf(headers, 'aftership-hmac-sha256');
  if (header === undefined) return refused('missing_signature');
  const signature = base64Bytes(header, DIGEST_BYTES);
  if (signature === undefined) return refused('malformed_signature');
  return trySecrets(secrets, (secret) => equalBytes(hmacSha256(secret, rawBody), signature));
};
