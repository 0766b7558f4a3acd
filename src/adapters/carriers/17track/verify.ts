import { createHash } from 'node:crypto';
import {
  equalBytes,
  headerOf,
  hexSha256,
  refused,
  type SignatureCheck,
  type SignedRequest,
  trySecrets,
} from '../signature.ts';

/**
 * Checks 17TRACK's `sign`: SHA-256 in hex of the raw body, a slash and the API key, which is the
 * secret. It covers no time. A new key replaces the old one at once, so both are kept in rotation.
 */
export const verify17Track = ({ rawBody, headers, secrets }: SignedRequest): SignatureCheck => {
  const header = headerOf(headers, 'sign');
  if (header === undefined) return refused('missing_signature');
  const signature = hexSha256(header);
  if (signature === undefined) return refused('malformed_signature');
  return trySecrets(secrets, (secret) =>
    equalBytes(createHash('sha256').update(rawBody).update(`/${secret}`).digest(), signature),
  );
};
