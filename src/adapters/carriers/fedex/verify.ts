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
 * Checks FedEx's `fdx-signature`: HMAC-SHA256 of the raw body, keyed with the project's security
 * token, in base64. FedEx's text says hex, its formula and code base64. It covers no time.
 */
export const verifyFedEx = ({ rawBody, headers, secrets }: SignedRequest): SignatureCheck => {
  const header = headerOf(headers, 'fdx-signature');
  if (header === undefined) return refused('missing_signature');
  const signature = base64Bytes(header, DIGEST_BYTES);
  if (signature === undefined) return refused('malformed_signature');
  return trySecrets(secrets, (secret) => equalBytes(hmacSha256(secret, rawBody), signature));
};
